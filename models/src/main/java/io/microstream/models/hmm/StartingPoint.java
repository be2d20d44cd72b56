package io.microstream.models.hmm;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Where Baum-Welch begins.
 *
 * <p>{@link #quantiles} leaves nothing to chance: rows are ordered by a volatility column and cut
 * into K classes, the calm ones larger; class k of K ends at the quantile 1 − (1 − k/K)^1.71,
 * rounded to hundredths (.50 and .85 for K = 3). Means and covariances are the classes' (of all
 * rows where a class has too few), start probabilities their shares, and states are sticky: {@value
 * #STAY} on the diagonal. Random starts, by contrast, end in different optima from seed to seed.
 */
public final class StartingPoint {

    /** Self-transition of every state. */
    public static final double STAY = 0.975;

    private static final double SKEW = 1.71;

    private StartingPoint() {}

    /**
     * The deterministic start.
     *
     * @param column position of the volatility column
     */
    public static HmmParameters quantiles(Observations rows, int states, int column) {
        int[] labels = classes(rows, cuts(rows, states, column), column);
        Moments all = new Moments(rows, labels, -1);
        double[] start = new double[states];
        double[] mean = new double[states * rows.dimension()];
        double[] covariance = new double[mean.length * rows.dimension()];
        for (int k = 0; k < states; k++) {
            Moments own = new Moments(rows, labels, k);
            (own.rows > rows.dimension() ? own : all).copyTo(mean, covariance, k);
            start[k] = (own.rows + 1.0) / (rows.rows() + states);
        }
        return new HmmParameters(start, sticky(states), mean, covariance);
    }

    /** A random start: means are rows drawn at random, covariances those of all rows. */
    public static HmmParameters random(Observations rows, int states, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Moments all = new Moments(rows, new int[rows.rows()], -1);
        int d = rows.dimension();
        double[] start = new double[states];
        Arrays.fill(start, 1.0 / states);
        double[] mean = new double[states * d];
        double[] covariance = new double[states * d * d];
        for (int k = 0; k < states; k++) {
            all.copyTo(mean, covariance, k);
            int row = random.nextInt(rows.rows());
            System.arraycopy(rows.values(), row * d, mean, k * d, d);
        }
        return new HmmParameters(start, sticky(states), mean, covariance);
    }

    private static double[] sticky(int states) {
        double[] transition = new double[states * states];
        for (int i = 0; i < transition.length; i++) {
            boolean diagonal = i % (states + 1) == 0;
            transition[i] = diagonal ? STAY : (1 - STAY) / (states - 1);
        }
        return states == 1 ? new double[] {1} : transition;
    }

    /** Upper bounds of all classes but the last. */
    private static double[] cuts(Observations rows, int states, int column) {
        double[] sorted = new double[rows.rows()];
        for (int row = 0; row < sorted.length; row++) {
            sorted[row] = rows.values()[row * rows.dimension() + column];
        }
        Arrays.sort(sorted);
        double[] cuts = new double[states - 1];
        for (int k = 0; k < cuts.length; k++) {
            double q = 1 - StrictMath.pow(1 - (k + 1.0) / states, SKEW);
            cuts[k] = sorted[(int) (Math.round(q * 100) / 100.0 * (sorted.length - 1))];
        }
        return cuts;
    }

    private static int[] classes(Observations rows, double[] cuts, int column) {
        int[] labels = new int[rows.rows()];
        for (int row = 0; row < labels.length; row++) {
            double value = rows.values()[row * rows.dimension() + column];
            while (labels[row] < cuts.length && value > cuts[labels[row]]) {
                labels[row]++;
            }
        }
        return labels;
    }

    /** Mean and covariance of the rows of one class, or of all for class −1. */
    private static final class Moments {

        final int d;
        final double[] mean;
        final double[] covariance;
        int rows;

        Moments(Observations observations, int[] labels, int label) {
            d = observations.dimension();
            mean = new double[d];
            covariance = new double[d * d];
            double[] x = observations.values();
            for (int row = 0; row < labels.length; row++) {
                if (label < 0 || labels[row] == label) {
                    rows++;
                    for (int i = 0; i < d; i++) {
                        mean[i] += (x[row * d + i] - mean[i]) / rows;
                    }
                }
            }
            for (int row = 0; row < labels.length; row++) {
                if (label < 0 || labels[row] == label) {
                    addScatter(x, row * d);
                }
            }
            Cholesky.repair(covariance, 0, d);
        }

        private void addScatter(double[] x, int row) {
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    covariance[i * d + j] +=
                            (x[row + i] - mean[i]) * (x[row + j] - mean[j]) / Math.max(1, rows - 1);
                }
            }
        }

        void copyTo(double[] means, double[] covariances, int state) {
            System.arraycopy(mean, 0, means, state * d, d);
            System.arraycopy(covariance, 0, covariances, state * d * d, d * d);
        }
    }
}
