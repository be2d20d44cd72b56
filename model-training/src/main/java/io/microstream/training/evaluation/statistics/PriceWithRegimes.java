package io.microstream.training.evaluation.statistics;

import io.microstream.market.Regime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Closes and confirmed regimes of an interval of time at a resolution that can be drawn: lists have
 * one value for each bucket or band that holds a minute.
 *
 * <p>A bucket's regime is that of most of its minutes, ties going to the more turbulent; adjacent
 * buckets of equal regime form one band. Bands therefore hide spells shorter than a bucket; the
 * shares count every minute.
 *
 * @param part {@code training} or {@code hold-out}
 * @param minutes that have a regime
 * @param bucketMinutes length of a bucket
 * @param time begin of each bucket, milliseconds since the epoch
 * @param low lowest close
 * @param high highest close
 * @param last last close
 * @param bandFrom begin of each band
 * @param bandTo its end, exclusive
 * @param bandRegime its regime's ordinal
 * @param shareMinutes length of the stretches that shares are taken of
 * @param shareTime begin of each
 * @param shares of the regimes in each
 */
public record PriceWithRegimes(
        String part,
        int minutes,
        int bucketMinutes,
        List<Long> time,
        List<Double> low,
        List<Double> high,
        List<Double> last,
        List<Long> bandFrom,
        List<Long> bandTo,
        List<Integer> bandRegime,
        int shareMinutes,
        List<Long> shareTime,
        List<List<Double>> shares) {

    /** Maximum number of buckets of a plot. */
    public static final int MOST_BUCKETS = 4_500;

    private static final int MOST_SHARES = 200;
    private static final int SHORTEST_SHARE = 60;
    private static final int DAY = 1440;
    private static final int[] STEPS = {
        1, 5, 15, 30, 60, 120, 240, 480, DAY / 2, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 28 * DAY
    };
    private static final int REGIMES = Regime.values().length;
    private static final long MINUTE_MS = 60_000;

    /**
     * Aggregates minutes, given in order of time, into buckets and bands.
     *
     * @param times open times
     * @param closes closing prices
     * @param labels ordinals of regimes; negative where there is none
     */
    public static PriceWithRegimes of(String part, long[] times, double[] closes, byte[] labels) {
        long span = times.length == 0 ? 0 : (times[times.length - 1] - times[0]) / MINUTE_MS + 1;
        int bucket = step(span, MOST_BUCKETS);
        int share = Math.max(step(span, MOST_SHARES), SHORTEST_SHARE);
        Aggregation buckets = new Aggregation(bucket * MINUTE_MS);
        Aggregation stretches = new Aggregation(share * MINUTE_MS);
        for (int row = 0; row < times.length; row++) {
            buckets.add(times[row], closes[row], labels[row]);
            stretches.add(times[row], closes[row], labels[row]);
        }
        buckets.closeBands();
        int labelled = 0;
        for (byte label : labels) {
            labelled += label >= 0 ? 1 : 0;
        }
        return new PriceWithRegimes(
                part,
                labelled,
                bucket,
                buckets.time,
                buckets.low,
                buckets.high,
                buckets.last,
                buckets.bandFrom,
                buckets.bandTo,
                buckets.bandRegime,
                share,
                stretches.time,
                stretches.shares());
    }

    private static int step(long spanMinutes, int most) {
        for (int step : STEPS) {
            if (spanMinutes <= (long) step * most) {
                return step;
            }
        }
        return STEPS[STEPS.length - 1];
    }

    /** Returns a resolution in words: {@code 1 hour}, {@code 15 minutes}. */
    public static String words(int minutes) {
        int unit = minutes % DAY == 0 ? DAY : minutes % 60 == 0 ? 60 : 1;
        String name = unit == DAY ? "day" : unit == 60 ? "hour" : "minute";
        int count = minutes / unit;
        return String.format(Locale.ROOT, "%d %s%s", count, name, count == 1 ? "" : "s");
    }

    /** Collects minutes by the bucket they fall into. */
    private static final class Aggregation {

        private final long stepMs;
        private final List<Long> time = new ArrayList<>();
        private final List<Double> low = new ArrayList<>();
        private final List<Double> high = new ArrayList<>();
        private final List<Double> last = new ArrayList<>();
        private final List<int[]> counts = new ArrayList<>();
        private final List<Long> bandFrom = new ArrayList<>();
        private final List<Long> bandTo = new ArrayList<>();
        private final List<Integer> bandRegime = new ArrayList<>();

        Aggregation(long stepMs) {
            this.stepMs = stepMs;
        }

        void add(long timeMs, double close, int label) {
            long begin = Math.floorDiv(timeMs, stepMs) * stepMs;
            int i = time.size() - 1;
            if (i < 0 || time.get(i) != begin) {
                time.add(begin);
                low.add(close);
                high.add(close);
                last.add(close);
                counts.add(new int[REGIMES]);
                i++;
            }
            low.set(i, Math.min(low.get(i), close));
            high.set(i, Math.max(high.get(i), close));
            last.set(i, close);
            if (label >= 0) {
                counts.get(i)[label]++;
            }
        }

        void closeBands() {
            for (int i = 0; i < time.size(); i++) {
                int regime = most(counts.get(i));
                int before = bandTo.size() - 1;
                boolean continues =
                        before >= 0
                                && bandTo.get(before).equals(time.get(i))
                                && bandRegime.get(before) == regime;
                if (continues) {
                    bandTo.set(before, time.get(i) + stepMs);
                } else if (regime >= 0) {
                    bandFrom.add(time.get(i));
                    bandTo.add(time.get(i) + stepMs);
                    bandRegime.add(regime);
                }
            }
        }

        private static int most(int[] counts) {
            int most = -1;
            int count = 1;
            for (int regime = 0; regime < REGIMES; regime++) {
                if (counts[regime] >= count) {
                    most = regime;
                    count = counts[regime];
                }
            }
            return most;
        }

        List<List<Double>> shares() {
            return counts.stream()
                    .map(
                            own -> {
                                double all = Arrays.stream(own).sum();
                                return Arrays.stream(own)
                                        .mapToObj(count -> all == 0 ? Double.NaN : count / all)
                                        .toList();
                            })
                    .toList();
        }
    }
}
