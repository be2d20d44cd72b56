package io.microstream.models.hmm.fitting;

import io.microstream.models.hmm.inference.Cholesky;
import io.microstream.models.hmm.inference.HmmParameters;
import io.microstream.models.hmm.inference.Observations;
import java.util.Arrays;

/**
 * Accelerates {@link BaumWelch} by extrapolation: near its end Baum-Welch moves along a line in
 * steps that shrink by a constant factor, so that two steps predict where the line leads.
 *
 * <p>With θ₁ and θ₂ the parameters one and two steps after θ₀, r = θ₁ − θ₀ and v = θ₂ − θ₁ − r, a
 * cycle goes to θ₀ + 2 a r + a² v with a = |r| / |v|, and one step of Baum-Welch from there; a = 1
 * would be θ₂. Parameters are extrapolated untransformed; a probability that would become too small
 * is kept at a tenth of θ₂'s, rows are normalised again, and a probability that is exactly 0 stays
 * 0. An extrapolation to an invalid covariance, or to a lower likelihood than θ₁'s, is discarded:
 * the cycle then ends at θ₂. Hence the likelihood never falls, without covariance prior.
 *
 * <p>Ends after the given number of E-steps, not counting discarded extrapolations, or when a plain
 * step of Baum-Welch gains less than the tolerance. On a market with six states 200 steps become
 * about 50.
 *
 * <p>Source: R. Varadhan and C. Roland, Simple and globally convergent methods for accelerating the
 * convergence of any EM algorithm, Scand. J. Statist. 35(2), 2008 (scheme S3).
 */
public final class AcceleratedBaumWelch {

    private static final double LEAST_SHARE = 0.1;

    private final Observations rows;
    private final BaumWelch.Settings step;
    private final double tolerance;
    private final double[] history;
    private int noted;

    private AcceleratedBaumWelch(Observations rows, BaumWelch.Settings settings) {
        this.rows = rows;
        this.tolerance = settings.tolerance();
        this.history = new double[settings.iterations()];
        this.step =
                new BaumWelch.Settings(
                        1,
                        Double.NEGATIVE_INFINITY,
                        settings.covariancePrior(),
                        settings.covarianceWeight(),
                        settings.threads());
    }

    /**
     * Fits from given parameters.
     *
     * @return the fit, with the log likelihoods of all E-steps except those of discarded
     *     extrapolations
     * @throws IllegalArgumentException if parameters and rows differ in dimension
     */
    public static BaumWelch.Fit fit(
            Observations rows, HmmParameters start, BaumWelch.Settings settings) {
        return new AcceleratedBaumWelch(rows, settings).fit(start);
    }

    private BaumWelch.Fit fit(HmmParameters start) {
        HmmParameters zero = start;
        while (true) {
            HmmParameters one = noted(step(zero));
            if (noted == history.length) {
                return result(one, false);
            }
            HmmParameters two = noted(step(one));
            boolean converged = history[noted - 1] - history[noted - 2] < tolerance;
            if (converged || noted == history.length) {
                return result(two, converged);
            }
            HmmParameters leap = leap(zero, one, two);
            zero = two;
            if (leap != null) {
                BaumWelch.Fit after = step(leap);
                boolean better = after.logLikelihood() >= history[noted - 1];
                zero = better ? noted(after) : two;
                if (noted == history.length) {
                    return result(zero, false);
                }
            }
        }
    }

    private BaumWelch.Fit step(HmmParameters from) {
        return BaumWelch.fit(rows, from, step);
    }

    private HmmParameters noted(BaumWelch.Fit fit) {
        history[noted++] = fit.logLikelihood();
        return fit.parameters();
    }

    private BaumWelch.Fit result(HmmParameters parameters, boolean converged) {
        return new BaumWelch.Fit(parameters, Arrays.copyOf(history, noted), converged);
    }

    /** Extrapolates the line; returns null if it leads nowhere but to θ₂, or out of bounds. */
    private static HmmParameters leap(HmmParameters zero, HmmParameters one, HmmParameters two) {
        double[] from = flat(zero);
        double[] r = flat(one);
        double[] end = flat(two);
        double[] v = new double[from.length];
        double rr = 0;
        double vv = 0;
        for (int i = 0; i < from.length; i++) {
            v[i] = end[i] - 2 * r[i] + from[i];
            r[i] -= from[i];
            rr += r[i] * r[i];
            vv += v[i] * v[i];
        }
        double a = Math.sqrt(rr / vv);
        if (!(a > 1) || !Double.isFinite(a)) {
            return null;
        }
        double[] to = new double[from.length];
        for (int i = 0; i < to.length; i++) {
            to[i] = from[i] + 2 * a * r[i] + a * a * v[i];
        }
        return parameters(to, end, two.states(), two.dimension());
    }

    private static double[] flat(HmmParameters p) {
        double[][] parts = {p.start(), p.transition(), p.mean(), p.covariance()};
        double[] flat = new double[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int offset = 0;
        for (double[] part : parts) {
            System.arraycopy(part, 0, flat, offset, part.length);
            offset += part.length;
        }
        return flat;
    }

    private static HmmParameters parameters(double[] to, double[] two, int states, int d) {
        for (int row = 0; row <= states; row++) {
            share(to, two, row * states, states);
        }
        int mean = states + states * states;
        int covariance = mean + states * d;
        double[] factor = new double[to.length];
        for (int own = covariance; own < to.length; own += d * d) {
            if (!Cholesky.factor(to, own, d, factor)) {
                return null;
            }
        }
        return new HmmParameters(
                Arrays.copyOf(to, states),
                Arrays.copyOfRange(to, states, mean),
                Arrays.copyOfRange(to, mean, covariance),
                Arrays.copyOfRange(to, covariance, to.length));
    }

    private static void share(double[] to, double[] two, int from, int states) {
        double sum = 0;
        for (int i = from; i < from + states; i++) {
            to[i] = Math.max(to[i], LEAST_SHARE * two[i]);
            sum += to[i];
        }
        for (int i = from; i < from + states; i++) {
            to[i] /= sum;
        }
    }
}
