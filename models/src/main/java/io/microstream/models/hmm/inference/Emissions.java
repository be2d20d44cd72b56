package io.microstream.models.hmm.inference;

/**
 * Computes log densities of a row under each state's normal distribution:
 *
 * <pre>ln N = −½ (d ln 2π + Σ z² + 2 Σ ln L_ii),  z = L⁻¹ (x − μ),  Σ_k = L Lᵀ</pre>
 *
 * Owns a scratch array: one instance for each thread.
 */
public final class Emissions {

    /** Maximum number of rows that {@link #weights} takes at a time. */
    public static final int STRIP = 128;

    private static final double LN_2_PI = StrictMath.log(2 * Math.PI);

    private final int states;
    private final int dimension;
    private final double[] mean;
    private final double[] factor;
    private final double[] inverseDiagonal;
    private final double[] constant;
    private final double[] z;

    /** Log densities of a strip, {@code [state][row]}, and the largest of each row. */
    private final double[] logDensity;

    private final double[] largest = new double[STRIP];

    public Emissions(HmmParameters parameters) {
        states = parameters.states();
        dimension = parameters.dimension();
        mean = parameters.mean();
        factor = new double[states * dimension * dimension];
        inverseDiagonal = new double[states * dimension];
        constant = new double[states];
        z = new double[dimension];
        logDensity = new double[states * STRIP];
        double[] covariance = parameters.covariance();
        for (int k = 0; k < states; k++) {
            int offset = k * dimension * dimension;
            Cholesky.factor(covariance, offset, dimension, factor);
            constant[k] = dimension * LN_2_PI;
            for (int i = 0; i < dimension; i++) {
                double diagonal = factor[offset + i * dimension + i];
                inverseDiagonal[k * dimension + i] = 1 / diagonal;
                constant[k] += 2 * StrictMath.log(diagonal);
            }
        }
    }

    /** Writes K log densities of the row that begins at {@code x[row]}. */
    public void logDensities(double[] x, int row, double[] into, int offset) {
        for (int k = 0; k < states; k++) {
            into[offset + k] = -0.5 * (constant[k] + distance(x, row, k));
        }
    }

    /**
     * Writes densities divided by the largest of their row, in lines of {@code size} ≥ K.
     *
     * @param place where in {@code x} the first row begins
     * @param stride from there to the next
     * @param count of rows, at most {@value #STRIP}
     * @return the sum over rows of the logarithm of the largest
     */
    public double weights(
            double[] x, int place, int stride, int count, double[] into, int offset, int size) {
        for (int k = 0; k < states; k++) {
            strip(x, place, stride, count, k);
        }
        System.arraycopy(logDensity, 0, largest, 0, count);
        for (int k = 1; k < states; k++) {
            int own = k * STRIP;
            for (int t = 0; t < count; t++) {
                largest[t] = Math.max(largest[t], logDensity[own + t]);
            }
        }
        for (int k = 0; k < states; k++) {
            int own = k * STRIP;
            int at = offset + k;
            for (int t = 0; t < count; t++, at += size) {
                into[at] = NegativeExponential.of(logDensity[own + t] - largest[t]);
            }
        }
        double total = 0;
        for (int t = 0; t < count; t++) {
            total += largest[t];
        }
        return total;
    }

    /** Computes the log densities of a strip of rows under one state. */
    private void strip(double[] x, int place, int stride, int count, int k) {
        int own = k * STRIP;
        if (dimension == 1) {
            one(x, place, stride, count, k);
        } else if (dimension == 2) {
            two(x, place, stride, count, k);
        } else if (dimension == 3) {
            three(x, place, stride, count, k);
        } else {
            for (int t = 0; t < count; t++, place += stride) {
                logDensity[own + t] = -0.5 * (constant[k] + distance(x, place, k));
            }
        }
    }

    private void one(double[] x, int place, int stride, int count, int k) {
        double m = mean[k];
        double scale = inverseDiagonal[k];
        double c = constant[k];
        int own = k * STRIP;
        for (int t = 0; t < count; t++, place += stride) {
            double z = (x[place] - m) * scale;
            logDensity[own + t] = -0.5 * (c + z * z);
        }
    }

    private void two(double[] x, int place, int stride, int count, int k) {
        double m0 = mean[2 * k];
        double m1 = mean[2 * k + 1];
        double s0 = inverseDiagonal[2 * k];
        double s1 = inverseDiagonal[2 * k + 1];
        double l10 = factor[4 * k + 2];
        double c = constant[k];
        int own = k * STRIP;
        for (int t = 0; t < count; t++, place += stride) {
            double z0 = (x[place] - m0) * s0;
            double z1 = (x[place + 1] - m1 - l10 * z0) * s1;
            logDensity[own + t] = -0.5 * (c + (z0 * z0 + z1 * z1));
        }
    }

    private void three(double[] x, int place, int stride, int count, int k) {
        double m0 = mean[3 * k];
        double m1 = mean[3 * k + 1];
        double m2 = mean[3 * k + 2];
        double s0 = inverseDiagonal[3 * k];
        double s1 = inverseDiagonal[3 * k + 1];
        double s2 = inverseDiagonal[3 * k + 2];
        double l10 = factor[9 * k + 3];
        double l20 = factor[9 * k + 6];
        double l21 = factor[9 * k + 7];
        double c = constant[k];
        int own = k * STRIP;
        for (int t = 0; t < count; t++, place += stride) {
            double z0 = (x[place] - m0) * s0;
            double z1 = (x[place + 1] - m1 - l10 * z0) * s1;
            double z2 = (x[place + 2] - m2 - l20 * z0 - l21 * z1) * s2;
            logDensity[own + t] = -0.5 * (c + (z0 * z0 + z1 * z1 + z2 * z2));
        }
    }

    /** Returns the squared Mahalanobis distance of a row from a state's mean. */
    private double distance(double[] x, int row, int k) {
        int vector = k * dimension;
        int line = vector * dimension;
        double sum = 0;
        for (int i = 0; i < dimension; i++, line += dimension) {
            double value = x[row + i] - mean[vector + i];
            for (int j = 0; j < i; j++) {
                value -= factor[line + j] * z[j];
            }
            z[i] = value * inverseDiagonal[vector + i];
            sum += z[i] * z[i];
        }
        return sum;
    }
}
