package io.microstream.models.hmm.inference;

/**
 * Inference on whole sequences in natural logarithms: the reference implementation, for evaluation
 * and reports.
 *
 * <p>The job does not use it, because {@link #smoothed} uses rows after the one it describes; the
 * job uses {@link OnlineFilter}. Needs K doubles of memory a row, twice for smoothing.
 */
public final class ForwardBackward {

    private final HmmParameters parameters;
    private final int states;
    private final double[] lnStart;
    private final double[] lnTransition;
    private final Emissions emissions;
    private final double[] term;
    private final double[] emission;

    /** Prepares inference under given parameters; not thread-safe. */
    public ForwardBackward(HmmParameters parameters) {
        this.parameters = parameters;
        states = parameters.states();
        lnStart = LogSpace.log(parameters.start());
        lnTransition = LogSpace.log(parameters.transition());
        emissions = new Emissions(parameters);
        term = new double[states];
        emission = new double[states];
    }

    /**
     * Returns ln p of all rows, each sequence begun from the start distribution; uses constant
     * memory.
     */
    public double logLikelihood(Observations rows) {
        check(rows);
        double[] window = new double[2 * states];
        double total = 0;
        int row = 0;
        for (int length : rows.lengths()) {
            for (int t = 0; t < length; t++, row++) {
                System.arraycopy(window, states, window, 0, states);
                total += forwardRow(rows, row, t == 0, window, 1);
            }
        }
        return total;
    }

    /** Returns the filtered probabilities p(z_t | x_1..t), {@code [row][state]}. */
    public double[] filtered(Observations rows) {
        double[] result = forward(rows);
        for (int i = 0; i < result.length; i++) {
            result[i] = StrictMath.exp(result[i]);
        }
        return result;
    }

    /**
     * Returns the smoothed probabilities p(z_t | all rows of the sequence), {@code [row][state]}.
     */
    public double[] smoothed(Observations rows) {
        double[] result = forward(rows);
        int end = rows.rows();
        for (int sequence = rows.sequences() - 1; sequence >= 0; sequence--) {
            int first = end - rows.lengths()[sequence];
            smooth(rows, first, end, result);
            end = first;
        }
        return result;
    }

    private void check(Observations rows) {
        if (rows.dimension() != parameters.dimension()) {
            throw new IllegalArgumentException(
                    "HMM and rows differ in dimension: hmm="
                            + parameters.dimension()
                            + " rows="
                            + rows.dimension());
        }
    }

    /** Returns ln p(z_t | x_1..t) of every row. */
    private double[] forward(Observations rows) {
        check(rows);
        double[] alpha = new double[rows.rows() * states];
        int row = 0;
        for (int length : rows.lengths()) {
            for (int t = 0; t < length; t++, row++) {
                forwardRow(rows, row, t == 0, alpha, row);
            }
        }
        return alpha;
    }

    /** Writes the row'th line of {@code alpha} from the one before; returns ln p(x_t | before). */
    private double forwardRow(
            Observations rows, int row, boolean isFirst, double[] alpha, int line) {
        int own = line * states;
        emissions.logDensities(rows.values(), row * rows.dimension(), emission, 0);
        for (int j = 0; j < states; j++) {
            alpha[own + j] = (isFirst ? lnStart[j] : arrival(alpha, own - states, j)) + emission[j];
        }
        double sum = LogSpace.sum(alpha, own, states);
        for (int j = 0; j < states; j++) {
            alpha[own + j] -= sum;
        }
        return sum;
    }

    private double arrival(double[] alpha, int before, int j) {
        for (int i = 0; i < states; i++) {
            term[i] = alpha[before + i] + lnTransition[i * states + j];
        }
        return LogSpace.sum(term, 0, states);
    }

    /** Converts ln alpha of one sequence into posteriors, from its end to its beginning. */
    private void smooth(Observations rows, int first, int end, double[] alpha) {
        double[] beta = new double[states];
        double[] next = new double[states];
        for (int row = end - 1; row >= first; row--) {
            int line = row * states;
            for (int k = 0; k < states; k++) {
                alpha[line + k] += beta[k];
            }
            double sum = LogSpace.sum(alpha, line, states);
            for (int k = 0; k < states; k++) {
                alpha[line + k] = StrictMath.exp(alpha[line + k] - sum);
            }
            emissions.logDensities(rows.values(), row * rows.dimension(), emission, 0);
            for (int i = 0; i < states; i++) {
                for (int j = 0; j < states; j++) {
                    term[j] = lnTransition[i * states + j] + emission[j] + beta[j];
                }
                next[i] = LogSpace.sum(term, 0, states);
            }
            double scale = LogSpace.sum(next, 0, states);
            for (int i = 0; i < states; i++) {
                beta[i] = next[i] - scale;
            }
        }
    }
}
