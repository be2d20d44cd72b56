package io.microstream.models.hmm.fitting;

import io.microstream.models.hmm.inference.Cholesky;
import io.microstream.models.hmm.inference.HmmParameters;
import io.microstream.models.hmm.inference.Observations;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Computes starting points of Baum-Welch.
 *
 * <p>{@link #quantiles} is deterministic: rows are ordered by a volatility column and cut into K
 * classes, the calm ones larger; class k of K ends at the quantile 1 − (1 − k/K)^1.71, rounded to
 * hundredths (.50 and .85 for K = 3). Means and covariances are the classes' (of all rows where a
 * class has too few), start probabilities their shares, and states are sticky: {@value #STAY} on
 * the diagonal.
 *
 * <p>Random starts show whether another start ends at another optimum: {@link #perturbed} cuts at
 * other quantiles, {@link #scattered} forms classes around rows far from one another; both draw how
 * sticky the states are. {@link #random} is close to hmmlearn's default and ends in different
 * optima from seed to seed. Equal rows and seeds give equal starts.
 */
public final class StartingPoint {

    /** Self-transition probability of every state at the deterministic start. */
    public static final double STAY = 0.975;

    private static final double SKEW = 1.71;
    private static final double LEAST = 0.25;

    private StartingPoint() {}

    /**
     * Returns the deterministic start.
     *
     * @param column position of the volatility column
     */
    public static HmmParameters quantiles(Observations rows, int states, int column) {
        double[] shares = new double[states - 1];
        for (int k = 0; k < shares.length; k++) {
            double q = 1 - StrictMath.pow(1 - (k + 1.0) / states, SKEW);
            shares[k] = Math.round(q * 100) / 100.0;
        }
        return of(rows, classes(rows, cuts(rows, shares, column), column), states, STAY);
    }

    /**
     * Returns a start like {@link #quantiles}, with random cuts: shares of the classes are uniform
     * over all that leave each class at least a quarter of an equal share.
     */
    public static HmmParameters perturbed(Observations rows, int states, int column, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] weights = new double[states];
        double sum = 0;
        for (int k = 0; k < states; k++) {
            weights[k] = -StrictMath.log(1 - random.nextDouble());
            sum += weights[k];
        }
        double[] cuts = new double[states - 1];
        double share = 0;
        for (int k = 0; k < cuts.length; k++) {
            share += LEAST / states + (1 - LEAST) * weights[k] / sum;
            cuts[k] = Math.min(1, share);
        }
        int[] labels = classes(rows, cuts(rows, cuts, column), column);
        return of(rows, labels, states, stay(random));
    }

    /**
     * Returns a start from classes of the rows nearest to each of K rows, drawn as in k-means++:
     * each with a probability proportional to the squared distance from those before. Source: D.
     * Arthur and S. Vassilvitskii, k-means++, SODA 2007.
     */
    public static HmmParameters scattered(Observations rows, int states, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] labels = new int[rows.rows()];
        double[] distance = new double[rows.rows()];
        Arrays.fill(distance, Double.POSITIVE_INFINITY);
        int centre = random.nextInt(rows.rows());
        for (int k = 0; k < states; k++) {
            double total = approach(rows, centre, k, distance, labels);
            double left = random.nextDouble() * total;
            for (centre = 0; centre < labels.length - 1 && left >= distance[centre]; centre++) {
                left -= distance[centre];
            }
        }
        return of(rows, labels, states, stay(random));
    }

    /** Labels the rows nearer to a centre than to those before; returns the sum of distances. */
    private static double approach(
            Observations rows, int centre, int label, double[] distance, int[] labels) {
        int d = rows.dimension();
        double[] x = rows.values();
        double total = 0;
        for (int row = 0; row < labels.length; row++) {
            double own = 0;
            for (int i = 0; i < d; i++) {
                double difference = x[row * d + i] - x[centre * d + i];
                own += difference * difference;
            }
            if (own < distance[row]) {
                distance[row] = own;
                labels[row] = label;
            }
            total += distance[row];
        }
        return total;
    }

    /** Draws a self-transition probability from .9 to .997, uniform in the logarithm of 1 − p. */
    private static double stay(SplittableRandom random) {
        return 1 - StrictMath.pow(10, -1 - 1.5 * random.nextDouble());
    }

    private static HmmParameters of(Observations rows, int[] labels, int states, double stay) {
        Moments all = new Moments(rows, labels, -1);
        double[] start = new double[states];
        double[] mean = new double[states * rows.dimension()];
        double[] covariance = new double[mean.length * rows.dimension()];
        for (int k = 0; k < states; k++) {
            Moments own = new Moments(rows, labels, k);
            (own.rows > rows.dimension() ? own : all).copyTo(mean, covariance, k);
            start[k] = (own.rows + 1.0) / (rows.rows() + states);
        }
        return new HmmParameters(start, sticky(states, stay), mean, covariance);
    }

    /** Returns a random start: means are rows drawn at random, covariances those of all rows. */
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
        return new HmmParameters(start, sticky(states, STAY), mean, covariance);
    }

    private static double[] sticky(int states, double stay) {
        double[] transition = new double[states * states];
        for (int i = 0; i < transition.length; i++) {
            boolean diagonal = i % (states + 1) == 0;
            transition[i] = diagonal ? stay : (1 - stay) / (states - 1);
        }
        return states == 1 ? new double[] {1} : transition;
    }

    /**
     * Returns the values of a column at given quantiles: the upper bounds of all classes but the
     * last.
     */
    private static double[] cuts(Observations rows, double[] quantiles, int column) {
        double[] sorted = new double[rows.rows()];
        for (int row = 0; row < sorted.length; row++) {
            sorted[row] = rows.values()[row * rows.dimension() + column];
        }
        Arrays.sort(sorted);
        double[] cuts = new double[quantiles.length];
        for (int k = 0; k < cuts.length; k++) {
            cuts[k] = sorted[(int) (quantiles[k] * (sorted.length - 1))];
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

    /** Accumulates mean and covariance of the rows of one class, or of all rows for class −1. */
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
