package io.microstream.models.hmm.fitting;

/**
 * The sufficient statistics of the M-step: sums over rows of posteriors γ and of their products.
 *
 * <p>Axes: {@code start[state]}, {@code transition[from][to]}, {@code posterior[state]}, {@code
 * sum[state][input]}, {@code product[state][input][input]} (lower triangle only).
 */
public final class SufficientStatistics {

    final int states;
    final int dimension;
    public double logLikelihood;
    public final double[] start;
    public final double[] transition;
    public final double[] posterior;
    final double[] sum;
    final double[] product;

    SufficientStatistics(int states, int dimension) {
        this.states = states;
        this.dimension = dimension;
        start = new double[states];
        transition = new double[states * states];
        posterior = new double[states];
        sum = new double[states * dimension];
        product = new double[states * dimension * dimension];
    }

    /** Adds a row with its posteriors. */
    void addRow(double[] x, int row, double[] gamma) {
        for (int k = 0; k < states; k++) {
            double g = gamma[k];
            posterior[k] += g;
            int vector = k * dimension;
            for (int i = 0; i < dimension; i++) {
                double gx = g * x[row + i];
                sum[vector + i] += gx;
                int line = (vector + i) * dimension;
                for (int j = 0; j <= i; j++) {
                    product[line + j] += gx * x[row + j];
                }
            }
        }
    }

    void add(SufficientStatistics other) {
        logLikelihood += other.logLikelihood;
        add(start, other.start);
        add(transition, other.transition);
        add(posterior, other.posterior);
        add(sum, other.sum);
        add(product, other.product);
    }

    private static void add(double[] into, double[] from) {
        for (int i = 0; i < into.length; i++) {
            into[i] += from[i];
        }
    }
}
