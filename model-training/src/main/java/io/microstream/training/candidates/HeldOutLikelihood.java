package io.microstream.training.candidates;

import io.microstream.models.features.Standardisation;
import io.microstream.models.hmm.inference.HmmParameters;
import io.microstream.models.hmm.inference.Observations;
import io.microstream.models.hmm.inference.OnlineFilter;
import io.microstream.training.history.TrainingRows;

/**
 * Log likelihood of rows that a model was not fitted on, each row given the rows before it, as in
 * the job's filter.
 *
 * <p>Rows are cut, in order, into {@value #BATCHES} batches of equal size. The likelihoods of
 * neighbouring minutes are correlated, so a standard error over single rows would make every
 * difference look significant; the means of long batches are nearly independent (the method of
 * batch means).
 */
final class HeldOutLikelihood {

    static final int BATCHES = 20;

    private final TrainingRows rows;
    private final Observations observations;

    /**
     * Prepares the validation rows for any number of models.
     *
     * @param scaling that of the rows fitted on, so that likelihoods there and here are in the same
     *     units
     */
    HeldOutLikelihood(TrainingRows rows, Standardisation scaling) {
        this.rows = rows;
        observations = Observations.of(rows.matrix(), rows.lengths(), scaling);
    }

    int rows() {
        return rows.rows();
    }

    /**
     * Returns the mean log likelihood of a row in each batch; −∞ where a row is impossible.
     *
     * @param parameters in standardised units
     */
    double[] batches(HmmParameters parameters) {
        double[] sums = new double[Math.min(BATCHES, rows.rows())];
        int[] counts = new int[sums.length];
        OnlineFilter filter = new OnlineFilter(parameters);
        double[] lnAlpha = new double[parameters.states()];
        double[] x = new double[parameters.dimension()];
        int row = 0;
        for (int length : observations.lengths()) {
            filter.start(lnAlpha);
            for (int end = row + length; row < end; row++) {
                System.arraycopy(observations.values(), row * x.length, x, 0, x.length);
                int batch = (int) ((long) row * sums.length / rows.rows());
                sums[batch] -= filter.step(lnAlpha, x);
                counts[batch]++;
            }
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= counts[i];
        }
        return sums;
    }
}
