package io.microstream.models.isolation;

/** Percentiles by linear interpolation between order statistics, NumPy's default. */
final class Percentile {

    private Percentile() {}

    /** The {@code q}-quantile (0 … 1) of values in ascending order; at least one. */
    static double ofSorted(double[] sorted, double q) {
        double position = q * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        double t = position - below;
        double step = sorted[above] - sorted[below];
        return t < 0.5 ? sorted[below] + step * t : sorted[above] - step * (1 - t);
    }
}
