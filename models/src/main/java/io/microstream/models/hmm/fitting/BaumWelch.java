package io.microstream.models.hmm.fitting;

import io.microstream.models.hmm.inference.Cholesky;
import io.microstream.models.hmm.inference.HmmParameters;
import io.microstream.models.hmm.inference.Observations;
import java.util.Arrays;

/**
 * Expectation-maximisation of a Gaussian hidden Markov model (Baum-Welch), with hmmlearn's rules.
 *
 * <p>With γ and ξ the posteriors of states and of transitions,
 *
 * <pre>
 * π ∝ Σ γ_1 over sequences,   A_ij ∝ Σ ξ_ij,   μ_k = Σ γ x / Σ γ
 * Σ_k = (covariancePrior + C_k) / (max(covarianceWeight − d, 0) + Σ γ)
 * C_k = Σ γ x xᵀ − (Σ γ x) μᵀ − μ (Σ γ x)ᵀ + μ μᵀ Σ γ
 * </pre>
 *
 * The prior is a scalar and goes to <em>every</em> element of the scatter, as in hmmlearn; with 0
 * the likelihood never falls. A probability that is exactly 0 stays 0. The loop is: E-step, note
 * the log likelihood, M-step; stop after the given number of iterations or when the gain is below
 * the tolerance, also when the likelihood falls. The result is the state after the last M-step.
 *
 * <p>Where hmmlearn would divide by zero, a state without rows keeps its mean, covariance and
 * transitions; a covariance that is not positive definite gets 1e-7 on its diagonal, or more.
 *
 * <p>Source: L. R. Rabiner, A tutorial on hidden Markov models, Proc. IEEE 77(2), 1989; hmmlearn
 * 0.3.3.
 */
public final class BaumWelch {

    private BaumWelch() {}

    /**
     * Settings of a fit by Baum-Welch.
     *
     * @param iterations at most, at least 1
     * @param tolerance least gain of the total log likelihood that keeps the loop going; −∞ to run
     *     all iterations
     * @param covariancePrior hmmlearn's {@code covars_prior}, by default 1e-2 there and 0 here
     * @param covarianceWeight hmmlearn's {@code covars_weight}, 1 by default
     * @param threads over sequences, and two over a long one; without influence on the result
     */
    public record Settings(
            int iterations,
            double tolerance,
            double covariancePrior,
            double covarianceWeight,
            int threads) {

        public Settings {
            boolean valid =
                    iterations >= 1
                            && !Double.isNaN(tolerance)
                            && covariancePrior >= 0
                            && Double.isFinite(covariancePrior)
                            && covarianceWeight >= 0
                            && threads >= 1;
            if (!valid) {
                throw new IllegalArgumentException(
                        "Baum-Welch setting out of range: iterations="
                                + iterations
                                + " tolerance="
                                + tolerance
                                + " covariancePrior="
                                + covariancePrior
                                + " covarianceWeight="
                                + covarianceWeight
                                + " threads="
                                + threads);
            }
        }

        /** Returns settings without a prior, for one thread. */
        public static Settings of(int iterations, double tolerance) {
            return new Settings(iterations, tolerance, 0, 1, 1);
        }
    }

    /**
     * The result of a fit by Baum-Welch.
     *
     * @param parameters after the last M-step
     * @param logLikelihoods total over all sequences, before each M-step
     * @param converged whether the loop ended because the gain fell below the tolerance
     */
    public record Fit(HmmParameters parameters, double[] logLikelihoods, boolean converged) {

        /** Returns the last recorded log likelihood, one M-step before the parameters. */
        public double logLikelihood() {
            return logLikelihoods[logLikelihoods.length - 1];
        }
    }

    /**
     * Fits a model, starting from given parameters.
     *
     * @throws IllegalArgumentException if parameters and rows differ in dimension
     */
    public static Fit fit(Observations rows, HmmParameters start, Settings settings) {
        if (rows.dimension() != start.dimension()) {
            throw new IllegalArgumentException(
                    "HMM and rows differ in dimension: hmm="
                            + start.dimension()
                            + " rows="
                            + rows.dimension());
        }
        ExpectationStep expectation = new ExpectationStep(rows, settings.threads());
        double[] history = new double[settings.iterations()];
        HmmParameters parameters = start;
        for (int i = 0; i < history.length; i++) {
            SufficientStatistics statistics = expectation.run(parameters);
            history[i] = statistics.logLikelihood;
            parameters = maximise(statistics, parameters, settings);
            if (i > 0 && history[i] - history[i - 1] < settings.tolerance()) {
                return new Fit(parameters, Arrays.copyOf(history, i + 1), true);
            }
        }
        return new Fit(parameters, history, false);
    }

    private static HmmParameters maximise(
            SufficientStatistics statistics, HmmParameters before, Settings settings) {
        int states = statistics.states;
        double[] start = before.start();
        double[] transition = before.transition();
        double[] mean = before.mean();
        double[] covariance = before.covariance();
        share(statistics.start, 0, states, start);
        for (int k = 0; k < states; k++) {
            share(statistics.transition, k * states, states, transition);
            if (statistics.posterior[k] > 0) {
                emission(statistics, k, settings, mean, covariance);
            }
        }
        return new HmmParameters(start, transition, mean, covariance);
    }

    /**
     * Normalises the weights of one row to probabilities; keeps the previous ones where nothing was
     * counted.
     */
    private static void share(double[] weights, int from, int states, double[] probabilities) {
        double sum = 0;
        for (int i = from; i < from + states; i++) {
            sum += probabilities[i] == 0 ? 0 : weights[i];
        }
        if (!(sum > 0)) {
            return;
        }
        for (int i = from; i < from + states; i++) {
            probabilities[i] = probabilities[i] == 0 ? 0 : weights[i] / sum;
        }
    }

    private static void emission(
            SufficientStatistics statistics,
            int k,
            Settings settings,
            double[] mean,
            double[] covariance) {
        int d = statistics.dimension;
        int vector = k * d;
        double weight = statistics.posterior[k];
        double divisor = Math.max(settings.covarianceWeight() - d, 0) + weight;
        for (int i = 0; i < d; i++) {
            mean[vector + i] = statistics.sum[vector + i] / weight;
        }
        for (int i = 0; i < d; i++) {
            double sumI = statistics.sum[vector + i];
            for (int j = 0; j <= i; j++) {
                double scatter =
                        statistics.product[(vector + i) * d + j]
                                - sumI * mean[vector + j]
                                - mean[vector + i] * statistics.sum[vector + j]
                                + mean[vector + i] * mean[vector + j] * weight;
                double value = (settings.covariancePrior() + scatter) / divisor;
                covariance[(vector + i) * d + j] = value;
                covariance[(vector + j) * d + i] = value;
            }
        }
        Cholesky.repair(covariance, vector * d, d);
    }
}
