package io.microstream.models.hmm;

import java.util.Arrays;

/**
 * The E-step in scaled probabilities: K exponentials a row instead of about 3 K².
 *
 * <p>Each row's densities are divided by their largest, so nothing overflows. What underflows to 0
 * is lost for good only if the chain cannot come back to it; with every transition at least {@value
 * #SMALLEST_TRANSITION} each state keeps that much of the mass in every row, far above what a
 * double can lose.
 *
 * <p>Smaller transitions (training drives those between distant states to 0) are therefore raised
 * to that value. The posterior probability of the paths that use one is counted along with all
 * other transitions: while it stays below {@value #MOST_RAISED} in a sequence, everything else is
 * right to that precision, and the count itself is put back to scale, so that 0 stays 0. If it does
 * not, data insist on a transition the model all but forbids, and the sequence is left to {@link
 * LogExpectation}.
 */
final class ScaledExpectation extends SequenceExpectation {

    static final double SMALLEST_TRANSITION = 1e-150;

    static final double MOST_RAISED = 1e-12;

    private final double[] start;

    /** As they are, and as they are used. */
    private final double[] given;

    private final double[] transition;
    private final double[] arrival;

    ScaledExpectation(HmmParameters parameters) {
        super(parameters);
        start = parameters.start();
        given = parameters.transition();
        transition = Arrays.stream(given).map(p -> Math.max(p, SMALLEST_TRANSITION)).toArray();
        arrival = new double[states];
    }

    @Override
    double firstRow() {
        System.arraycopy(start, 0, alpha, 0, states);
        return weigh(0);
    }

    @Override
    double forwardRow(int t, double[] before, int offset) {
        int row = t * states;
        for (int j = 0; j < states; j++) {
            double predicted = 0;
            for (int i = 0; i < states; i++) {
                predicted += before[offset + i] * transition[i * states + j];
            }
            alpha[row + j] = predicted;
        }
        return weigh(t);
    }

    /** Turns log densities into densities over their largest, and predicted into filtered. */
    private double weigh(int t) {
        int row = t * states;
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = row; k < row + states; k++) {
            largest = Math.max(largest, emission[k]);
        }
        double sum = 0;
        for (int k = row; k < row + states; k++) {
            emission[k] = StrictMath.exp(emission[k] - largest);
            alpha[k] *= emission[k];
            sum += alpha[k];
        }
        normaliser[t] = sum;
        for (int k = row; k < row + states; k++) {
            alpha[k] /= sum;
        }
        return sum > SMALLEST_TRANSITION * SMALLEST_TRANSITION
                ? StrictMath.log(sum) + largest
                : Double.NaN;
    }

    @Override
    void beginBackward() {
        Arrays.fill(beta, 1);
    }

    @Override
    void posterior(int t) {
        double sum = 0;
        for (int k = 0; k < states; k++) {
            gamma[k] = alpha[t * states + k] * beta[k];
            sum += gamma[k];
        }
        for (int k = 0; k < states; k++) {
            gamma[k] /= sum;
        }
    }

    @Override
    void backwardRow(int t, double[] before, int offset, double[] sums) {
        for (int j = 0; j < states; j++) {
            arrival[j] = emission[t * states + j] * beta[j] / normaliser[t];
        }
        for (int i = 0; i < states; i++) {
            double back = 0;
            double from = before[offset + i];
            for (int j = 0; j < states; j++) {
                double step = transition[i * states + j] * arrival[j];
                sums[i * states + j] += from * step;
                back += step;
            }
            beta[i] = back;
        }
    }

    @Override
    boolean endBackward(SufficientStatistics statistics) {
        double sum = 0;
        double raised = 0;
        for (int i = 0; i < given.length; i++) {
            sum += statistics.transition[i];
            if (given[i] < SMALLEST_TRANSITION) {
                raised += statistics.transition[i];
                statistics.transition[i] *= given[i] / SMALLEST_TRANSITION;
            }
        }
        for (double value : statistics.posterior) {
            sum += value;
        }
        return Double.isFinite(sum) && raised <= MOST_RAISED;
    }
}
