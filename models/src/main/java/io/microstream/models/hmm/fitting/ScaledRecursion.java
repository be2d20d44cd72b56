package io.microstream.models.hmm.fitting;

/**
 * The two recursions of {@link HalfSequence} over a strip of rows, with the transitions of one
 * direction; written out for up to three and up to six states.
 *
 * <p>Lines of {@code line} and {@code weight} are {@link #size} long, padded with zeros; row r has
 * line r + 1, line 0 is the entry. Sums are formed in a fixed order. Immutable.
 */
abstract class ScaledRecursion {

    /** Sum of a line below which it is scaled up. */
    static final double SMALL = 0x1p-100;

    /** Length of a line: the number of states, padded to a multiple of three. */
    final int size;

    ScaledRecursion(int size) {
        this.size = size;
    }

    /**
     * Returns the recursion for transitions {@code [from][to]}; {@code mirrored} where rows are
     * processed from the last.
     */
    static ScaledRecursion of(double[] transition, int states, boolean mirrored) {
        if (states <= 3) {
            return new UpToThreeStates(transition, states, mirrored);
        }
        return states <= 6
                ? new UpToSixStates(transition, states, mirrored)
                : new ManyStates(transition, states, mirrored);
    }

    /**
     * Computes {@code line[r] = weight[r] ∘ Aᵀ line[r−1]} for rows {@code from … to − 1}.
     *
     * @return the row after the first whose line sums to less than {@link #SMALL}, or {@code to}
     */
    abstract int outward(double[] line, double[] weight, int from, int to);

    /**
     * Computes, from row {@code to − 1} to {@code from}: {@code posterior[r − from] = line[r] ∘ w},
     * {@code weight[r] ← weight[r] ∘ w}, {@code w ← A weight[r]}.
     */
    abstract void homeward(
            double[] line, double[] weight, int from, int to, double[] w, double[] posterior);
}
