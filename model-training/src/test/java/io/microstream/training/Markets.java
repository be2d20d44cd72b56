package io.microstream.training;

import io.microstream.binance.replay.dump.DumpFormat;
import io.microstream.binance.replay.dump.KlineDump;
import io.microstream.binance.replay.synthesis.SimulatedMarket;
import io.microstream.market.Bar;
import io.microstream.training.history.SymbolHistory;
import io.microstream.training.history.TrainingPeriod;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Builds small histories as bars and as kline files. */
public final class Markets {

    public static final long T0 = TrainingPeriod.millis(LocalDate.of(2024, 1, 1));
    public static final int DAY = 1440;

    private Markets() {}

    /** Returns bars of the simulated three-regime market from 2024-01-01 on. */
    public static List<Bar> simulated(String symbol, int days, long seed) {
        List<Bar> bars = new ArrayList<>();
        new SimulatedMarket(List.of(symbol), T0, (long) days * DAY, seed)
                .bars(symbol)
                .forEachRemaining(bars::add);
        return bars;
    }

    static void write(Path folder, List<Bar> bars) throws IOException {
        try (KlineDump dump =
                new KlineDump(folder, bars.get(0).symbol(), DumpFormat.MONTHLY.plain(), false)) {
            dump.write(bars.iterator());
        }
    }

    static void writeDays(Path folder, List<Bar> bars) throws IOException {
        try (KlineDump dump =
                new KlineDump(folder, bars.get(0).symbol(), DumpFormat.DAILY.plain(), false)) {
            dump.write(bars.iterator());
        }
    }

    /** Returns bars that are all alike: a market without any crisis. */
    static List<Bar> constant(String symbol, int days) {
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < days * DAY; i++) {
            bars.add(bar(symbol, T0 + i * Bar.MINUTE_MS, 100.05, 1));
        }
        return bars;
    }

    /** Returns a bar that opens and closes at 100 and has its low there. */
    static Bar bar(String symbol, long openTimeMs, double high, double volume) {
        BigDecimal price = BigDecimal.valueOf(100);
        return new Bar(
                symbol,
                openTimeMs,
                price,
                BigDecimal.valueOf(high),
                price,
                price,
                BigDecimal.valueOf(volume),
                null,
                null,
                null,
                -1,
                -1,
                -1,
                true,
                true,
                0);
    }

    public static SymbolHistory history(List<Bar> bars, long cutMs) {
        Iterator<Bar> iterator = bars.iterator();
        return new SymbolHistory(bars.get(0).symbol(), iterator, cutMs, bars.size());
    }
}
