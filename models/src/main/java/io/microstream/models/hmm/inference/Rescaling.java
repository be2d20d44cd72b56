package io.microstream.models.hmm.inference;

import io.microstream.models.features.Standardisation;

/**
 * Converts parameters between standardised and raw units: with z = (x − m) / s, a state's mean μ is
 * s μ + m in raw units and its covariance Σ_ij is s_i s_j Σ_ij. Probabilities have no unit.
 */
public final class Rescaling {

    private Rescaling() {}

    /** Returns parameters of standardised rows in raw units. */
    public static HmmParameters raw(HmmParameters standardised, Standardisation scaling) {
        double[] m = scaling.mean();
        double[] s = scaling.scale();
        return moved(standardised, m, s);
    }

    /** Returns parameters in raw units converted for rows standardised by {@code scaling}. */
    public static HmmParameters standardised(HmmParameters raw, Standardisation scaling) {
        double[] m = scaling.mean();
        double[] s = scaling.scale();
        for (int i = 0; i < m.length; i++) {
            s[i] = 1 / s[i];
            m[i] = -m[i] * s[i];
        }
        return moved(raw, m, s);
    }

    /**
     * Returns the parameters with states reordered: state k of the result is state {@code
     * order[k]}.
     */
    public static HmmParameters ordered(HmmParameters parameters, int[] order) {
        int n = order.length;
        int d = parameters.dimension();
        double[] start = new double[n];
        double[] transition = new double[n * n];
        double[] mean = new double[n * d];
        double[] covariance = new double[n * d * d];
        double[] fromStart = parameters.start();
        double[] fromTransition = parameters.transition();
        for (int k = 0; k < n; k++) {
            start[k] = fromStart[order[k]];
            for (int j = 0; j < n; j++) {
                transition[k * n + j] = fromTransition[order[k] * n + order[j]];
            }
            System.arraycopy(parameters.mean(), order[k] * d, mean, k * d, d);
            System.arraycopy(parameters.covariance(order[k]), 0, covariance, k * d * d, d * d);
        }
        return new HmmParameters(start, transition, mean, covariance);
    }

    private static HmmParameters moved(HmmParameters from, double[] shift, double[] scale) {
        int d = from.dimension();
        if (shift.length != d) {
            throw new IllegalArgumentException(
                    "HMM and standardisation differ in inputs: hmm=" + d + " by=" + shift.length);
        }
        double[] mean = from.mean();
        double[] covariance = from.covariance();
        for (int i = 0; i < mean.length; i++) {
            mean[i] = mean[i] * scale[i % d] + shift[i % d];
        }
        for (int i = 0; i < covariance.length; i++) {
            covariance[i] *= scale[i / d % d] * scale[i % d];
        }
        return new HmmParameters(from.start(), from.transition(), mean, covariance);
    }
}
