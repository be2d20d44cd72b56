package io.microstream.models.hmm;

/**
 * Log densities of a row under each state's normal distribution:
 *
 * <pre>ln N = −½ (d ln 2π + Σ z² + 2 Σ ln L_ii),  z = L⁻¹ (x − μ),  Σ_k = L Lᵀ</pre>
 *
 * Owns a scratch array: one instance for each thread.
 */
final class Emissions {

    private static final double LN_2_PI = StrictMath.log(2 * Math.PI);

    private final int states;
    private final int dimension;
    private final double[] mean;
    private final double[] factor;
    private final double[] inverseDiagonal;
    private final double[] constant;
    private final double[] z;

    Emissions(HmmParameters parameters) {
        states = parameters.states();
        dimension = parameters.dimension();
        mean = parameters.mean();
        factor = new double[states * dimension * dimension];
        inverseDiagonal = new double[states * dimension];
        constant = new double[states];
        z = new double[dimension];
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
    void logDensities(double[] x, int row, double[] into, int offset) {
        for (int k = 0; k < states; k++) {
            into[offset + k] = -0.5 * (constant[k] + distance(x, row, k));
        }
    }

    /**
     * Densities over the largest of their row, in lines of {@code size} ≥ K.
     *
     * @param row where in {@code x} the first row begins
     * @param stride from there to the next
     * @return the sum over rows of the logarithm of the largest
     */
    double weights(
            double[] x, int row, int stride, int count, double[] into, int offset, int size) {
        double total = 0;
        for (int t = 0; t < count; t++, row += stride, offset += size) {
            logDensities(x, row, into, offset);
            double largest = into[offset];
            for (int k = offset + 1; k < offset + states; k++) {
                largest = Math.max(largest, into[k]);
            }
            total += largest;
            for (int k = offset; k < offset + states; k++) {
                into[k] = NegativeExponential.of(into[k] - largest);
            }
        }
        return total;
    }

    /** Squared Mahalanobis distance. */
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
