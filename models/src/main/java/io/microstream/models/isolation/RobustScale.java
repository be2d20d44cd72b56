package io.microstream.models.isolation;

import io.microstream.models.features.FeatureMatrix;
import io.microstream.models.features.OrderedTasks;
import java.util.Arrays;

/**
 * The median and robust spread of each input, frozen at training; they measure how far out a row
 * lies.
 *
 * <p>spread = 1.4826 · median |x − median|, the standard deviation of a normal variable; where more
 * than half of the rows are equal that is 0 and the interquartile range / 1.349 stands in. It is
 * never below a thousandth of the standard deviation, and 1 for a constant column: a severity of
 * such a column is in raw units.
 *
 * <p>The severity of a row is its largest |x − median| / spread: a number of robust standard
 * deviations, in the unit of the input that lies farthest out. It grows with every input's distance
 * from its median and, unlike the isolation score, has no upper end. Where inputs are logarithms of
 * a size, as scaled_return and the surges are, equal steps of severity are equal factors of that
 * size: a crash of 50 % lies ln(0.69 / 0.05) ≈ 2.6 units of the input above one of 5 %.
 */
public final class RobustScale {

    private static final double NORMAL_MAD = 1.4826;
    private static final double NORMAL_IQR = 1.349;
    private static final double FLOOR = 1e-3;

    private final double[] median;
    private final double[] spread;

    /**
     * Creates a scale from one median and one spread for each input.
     *
     * @throws IllegalArgumentException unless medians are finite and spreads finite and positive
     */
    public RobustScale(double[] median, double[] spread) {
        this.median = median.clone();
        this.spread = spread.clone();
        if (median.length != spread.length) {
            throw new IllegalArgumentException(
                    "Robust scale: medians=" + median.length + " spreads=" + spread.length);
        }
        for (int i = 0; i < median.length; i++) {
            if (!Double.isFinite(median[i]) || !Double.isFinite(spread[i]) || spread[i] <= 0) {
                throw new IllegalArgumentException(
                        "Robust scale: input="
                                + i
                                + " medians="
                                + Arrays.toString(median)
                                + " spreads="
                                + Arrays.toString(spread));
            }
        }
    }

    /**
     * Measures the scale on training rows; {@code deviation} is the standard deviation of each
     * column.
     */
    static RobustScale of(FeatureMatrix rows, double[] deviation, int threads) {
        double[] median = new double[rows.columns()];
        double[] spread = new double[rows.columns()];
        OrderedTasks.run(
                threads,
                median.length,
                column -> {
                    double[] values = rows.column(column);
                    median[column] = Percentile.of(values, 0.5);
                    spread[column] = spread(values, median[column], deviation[column]);
                    return column;
                });
        return new RobustScale(median, spread);
    }

    private static double spread(double[] values, double median, double deviation) {
        if (isConstant(values)) {
            return 1;
        }
        double[] distances = new double[values.length];
        Arrays.setAll(distances, i -> Math.abs(values[i] - median));
        double mad = Percentile.of(distances, 0.5);
        double robust =
                mad > 0
                        ? NORMAL_MAD * mad
                        : (Percentile.of(values, 0.75) - Percentile.of(values, 0.25)) / NORMAL_IQR;
        return Math.max(robust, FLOOR * deviation);
    }

    private static boolean isConstant(double[] values) {
        for (double value : values) {
            if (value != values[0]) {
                return false;
            }
        }
        return true;
    }

    /** Returns the largest robust deviation over the inputs, ≥ 0. */
    public double severity(double[] x) {
        double worst = 0;
        for (int i = 0; i < median.length; i++) {
            worst = Math.max(worst, Math.abs(x[i] - median[i]) / spread[i]);
        }
        return worst;
    }

    /** Returns a copy of the medians. */
    public double[] median() {
        return median.clone();
    }

    /** Returns a copy of the spreads. */
    public double[] spread() {
        return spread.clone();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof RobustScale other
                && Arrays.equals(median, other.median)
                && Arrays.equals(spread, other.spread);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(median) + Arrays.hashCode(spread);
    }
}
