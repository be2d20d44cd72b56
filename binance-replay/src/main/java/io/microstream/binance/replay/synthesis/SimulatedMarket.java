package io.microstream.binance.replay.synthesis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.microstream.binance.replay.dump.AggTradeDump;
import io.microstream.binance.replay.dump.DumpFile;
import io.microstream.binance.replay.dump.DumpFormat;
import io.microstream.binance.replay.dump.KlineDump;
import io.microstream.market.Bar;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * A simulated market of any number of symbols, whose regime is known in every minute.
 *
 * <p>Each symbol walks through the regimes on its own, as a Markov chain: a regime lasts 200, 67
 * and 33 minutes in the mean (STABLE_LIQUIDITY, HIGH_VOLATILITY, LIQUIDITY_CRISIS), and is left for
 * either other one with equal chance, so about 67, 22 and 11 % of the minutes belong to them. In a
 * regime the log price is a Brownian motion with sigma 2e-4, 6e-4 or 2e-3 a minute, seen between
 * opens and closes with the extremes it has between them, and pulled back very weakly (half-life 30
 * days) to where it started; the volume is 1, 2 or 5 times a log-normal one of median {@value
 * #MEDIAN_VOLUME} and sigma 0.3. Prices lie on a tick of 0.01, quantities on 0.00001; each minute
 * opens where the last one closed. BTCUSDT starts at 60,000 and ETHUSDT at 3,000; others between
 * 1,000 and 60,000, as their name falls.
 *
 * <p>Deterministic in seed, symbol and start; a longer market begins with the shorter one. Memory:
 * constant. The trades come from {@link #synthesizer}.
 */
public final class SimulatedMarket {

    private static final double MEDIAN_VOLUME = 10;

    private final List<String> symbols;
    private final long startMs;
    private final long minutes;
    private final long seed;

    /**
     * @param symbols upper case
     * @param startMs open time of the first minute
     * @param minutes how many minutes
     * @throws IllegalArgumentException if there is no symbol, the start is not a full minute, or
     *     minutes is not positive
     */
    public SimulatedMarket(List<String> symbols, long startMs, long minutes, long seed) {
        if (symbols.isEmpty() || Math.floorMod(startMs, Bar.MINUTE_MS) != 0 || minutes < 1) {
            throw new IllegalArgumentException(
                    "A simulated market needs symbols, a full minute to start at and at least one"
                            + " minute: symbols="
                            + symbols
                            + " startMs="
                            + startMs
                            + " minutes="
                            + minutes);
        }
        this.symbols = List.copyOf(symbols);
        this.startMs = startMs;
        this.minutes = minutes;
        this.seed = seed;
    }

    /** Returns the symbols in the order given. */
    public List<String> symbols() {
        return symbols;
    }

    /** Returns the minutes of a symbol with their true regimes. */
    public Iterator<SimulatedMinute> minutes(String symbol) {
        if (!symbols.contains(symbol)) {
            throw new IllegalArgumentException(
                    "Symbol is not in the simulated market: symbol="
                            + symbol
                            + " symbols="
                            + symbols);
        }
        return new MinuteIterator(new SimulatedSymbol(symbol, seed, MEDIAN_VOLUME));
    }

    /** Returns the klines of a symbol; six columns are known. */
    public Iterator<Bar> bars(String symbol) {
        Iterator<SimulatedMinute> simulated = minutes(symbol);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return simulated.hasNext();
            }

            @Override
            public Bar next() {
                return simulated.next().bar();
            }
        };
    }

    /**
     * Returns a fresh synthesizer for the trades of a symbol: always the same ones for the same N.
     */
    public KlineSynthesizer synthesizer(String symbol, int tradesPerMinute) {
        return new KlineSynthesizer(symbol, seed, tradesPerMinute);
    }

    /** Writes the six-column klines of all symbols; returns the files. */
    public List<Path> writeKlines(Path folder, DumpFormat format) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String symbol : symbols) {
            try (KlineDump dump = new KlineDump(folder, symbol, format, false)) {
                files.addAll(dump.write(bars(symbol)));
            }
        }
        return files;
    }

    /**
     * Writes the twelve-column klines of all symbols, as the trades of {@link #synthesizer} make
     * them; returns the files.
     */
    public List<Path> writeKlines(Path folder, DumpFormat format, int tradesPerMinute)
            throws IOException {
        List<Path> files = new ArrayList<>();
        for (String symbol : symbols) {
            try (KlineDump dump = new KlineDump(folder, symbol, format, true)) {
                Iterator<Bar> bars = synthesizer(symbol, tradesPerMinute).completed(bars(symbol));
                files.addAll(dump.write(bars));
            }
        }
        return files;
    }

    /** Writes the aggregate trades of all symbols; returns the files. */
    public List<Path> writeTrades(Path folder, DumpFormat format, int tradesPerMinute)
            throws IOException {
        List<Path> files = new ArrayList<>();
        for (String symbol : symbols) {
            try (AggTradeDump dump = new AggTradeDump(folder, symbol, format)) {
                synthesizer(symbol, tradesPerMinute).synthesize(bars(symbol), dump);
                files.addAll(dump.finish());
            }
        }
        return files;
    }

    /**
     * Writes {@code states.csv}: a header line, then symbol, open time in milliseconds and true
     * regime of each minute, symbol after symbol; returns the file.
     */
    public Path writeStates(Path folder) throws IOException {
        try (DumpFile file = DumpFile.csv(folder, "states")) {
            OutputStream out = new BufferedOutputStream(file.out());
            out.write("symbol,open_time_ms,regime\n".getBytes(US_ASCII));
            for (String symbol : symbols) {
                for (Iterator<SimulatedMinute> all = minutes(symbol); all.hasNext(); ) {
                    SimulatedMinute m = all.next();
                    String row = symbol + "," + m.bar().openTimeMs() + "," + m.regime() + "\n";
                    out.write(row.getBytes(US_ASCII));
                }
            }
            out.flush();
            return file.publish();
        }
    }

    private final class MinuteIterator implements Iterator<SimulatedMinute> {

        private final SimulatedSymbol market;
        private long done;

        MinuteIterator(SimulatedSymbol market) {
            this.market = market;
        }

        @Override
        public boolean hasNext() {
            return done < minutes;
        }

        @Override
        public SimulatedMinute next() {
            if (!hasNext()) {
                throw new NoSuchElementException("No minutes left: minutes=" + minutes);
            }
            return market.next(startMs + Bar.MINUTE_MS * done++);
        }
    }
}
