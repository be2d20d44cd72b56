package io.microstream.training.evaluation.statistics;

/**
 * An estimate with its 95 % confidence interval.
 *
 * @param value measured
 * @param low lower end; NaN if there is no interval
 * @param high upper end
 */
public record ConfidenceBounds(double value, double low, double high) {

    /** Returns an estimate without an interval. */
    public static ConfidenceBounds unknown(double value) {
        return new ConfidenceBounds(value, Double.NaN, Double.NaN);
    }
}
