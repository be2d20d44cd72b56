package io.microstream.training.evaluation.statistics;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.interval.ConfidenceInterval;
import org.apache.commons.math3.stat.interval.WilsonScoreInterval;

/**
 * The share of minutes that the anomaly model flags in an interval of time.
 *
 * @param part {@code training} or {@code hold-out}
 * @param month {@code 2025-01}, or {@code all}
 * @param scored minutes
 * @param flagged of them
 * @param independent their share, with Wilson's interval for a binomial: right if minutes were
 *     independent of each other, and so too narrow
 * @param clustered the same with an interval by {@link StationaryBootstrap}
 */
public record FlagRate(
        String part,
        String month,
        int scored,
        int flagged,
        ConfidenceBounds independent,
        ConfidenceBounds clustered) {

    private static final double LEVEL = 0.95;

    /**
     * Measures a flag rate with both intervals.
     *
     * @param scoredByHour scored minutes of each hour of the stretch
     * @param flaggedByHour flagged minutes
     * @param seed of the bootstrap
     */
    public static FlagRate of(
            String part, String month, int[] scoredByHour, double[] flaggedByHour, long seed) {
        int scored = IntStream.of(scoredByHour).sum();
        int flagged = (int) Arrays.stream(flaggedByHour).sum();
        if (scored == 0) {
            ConfidenceBounds none = ConfidenceBounds.unknown(Double.NaN);
            return new FlagRate(part, month, 0, 0, none, none);
        }
        double rate = flagged / (double) scored;
        ConfidenceInterval wilson =
                new WilsonScoreInterval().createInterval(scored, flagged, LEVEL);
        return new FlagRate(
                part,
                month,
                scored,
                flagged,
                new ConfidenceBounds(
                        rate,
                        Math.max(0, wilson.getLowerBound()),
                        Math.min(1, wilson.getUpperBound())),
                new StationaryBootstrap(scoredByHour.length, seed)
                        .interval(
                                rate,
                                drawn -> HourlyMeans.mean(flaggedByHour, scoredByHour, drawn)));
    }
}
