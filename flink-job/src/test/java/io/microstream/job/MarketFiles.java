package io.microstream.job;

import io.microstream.binance.archive.ArchiveCatalog;
import io.microstream.binance.archive.ArchiveFile;
import io.microstream.binance.archive.DumpKind;
import io.microstream.binance.replay.synthesis.SimulatedMarket;
import io.microstream.market.Bar;
import io.microstream.market.Trade;
import io.microstream.testing.FlawedRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Dumps of simulated symbols, with the flaws and the empty minutes that real ones have.
 *
 * <p>ALPHA runs from 22:30 over midnight to 02:30: its first and last minutes are incomplete. BETA
 * begins with its day and ends long before ALPHA. GAMMA ends with its day.
 */
public final class MarketFiles {

    public static final List<String> SYMBOLS = List.of("ALPHAUSDT", "BETAUSDT", "GAMMAUSDT");

    private static final int TRADES_PER_MINUTE = 12;
    private static final long SEED = 7;

    private record Span(Instant start, int minutes) {}

    private static final Map<String, Span> SPANS =
            Map.of(
                    "ALPHAUSDT", new Span(Instant.parse("2026-01-01T22:30:00Z"), 240),
                    "BETAUSDT", new Span(Instant.parse("2026-01-02T00:00:00Z"), 90),
                    "GAMMAUSDT", new Span(Instant.parse("2026-01-01T22:00:00Z"), 120));

    private MarketFiles() {}

    /** Writes all symbols with flaws of all kinds; returns the folder. */
    public static Path flawed(Path folder) throws IOException {
        for (String symbol : SYMBOLS) {
            write(folder, symbol, withFlaws(rows(symbol), SPANS.get(symbol).minutes()));
        }
        return folder;
    }

    /** Writes all symbols without flaws; returns the folder. */
    public static Path clean(Path folder) throws IOException {
        for (String symbol : SYMBOLS) {
            write(folder, symbol, rows(symbol));
        }
        return folder;
    }

    /** Returns the inspected files of a folder. */
    public static List<ArchiveFile> inspect(Path folder) {
        return ArchiveCatalog.inspect(DumpKind.AGG_TRADES, List.of(folder), Set.of());
    }

    /** Returns the open time of a symbol's first minute. */
    public static long startMs(String symbol) {
        return SPANS.get(symbol).start().toEpochMilli();
    }

    private static FlawedRows rows(String symbol) {
        Span span = SPANS.get(symbol);
        SimulatedMarket market =
                new SimulatedMarket(
                        List.of(symbol), span.start().toEpochMilli(), span.minutes(), SEED);
        List<Trade> trades = new ArrayList<>();
        market.synthesizer(symbol, TRADES_PER_MINUTE)
                .trades(withEmptyMinutes(market.bars(symbol)))
                .forEachRemaining(trades::add);
        return FlawedRows.of(trades);
    }

    /** Writes a file a day; a trade of an earlier day stays in the file of the one before it. */
    private static void write(Path folder, String symbol, FlawedRows rows) throws IOException {
        Map<LocalDate, List<String>> days = new TreeMap<>();
        LocalDate day = LocalDate.MIN;
        for (FlawedRows.Row row : rows.rows()) {
            if (row.trade() != null) {
                Instant time = Instant.ofEpochMilli(row.trade().timeUs() / 1000);
                LocalDate own = LocalDate.ofInstant(time, ZoneOffset.UTC);
                day = own.isAfter(day) ? own : day;
            }
            days.computeIfAbsent(day, any -> new ArrayList<>()).add(row.aggTrade(1));
        }
        for (Map.Entry<LocalDate, List<String>> lines : days.entrySet()) {
            String name = symbol + "-aggTrades-" + lines.getKey() + ".csv";
            Files.write(folder.resolve(name), lines.getValue());
        }
    }

    /** Empties two minutes of every nineteen. */
    private static Iterator<Bar> withEmptyMinutes(Iterator<Bar> bars) {
        return new Iterator<>() {
            private Bar previous;
            private int minute;

            @Override
            public boolean hasNext() {
                return bars.hasNext();
            }

            @Override
            public Bar next() {
                Bar bar = bars.next();
                boolean empty = minute++ % 19 >= 17 && bars.hasNext();
                Bar result =
                        empty
                                ? Bar.empty(bar.symbol(), bar.openTimeMs(), previous.close(), true)
                                : bar;
                previous = result;
                return result;
            }
        };
    }

    /**
     * Spreads flaws of all kinds along the rows, last one first, so that positions stay as they
     * are; the last gap lies right before a late trade.
     *
     * @param step how many rows lie from one flaw to the next
     */
    private static FlawedRows withFlaws(FlawedRows rows, int step) {
        return rows.move(11 * step + 5, 1, -micros(Duration.ofMinutes(6)))
                .lose(11 * step, 5)
                .move(10 * step, 1, -micros(Duration.ofMinutes(40)))
                .lose(9 * step, 1)
                .move(8 * step, 1, -micros(Duration.ofHours(3)))
                .lose(6 * step, 60)
                .repeat(7 * step - 60, 40)
                .move(5 * step, 1, -micros(Duration.ofMinutes(25)))
                .insertLine(4 * step, "not,a,trade")
                .move(3 * step, 1, -micros(Duration.ofMinutes(3)))
                .repeat(2 * step, 9)
                .lose(step, 3);
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }
}
