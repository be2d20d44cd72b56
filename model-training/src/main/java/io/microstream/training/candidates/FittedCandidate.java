package io.microstream.training.candidates;

import io.microstream.models.hmm.inference.HmmParameters;

/**
 * A candidate with the parameters to continue fitting from.
 *
 * @param figures for the report
 * @param parameters where Baum-Welch ended, in raw units, states calm first
 * @param heldOut log likelihood a row in each batch of the validation rows
 */
record FittedCandidate(RegimeCandidate figures, HmmParameters parameters, double[] heldOut) {

    /** Returns this candidate with other figures. */
    FittedCandidate with(RegimeCandidate other) {
        return new FittedCandidate(other, parameters, heldOut);
    }

    /**
     * Returns by how much its held-out likelihood a row is below another's, with the standard
     * error.
     */
    Lag behind(FittedCandidate best) {
        int n = heldOut.length;
        double mean = 0;
        for (int i = 0; i < n; i++) {
            mean += (best.heldOut[i] - heldOut[i]) / n;
        }
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double deviation = best.heldOut[i] - heldOut[i] - mean;
            squares += deviation * deviation;
        }
        return new Lag(mean, n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1) / n));
    }

    /**
     * A difference of held-out likelihoods, nats per bar.
     *
     * @param perBar below 0 if it is a lead
     * @param error standard error, from batches as large as can be
     */
    record Lag(double perBar, double error) {

        /**
         * Returns whether the difference exceeds two standard errors, more than chance explains.
         */
        boolean isClear() {
            return perBar > 2 * error;
        }
    }
}
