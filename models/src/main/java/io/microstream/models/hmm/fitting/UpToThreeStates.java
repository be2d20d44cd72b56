package io.microstream.models.hmm.fitting;

/** The recursions for up to three states: one tile, so that all transitions stay in registers. */
final class UpToThreeStates extends ScaledRecursion {

    private static final int SIZE = 3;

    /** Transition probabilities of this direction, {@code [to][from]} and {@code [from][to]}. */
    private final double[] outward;

    private final double[] homeward;

    UpToThreeStates(double[] transition, int states, boolean mirrored) {
        super(SIZE);
        double[] a = new double[SIZE * SIZE];
        double[] transposed = new double[SIZE * SIZE];
        for (int i = 0; i < states; i++) {
            for (int j = 0; j < states; j++) {
                a[i * SIZE + j] = transition[i * states + j];
                transposed[j * SIZE + i] = transition[i * states + j];
            }
        }
        outward = mirrored ? a : transposed;
        homeward = mirrored ? transposed : a;
    }

    @Override
    int outward(double[] line, double[] weight, int from, int to) {
        double[] m = outward;
        double m0 = m[0];
        double m1 = m[1];
        double m2 = m[2];
        double m3 = m[3];
        double m4 = m[4];
        double m5 = m[5];
        double m6 = m[6];
        double m7 = m[7];
        double m8 = m[8];
        int at = from * SIZE;
        double a0 = line[at];
        double a1 = line[at + 1];
        double a2 = line[at + 2];
        for (int row = from; row < to; row++) {
            at += SIZE;
            double b0 = weight[at] * (m0 * a0 + m1 * a1 + m2 * a2);
            double b1 = weight[at + 1] * (m3 * a0 + m4 * a1 + m5 * a2);
            double b2 = weight[at + 2] * (m6 * a0 + m7 * a1 + m8 * a2);
            line[at] = b0;
            line[at + 1] = b1;
            line[at + 2] = b2;
            a0 = b0;
            a1 = b1;
            a2 = b2;
            if (a0 + a1 + a2 < SMALL) {
                return row + 1;
            }
        }
        return to;
    }

    @Override
    void homeward(
            double[] line, double[] weight, int from, int to, double[] w, double[] posterior) {
        double[] m = homeward;
        double m0 = m[0];
        double m1 = m[1];
        double m2 = m[2];
        double m3 = m[3];
        double m4 = m[4];
        double m5 = m[5];
        double m6 = m[6];
        double m7 = m[7];
        double m8 = m[8];
        double w0 = w[0];
        double w1 = w[1];
        double w2 = w[2];
        for (int row = to - 1; row >= from; row--) {
            int at = (row + 1) * SIZE;
            int p = (row - from) * SIZE;
            posterior[p] = line[at] * w0;
            posterior[p + 1] = line[at + 1] * w1;
            posterior[p + 2] = line[at + 2] * w2;
            double b0 = weight[at] * w0;
            double b1 = weight[at + 1] * w1;
            double b2 = weight[at + 2] * w2;
            weight[at] = b0;
            weight[at + 1] = b1;
            weight[at + 2] = b2;
            w0 = m0 * b0 + m1 * b1 + m2 * b2;
            w1 = m3 * b0 + m4 * b1 + m5 * b2;
            w2 = m6 * b0 + m7 * b1 + m8 * b2;
        }
        w[0] = w0;
        w[1] = w1;
        w[2] = w2;
    }
}
