package io.microstream.training.evaluation.statistics;

/**
 * An estimate and the 95 % interval around it.
 *
 * @param value measured
 * @param low lower end; NaN if there is no interval
 * @param high upper end
 */
public record Interval(double value, double low, double high) {

    /** An estimate that cannot be given an interval. */
    public static Interval unknown(double value) {
        return new Interval(value, Double.NaN, Double.NaN);
    }
}
