package io.microstream.models.hmm.fitting;

/** The recursions for any number of states. */
final class ManyStates extends ScaledRecursion {

    private final double[] outward;
    private final double[] homeward;

    ManyStates(double[] transition, int states, boolean mirrored) {
        super(Tiles.padded(states));
        outward = Tiles.of(transition, states, !mirrored);
        homeward = Tiles.of(transition, states, mirrored);
    }

    @Override
    int outward(double[] line, double[] weight, int from, int to) {
        for (int row = from; row < to; row++) {
            int at = (row + 1) * size;
            Tiles.multiply(outward, size, line, at - size, line, at);
            double sum = 0;
            for (int k = at; k < at + size; k++) {
                line[k] *= weight[k];
                sum += line[k];
            }
            if (sum < SMALL) {
                return row + 1;
            }
        }
        return to;
    }

    @Override
    void homeward(
            double[] line, double[] weight, int from, int to, double[] w, double[] posterior) {
        for (int row = to - 1; row >= from; row--) {
            int at = (row + 1) * size;
            int p = (row - from) * size;
            for (int k = 0; k < size; k++) {
                posterior[p + k] = line[at + k] * w[k];
                weight[at + k] *= w[k];
            }
            Tiles.multiply(homeward, size, weight, at, w, 0);
        }
    }
}
