package io.microstream.models.hmm.fitting;

import io.microstream.models.hmm.inference.HmmParameters;
import io.microstream.models.hmm.inference.LogSpace;
import java.util.Arrays;

/**
 * Computes the E-step in natural logarithms: slow, but accurate for any parameters, zeros included.
 */
final class LogExpectation extends SequenceExpectation {

    private final double[] lnStart;
    private final double[] lnTransition;
    private final double[] term;
    private final double[] arrival;

    LogExpectation(HmmParameters parameters) {
        super(parameters);
        lnStart = LogSpace.log(parameters.start());
        lnTransition = LogSpace.log(parameters.transition());
        term = new double[states];
        arrival = new double[states];
    }

    @Override
    double firstRow() {
        for (int k = 0; k < states; k++) {
            alpha[k] = lnStart[k] + emission[k];
        }
        return normalise(0);
    }

    @Override
    double forwardRow(int t, double[] before, int offset) {
        for (int j = 0; j < states; j++) {
            for (int i = 0; i < states; i++) {
                term[i] = before[offset + i] + lnTransition[i * states + j];
            }
            alpha[t * states + j] = LogSpace.sum(term, 0, states) + emission[t * states + j];
        }
        return normalise(t);
    }

    private double normalise(int t) {
        double sum = LogSpace.sum(alpha, t * states, states);
        for (int k = 0; k < states; k++) {
            alpha[t * states + k] -= sum;
        }
        normaliser[t] = sum;
        return sum;
    }

    @Override
    void beginBackward() {
        Arrays.fill(beta, 0);
    }

    @Override
    void posterior(int t) {
        for (int k = 0; k < states; k++) {
            gamma[k] = alpha[t * states + k] + beta[k];
        }
        double sum = LogSpace.sum(gamma, 0, states);
        for (int k = 0; k < states; k++) {
            gamma[k] = StrictMath.exp(gamma[k] - sum);
        }
    }

    @Override
    void backwardRow(int t, double[] before, int offset, double[] transition) {
        for (int j = 0; j < states; j++) {
            arrival[j] = emission[t * states + j] + beta[j] - normaliser[t];
        }
        for (int i = 0; i < states; i++) {
            for (int j = 0; j < states; j++) {
                term[j] = lnTransition[i * states + j] + arrival[j];
                transition[i * states + j] += StrictMath.exp(before[offset + i] + term[j]);
            }
            beta[i] = LogSpace.sum(term, 0, states);
        }
    }

    @Override
    boolean endBackward(SufficientStatistics statistics) {
        return true;
    }
}
