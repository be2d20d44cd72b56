package io.microstream.models.hmm.inference;

import java.util.Arrays;

/**
 * The forward filter, one row at a time: the distribution of the state at the close of a bar.
 *
 * <p>The state of the filter is {@code lnAlpha[state]} = ln p(z_t | x_1..t), held by the caller, so
 * that it can live in Flink's keyed state; a filter restored from it continues with bit-identical
 * results. It begins with the stationary distribution, not with the model's start probabilities,
 * which describe only where the training data began.
 *
 * <p>A minute without a row is a step without emission. After more than {@value #LONGEST_GAP} of
 * them in a row the filter has forgotten everything and restarts.
 *
 * <p>All in {@link StrictMath} and fixed order: equal on every machine. No method allocates. Not
 * thread-safe: it owns scratch arrays.
 */
public final class OnlineFilter {

    /** Maximum number of consecutive missing minutes before the filter restarts. */
    public static final int LONGEST_GAP = 240;

    private final int states;
    private final int dimension;
    private final double[] lnStationary;
    private final double[] lnTransition;
    private final Emissions emissions;
    private final double[] emission;
    private final double[] predicted;
    private final double[] term;

    /** Creates a filter under given parameters. */
    public OnlineFilter(HmmParameters parameters) {
        states = parameters.states();
        dimension = parameters.dimension();
        lnStationary = LogSpace.log(parameters.stationary());
        lnTransition = LogSpace.log(parameters.transition());
        emissions = new Emissions(parameters);
        emission = new double[states];
        predicted = new double[states];
        term = new double[states];
    }

    /** Returns K, the number of states and the length of {@code lnAlpha}. */
    public int states() {
        return states;
    }

    /** Resets {@code lnAlpha} to the stationary distribution. */
    public void start(double[] lnAlpha) {
        System.arraycopy(lnStationary, 0, lnAlpha, 0, states);
    }

    /**
     * Advances the filter by one row.
     *
     * @param lnAlpha of the minute before, or as {@link #start} left it; receives that of this row
     * @param x finite values
     * @return the surprise −ln p(x_t | x_1..t−1); +∞, with the row then treated as missing, if its
     *     density underflows to 0 in every state
     */
    public double step(double[] lnAlpha, double[] x) {
        predict(lnAlpha);
        emissions.logDensities(x, 0, emission, 0);
        for (int j = 0; j < states; j++) {
            lnAlpha[j] = predicted[j] + emission[j];
        }
        double evidence = LogSpace.sum(lnAlpha, 0, states);
        if (evidence == Double.NEGATIVE_INFINITY) {
            System.arraycopy(predicted, 0, lnAlpha, 0, states);
            return Double.POSITIVE_INFINITY;
        }
        for (int j = 0; j < states; j++) {
            lnAlpha[j] -= evidence;
        }
        return -evidence;
    }

    /** Advances the filter by minutes without a row. */
    public void skip(double[] lnAlpha, long minutes) {
        if (minutes > LONGEST_GAP) {
            start(lnAlpha);
            return;
        }
        for (long i = 0; i < minutes; i++) {
            predict(lnAlpha);
            System.arraycopy(predicted, 0, lnAlpha, 0, states);
        }
    }

    private void predict(double[] lnAlpha) {
        for (int j = 0; j < states; j++) {
            for (int i = 0; i < states; i++) {
                term[i] = lnAlpha[i] + lnTransition[i * states + j];
            }
            predicted[j] = LogSpace.sum(term, 0, states);
        }
    }

    /** Computes the probabilities of the states; they sum to 1 within rounding. */
    public void posterior(double[] lnAlpha, double[] out) {
        for (int k = 0; k < states; k++) {
            out[k] = StrictMath.exp(lnAlpha[k]);
        }
    }

    /**
     * Computes fixed-lag smoothed probabilities of the state at a row, given that row's filter and
     * the rows since.
     *
     * @param lnAlpha of the row to smooth
     * @param later the {@code lag} rows after it, oldest first, {@code later[row][input]}
     * @param missing minutes without a row before each of them
     * @param out receives probabilities that sum to 1
     */
    public void smoothed(double[] lnAlpha, double[] later, long[] missing, int lag, double[] out) {
        Arrays.fill(out, 0, states, 0);
        for (int row = lag - 1; row >= 0; row--) {
            if (missing[row] > LONGEST_GAP) {
                Arrays.fill(out, 0, states, 0);
                continue;
            }
            emissions.logDensities(later, row * dimension, emission, 0);
            for (int j = 0; j < states; j++) {
                out[j] += emission[j];
            }
            for (long minute = 0; minute <= missing[row]; minute++) {
                stepBack(out);
            }
        }
        for (int k = 0; k < states; k++) {
            out[k] += lnAlpha[k];
        }
        double sum = LogSpace.sum(out, 0, states);
        for (int k = 0; k < states; k++) {
            out[k] = StrictMath.exp(out[k] - sum);
        }
    }

    /** Computes beta[i] = ln Σ_j A_ij exp beta[j], up to a constant that keeps it in range. */
    private void stepBack(double[] beta) {
        for (int i = 0; i < states; i++) {
            for (int j = 0; j < states; j++) {
                term[j] = lnTransition[i * states + j] + beta[j];
            }
            predicted[i] = LogSpace.sum(term, 0, states);
        }
        double sum = LogSpace.sum(predicted, 0, states);
        for (int i = 0; i < states; i++) {
            beta[i] = sum == Double.NEGATIVE_INFINITY ? 0 : predicted[i] - sum;
        }
    }
}
