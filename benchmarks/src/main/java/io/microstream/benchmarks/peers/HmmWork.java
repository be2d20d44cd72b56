package io.microstream.benchmarks.peers;

import io.microstream.models.hmm.fitting.BaumWelch;
import io.microstream.models.hmm.inference.HmmParameters;
import io.microstream.models.hmm.inference.Observations;
import io.microstream.models.hmm.inference.OnlineFilter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Measures Baum-Welch and the forward filter of a model of three states with full covariances, on
 * all rows as one sequence.
 */
final class HmmWork {

    private static final int STATES = 3;

    /** Rows whose filtered probabilities are compared. */
    private static final int FILTERED = 1_000;

    private final double[] rows;
    private final int inputs;
    private final int threads;
    private final HmmParameters start;

    /**
     * @param rows row by row, {@code inputs} values each
     * @param parameters start probabilities, transition matrix, means and covariances, one after
     *     the other
     */
    HmmWork(double[] rows, int inputs, double[] parameters, int threads) {
        this.rows = rows;
        this.inputs = inputs;
        this.threads = threads;
        int transition = STATES;
        int mean = transition + STATES * STATES;
        int covariance = mean + STATES * inputs;
        start =
                new HmmParameters(
                        Arrays.copyOf(parameters, STATES),
                        Arrays.copyOfRange(parameters, transition, mean),
                        Arrays.copyOfRange(parameters, mean, covariance),
                        Arrays.copyOfRange(parameters, covariance, parameters.length));
    }

    /** Measures the seconds of an EM step and collects the log likelihood before each. */
    double[] steps(int count) {
        long begin = System.nanoTime();
        BaumWelch.Fit fit =
                BaumWelch.fit(
                        Observations.of(rows, inputs),
                        start,
                        new BaumWelch.Settings(count, Double.NEGATIVE_INFINITY, 0, 1, threads));
        double[] answer = new double[1 + count];
        answer[0] = (System.nanoTime() - begin) / 1e9 / count;
        System.arraycopy(fit.logLikelihoods(), 0, answer, 1, count);
        return answer;
    }

    /** Measures the seconds that one step of the filter takes. */
    double filter(int count) {
        OnlineFilter filter = new OnlineFilter(start);
        double[] lnAlpha = new double[STATES];
        double[] x = new double[inputs];
        filter.start(lnAlpha);
        double sum = 0;
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            System.arraycopy(rows, i % (rows.length / inputs) * inputs, x, 0, inputs);
            sum += filter.step(lnAlpha, x);
        }
        double seconds = (System.nanoTime() - begin) / 1e9 / count;
        return Double.isNaN(sum) ? Double.NaN : seconds;
    }

    void filtered(Path into) throws IOException {
        OnlineFilter filter = new OnlineFilter(start);
        double[] lnAlpha = new double[STATES];
        double[] p = new double[STATES];
        double[] all = new double[FILTERED * STATES];
        filter.start(lnAlpha);
        for (int row = 0; row < FILTERED; row++) {
            filter.step(lnAlpha, Arrays.copyOfRange(rows, row * inputs, (row + 1) * inputs));
            filter.posterior(lnAlpha, p);
            System.arraycopy(p, 0, all, row * STATES, STATES);
        }
        Doubles.write(into, all);
    }
}
