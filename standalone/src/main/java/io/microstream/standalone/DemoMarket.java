package io.microstream.standalone;

import io.microstream.binance.replay.AggTradeDump;
import io.microstream.binance.replay.DumpFlaws;
import io.microstream.binance.replay.DumpFormat;
import io.microstream.binance.replay.Flaw;
import io.microstream.binance.replay.FlawPlan;
import io.microstream.binance.replay.KlineDump;
import io.microstream.binance.replay.SimulatedMarket;
import io.microstream.market.Bar;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;

/**
 * The market of the demo: two symbols, three days of klines as history, then two days of trades
 * with a flaw every few minutes.
 *
 * @param trades folder of the dumps
 * @param klines folder of the history
 */
record DemoMarket(Path trades, Path klines) {

    private static final List<String> SYMBOLS = List.of("ALPHAUSDT", "BETAUSDT");
    private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
    private static final int HISTORY_MINUTES = 3 * 1440;
    private static final int PLAYED_MINUTES = 2 * 1440;
    private static final int TRADES_PER_MINUTE = 120;

    /** With this one a crisis comes half an hour after the start. */
    private static final long SEED = 2755;

    /** Rows between two flaws: some ten minutes. */
    private static final long FLAW_EVERY = 10 * TRADES_PER_MINUTE;

    static DemoMarket write(Path folder) throws IOException {
        DemoMarket market = new DemoMarket(folder.resolve("trades"), folder.resolve("klines"));
        SimulatedMarket simulated =
                new SimulatedMarket(
                        SYMBOLS,
                        START.minus(Duration.ofMinutes(HISTORY_MINUTES)).toEpochMilli(),
                        HISTORY_MINUTES + PLAYED_MINUTES,
                        SEED);
        for (String symbol : SYMBOLS) {
            Iterator<Bar> bars = simulated.bars(symbol);
            List<Bar> history = new ArrayList<>(HISTORY_MINUTES);
            for (int minute = 0; minute < HISTORY_MINUTES; minute++) {
                history.add(bars.next());
            }
            try (KlineDump dump =
                    new KlineDump(market.klines, symbol, DumpFormat.MONTHLY.plain(), false)) {
                dump.write(history.iterator());
            }
            try (AggTradeDump dump =
                    new AggTradeDump(market.trades, symbol, DumpFormat.MONTHLY.plain())) {
                simulated
                        .synthesizer(symbol, TRADES_PER_MINUTE)
                        .synthesize(bars, new DumpFlaws(flaws(), dump));
                dump.finish();
            }
        }
        return market;
    }

    /** In turn: a hole in the ids, a repeated tail, a trade three hours late. */
    private static FlawPlan flaws() {
        TreeMap<Long, Flaw> plan = new TreeMap<>();
        long rows = (long) PLAYED_MINUTES * TRADES_PER_MINUTE;
        Flaw[] kinds = {new Flaw.Hole(25), new Flaw.Repeat(40), new Flaw.Late(Duration.ofHours(3))};
        for (long row = FLAW_EVERY / 2, i = 0; row < rows; row += FLAW_EVERY, i++) {
            plan.put(row, kinds[(int) (i % kinds.length)]);
        }
        return new FlawPlan(plan);
    }
}
