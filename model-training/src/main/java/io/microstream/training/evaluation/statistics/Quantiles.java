package io.microstream.training.evaluation.statistics;

/**
 * Computes quantiles by linear interpolation between order statistics: NumPy's default, R's type 7.
 */
public final class Quantiles {

    private Quantiles() {}

    /** Returns the quantile {@code q} of values in ascending order; NaN without values. */
    public static double ofSorted(double[] sorted, double q) {
        return ofSorted(sorted, sorted.length, q);
    }

    /**
     * Returns the quantile {@code q} of the first {@code n} values, which are in ascending order.
     */
    static double ofSorted(double[] sorted, int n, double q) {
        if (n == 0) {
            return Double.NaN;
        }
        double position = q * (n - 1);
        int below = (int) position;
        int above = Math.min(below + 1, n - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
