package io.microstream.models.hmm.fitting;

import io.microstream.models.hmm.inference.Emissions;
import io.microstream.models.hmm.inference.HmmParameters;

/**
 * Computes the E-step on one sequence in bounded memory.
 *
 * <p>Idea: a first forward pass keeps only the filtered distribution before each block of {@value
 * #BLOCK} rows; then, from the last block to the first, the block's forward variables are computed
 * again and the backward pass runs through it. That is two forward passes instead of one, and 8 K
 * bytes for each {@value #BLOCK} rows instead of for each row. A sequence of one block (a month of
 * minutes is one) needs one forward pass only.
 *
 * <p>The subclass decides how probabilities are held: {@link LogExpectation} is the reference for
 * {@link ScaledExpectation}, which does not extend this class. Forward variables are normalised row
 * by row: {@code alpha[t]} is p(z_t | x_1..t) and the normaliser p(x_t | x_1..t−1); backward
 * variables are divided by the same normalisers, so that alpha · beta is the posterior. Not
 * thread-safe.
 */
abstract class SequenceExpectation {

    static final int BLOCK = 65_536;

    final int states;
    final int dimension;
    private final Emissions emissions;

    /**
     * Forward variables and emissions of the current block: {@code alpha[row][state]}, {@code
     * emission[row][state]}.
     */
    double[] alpha = new double[0];

    double[] emission = new double[0];
    double[] normaliser = new double[0];
    final double[] beta;
    final double[] gamma;

    SequenceExpectation(HmmParameters parameters) {
        states = parameters.states();
        dimension = parameters.dimension();
        emissions = new Emissions(parameters);
        beta = new double[states];
        gamma = new double[states];
    }

    /**
     * Adds a sequence's statistics.
     *
     * @return false if this way of holding probabilities underflows; the statistics must then be
     *     discarded
     */
    boolean accumulate(double[] x, int firstRow, int rows, SufficientStatistics into) {
        makeRoom(Math.min(rows, BLOCK));
        int blocks = (rows + BLOCK - 1) / BLOCK;
        double[] entry = new double[blocks * states];
        double logLikelihood = 0;
        for (int block = 0; block < blocks; block++) {
            int length = length(block, rows);
            logLikelihood += forward(x, firstRow + block * BLOCK, length, entry, block);
            if (block + 1 < blocks) {
                System.arraycopy(alpha, (length - 1) * states, entry, (block + 1) * states, states);
            }
        }
        if (!Double.isFinite(logLikelihood)) {
            return false;
        }
        beginBackward();
        for (int block = blocks - 1; block >= 0; block--) {
            int length = length(block, rows);
            if (block + 1 < blocks) {
                forward(x, firstRow + block * BLOCK, length, entry, block);
            }
            backward(x, firstRow + block * BLOCK, length, entry, block, into);
        }
        into.logLikelihood += logLikelihood;
        return endBackward(into);
    }

    private void makeRoom(int rows) {
        if (normaliser.length < rows) {
            alpha = new double[rows * states];
            emission = new double[rows * states];
            normaliser = new double[rows];
        }
    }

    private static int length(int block, int rows) {
        return Math.min(BLOCK, rows - block * BLOCK);
    }

    /** Fills the buffers; returns ln p of the block's rows given the rows before. */
    private double forward(double[] x, int row, int length, double[] entry, int block) {
        double logLikelihood = 0;
        for (int t = 0; t < length; t++) {
            emissions.logDensities(x, (row + t) * dimension, emission, t * states);
            if (t > 0) {
                logLikelihood += forwardRow(t, alpha, (t - 1) * states);
            } else if (block > 0) {
                logLikelihood += forwardRow(0, entry, block * states);
            } else {
                logLikelihood += firstRow();
            }
        }
        return logLikelihood;
    }

    private void backward(
            double[] x, int row, int length, double[] entry, int block, SufficientStatistics into) {
        for (int t = length - 1; t >= 0; t--) {
            posterior(t);
            into.addRow(x, (row + t) * dimension, gamma);
            if (t > 0) {
                backwardRow(t, alpha, (t - 1) * states, into.transition);
            } else if (block > 0) {
                backwardRow(0, entry, block * states, into.transition);
            } else {
                for (int k = 0; k < states; k++) {
                    into.start[k] += gamma[k];
                }
            }
        }
    }

    /** Computes the first row of the sequence from the start distribution; returns ln p(x_1). */
    abstract double firstRow();

    /** Computes row t of the block from the one before; returns ln p(x_t | x_1..t−1). */
    abstract double forwardRow(int t, double[] before, int offset);

    /** Sets beta of the last row. */
    abstract void beginBackward();

    /** Fills {@link #gamma}, summing to 1, from alpha of row t and beta. */
    abstract void posterior(int t);

    /** Adds p(z_t−1, z_t | x) to {@code transition} and steps beta back to row t − 1. */
    abstract void backwardRow(int t, double[] before, int offset, double[] transition);

    /** Completes the statistics; returns false if they are not accurate. */
    abstract boolean endBackward(SufficientStatistics statistics);
}
