package io.microstream.job;

import io.microstream.binance.archive.ArchiveCatalog;
import io.microstream.binance.archive.ArchiveFile;
import io.microstream.binance.archive.DumpKind;
import io.microstream.binance.replay.dump.AggTradeDump;
import io.microstream.binance.replay.dump.DumpFormat;
import io.microstream.binance.replay.flaws.DumpFlaws;
import io.microstream.binance.replay.flaws.Flaw;
import io.microstream.binance.replay.flaws.FlawPlan;
import io.microstream.binance.replay.synthesis.SimulatedMarket;
import io.microstream.market.Bar;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
            long rows = (long) SPANS.get(symbol).minutes() * TRADES_PER_MINUTE;
            write(folder, symbol, flaws(rows));
        }
        return folder;
    }

    /** Writes all symbols without flaws; returns the folder. */
    public static Path clean(Path folder) throws IOException {
        for (String symbol : SYMBOLS) {
            write(folder, symbol, new FlawPlan(new TreeMap<>()));
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

    private static void write(Path folder, String symbol, FlawPlan plan) throws IOException {
        Span span = SPANS.get(symbol);
        SimulatedMarket market =
                new SimulatedMarket(
                        List.of(symbol), span.start().toEpochMilli(), span.minutes(), SEED);
        try (AggTradeDump dump = new AggTradeDump(folder, symbol, DumpFormat.DAILY.plain())) {
            market.synthesizer(symbol, TRADES_PER_MINUTE)
                    .synthesize(withEmptyMinutes(market.bars(symbol)), new DumpFlaws(plan, dump));
            dump.finish();
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

    /** Spreads flaws of all kinds along the rows; the last gap lies right before a late trade. */
    private static FlawPlan flaws(long rows) {
        Flaw[] kinds = {
            new Flaw.Gap(3),
            new Flaw.Repeat(9),
            new Flaw.Late(Duration.ofMinutes(3)),
            new Flaw.Malformed("not,a,trade"),
            new Flaw.Late(Duration.ofMinutes(25)),
            new Flaw.Gap(60),
            new Flaw.Repeat(40),
            new Flaw.Late(Duration.ofHours(3)),
            new Flaw.Gap(1),
            new Flaw.Late(Duration.ofMinutes(40)),
        };
        TreeMap<Long, Flaw> plan = new TreeMap<>();
        long step = rows / (kinds.length + 2);
        for (int i = 0; i < kinds.length; i++) {
            plan.put((i + 1) * step, kinds[i]);
        }
        long gap = (kinds.length + 1) * step;
        plan.put(gap, new Flaw.Gap(5));
        plan.put(gap + 5, new Flaw.Late(Duration.ofMinutes(6)));
        return new FlawPlan(plan);
    }
}
