package io.microstream.standalone.flaws;

import io.microstream.market.Trade;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/**
 * The trades of a symbol over some minutes: ids and ids of single trades without a gap, times that
 * never step back, one minute without trades in some.
 *
 * @param layout where the minutes lie in their day, and which files hold them
 * @param dayUs the first microsecond of the day that the first file names
 * @param unitUs the unit of the times in the files, microseconds
 * @param trades in order
 */
record RandomMarket(Layout layout, long dayUs, long unitUs, List<Trade> trades) {

    static final long MINUTE_US = 60_000_000;
    static final long DAY_US = 1_440 * MINUTE_US;

    /** Where the minutes of a market lie. */
    enum Layout {
        /** In one file whose name says nothing of its period. */
        UNDATED,
        /** Around noon, in a file of the month. */
        MONTH,
        /** In a file of the day, from its first minute on. */
        DAY_START,
        /** In a file of the day, up to its last minute. */
        DAY_END,
        /** Around midnight, in the files of two days. */
        TWO_DAYS
    }

    /** Returns a market; the same chance gives the same market. */
    static RandomMarket of(Random random, String symbol, Layout layout, boolean singleTrades) {
        boolean micros = random.nextBoolean();
        String day = (micros ? "2025-03-%02d" : "2024-01-%02d").formatted(2 + random.nextInt(20));
        long dayUs = Instant.parse(day + "T00:00:00Z").toEpochMilli() * 1000;
        long unitUs = micros ? 1 : 1000;
        int minutes = 3 + random.nextInt(6);
        long startUs =
                switch (layout) {
                    case DAY_START -> dayUs;
                    case DAY_END -> dayUs + DAY_US - minutes * MINUTE_US;
                    case TWO_DAYS -> dayUs + DAY_US - (1 + random.nextInt(minutes - 1)) * MINUTE_US;
                    case UNDATED, MONTH -> dayUs + DAY_US / 2 + random.nextInt(3_600) * 1_000_000L;
                };
        List<Long> times = times(random, startUs, minutes, unitUs);
        long id = 1_000 + random.nextInt(1_000_000_000);
        long single = singleTrades ? id : 1_000 + random.nextInt(1_000_000_000);
        long cents = 1_000 + random.nextInt(5_000_000);
        List<Trade> trades = new ArrayList<>();
        for (long time : times) {
            cents = Math.max(100, cents + random.nextInt(21) - 10);
            long last = single + (singleTrades ? 0 : random.nextInt(3));
            long quantity = (1 + random.nextInt(300_000)) * 1_000L;
            boolean maker = random.nextBoolean();
            trades.add(
                    new Trade(
                            symbol, id++, cents * 1_000_000, quantity, single, last, time, maker));
            single = last + 1;
        }
        return new RandomMarket(layout, dayUs, unitUs, List.copyOf(trades));
    }

    /** Draws times in order; the first and the last minute have trades, as their borders ask. */
    private static List<Long> times(Random random, long startUs, int minutes, long unitUs) {
        int empty = random.nextInt(3) == 0 ? 1 + random.nextInt(minutes - 2) : -1;
        List<Long> times = new ArrayList<>();
        TreeSet<Integer> must = new TreeSet<>(List.of(0, minutes - 1));
        int count = 20 + random.nextInt(60);
        for (int i = 0; i < count; i++) {
            int minute = must.isEmpty() ? random.nextInt(minutes) : must.pollFirst();
            if (minute != empty) {
                long units = MINUTE_US / unitUs;
                times.add(
                        startUs
                                + minute * MINUTE_US
                                + (long) (random.nextDouble() * units) * unitUs);
            }
        }
        times.sort(null);
        return times;
    }

    String symbol() {
        return trades.get(0).symbol();
    }
}
