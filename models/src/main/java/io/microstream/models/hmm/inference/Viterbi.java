package io.microstream.models.hmm.inference;

/**
 * Computes the most probable path of states in natural logarithms; for reports only, since a row's
 * state depends on later rows.
 *
 * <p>Ties are broken as in hmmlearn: the first of equal states at the end of a sequence, the last
 * of equal predecessors on the way back. Needs one byte for each row and state; at most 127 states.
 */
public final class Viterbi {

    private Viterbi() {}

    /**
     * A decoded path with its log probability.
     *
     * @param states one for each row
     * @param logProbability ln p of rows and path together, summed over sequences
     */
    public record Path(int[] states, double logProbability) {}

    /** Decodes each sequence on its own. */
    public static Path decode(HmmParameters parameters, Observations rows) {
        int states = parameters.states();
        double[] lnTransition = LogSpace.log(parameters.transition());
        double[] lnStart = LogSpace.log(parameters.start());
        Emissions emissions = new Emissions(parameters);
        double[] emission = new double[states];
        double[] best = new double[states];
        double[] before = new double[states];
        int[] path = new int[rows.rows()];
        double total = 0;
        int first = 0;
        for (int length : rows.lengths()) {
            byte[] origin = new byte[length * states];
            for (int t = 0; t < length; t++) {
                emissions.logDensities(rows.values(), (first + t) * rows.dimension(), emission, 0);
                System.arraycopy(best, 0, before, 0, states);
                for (int j = 0; j < states; j++) {
                    int from = t == 0 ? 0 : lastBest(before, lnTransition, j);
                    origin[t * states + j] = (byte) from;
                    best[j] =
                            emission[j]
                                    + (t == 0
                                            ? lnStart[j]
                                            : before[from] + lnTransition[from * states + j]);
                }
            }
            int state = firstBest(best);
            total += best[state];
            for (int t = length - 1; t >= 0; t--) {
                path[first + t] = state;
                state = origin[t * states + state];
            }
            first += length;
        }
        return new Path(path, total);
    }

    private static int lastBest(double[] before, double[] lnTransition, int to) {
        int states = before.length;
        int best = 0;
        for (int i = 1; i < states; i++) {
            double value = before[i] + lnTransition[i * states + to];
            if (value >= before[best] + lnTransition[best * states + to]) {
                best = i;
            }
        }
        return best;
    }

    private static int firstBest(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[best]) {
                best = i;
            }
        }
        return best;
    }
}
