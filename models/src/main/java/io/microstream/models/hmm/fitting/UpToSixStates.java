package io.microstream.models.hmm.fitting;

/**
 * The recursions for up to six states: two by two tiles, written out, so that the line stays in
 * registers.
 */
final class UpToSixStates extends ScaledRecursion {

    private static final int SIZE = 6;

    /** Transition probabilities of this direction, {@code [to][from]} and {@code [from][to]}. */
    private final double[] outward;

    private final double[] homeward;

    UpToSixStates(double[] transition, int states, boolean mirrored) {
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
        int at = from * SIZE;
        double a0 = line[at];
        double a1 = line[at + 1];
        double a2 = line[at + 2];
        double a3 = line[at + 3];
        double a4 = line[at + 4];
        double a5 = line[at + 5];
        for (int row = from; row < to; row++) {
            at += SIZE;
            double b0 =
                    weight[at]
                            * ((m[0] * a0 + m[1] * a1 + m[2] * a2)
                                    + (m[3] * a3 + m[4] * a4 + m[5] * a5));
            double b1 =
                    weight[at + 1]
                            * ((m[6] * a0 + m[7] * a1 + m[8] * a2)
                                    + (m[9] * a3 + m[10] * a4 + m[11] * a5));
            double b2 =
                    weight[at + 2]
                            * ((m[12] * a0 + m[13] * a1 + m[14] * a2)
                                    + (m[15] * a3 + m[16] * a4 + m[17] * a5));
            double b3 =
                    weight[at + 3]
                            * ((m[18] * a0 + m[19] * a1 + m[20] * a2)
                                    + (m[21] * a3 + m[22] * a4 + m[23] * a5));
            double b4 =
                    weight[at + 4]
                            * ((m[24] * a0 + m[25] * a1 + m[26] * a2)
                                    + (m[27] * a3 + m[28] * a4 + m[29] * a5));
            double b5 =
                    weight[at + 5]
                            * ((m[30] * a0 + m[31] * a1 + m[32] * a2)
                                    + (m[33] * a3 + m[34] * a4 + m[35] * a5));
            line[at] = b0;
            line[at + 1] = b1;
            line[at + 2] = b2;
            line[at + 3] = b3;
            line[at + 4] = b4;
            line[at + 5] = b5;
            a0 = b0;
            a1 = b1;
            a2 = b2;
            a3 = b3;
            a4 = b4;
            a5 = b5;
            if ((a0 + a1 + a2) + (a3 + a4 + a5) < SMALL) {
                return row + 1;
            }
        }
        return to;
    }

    @Override
    void homeward(
            double[] line, double[] weight, int from, int to, double[] w, double[] posterior) {
        double[] m = homeward;
        double w0 = w[0];
        double w1 = w[1];
        double w2 = w[2];
        double w3 = w[3];
        double w4 = w[4];
        double w5 = w[5];
        for (int row = to - 1; row >= from; row--) {
            int at = (row + 1) * SIZE;
            int p = (row - from) * SIZE;
            posterior[p] = line[at] * w0;
            posterior[p + 1] = line[at + 1] * w1;
            posterior[p + 2] = line[at + 2] * w2;
            posterior[p + 3] = line[at + 3] * w3;
            posterior[p + 4] = line[at + 4] * w4;
            posterior[p + 5] = line[at + 5] * w5;
            double b0 = weight[at] * w0;
            double b1 = weight[at + 1] * w1;
            double b2 = weight[at + 2] * w2;
            double b3 = weight[at + 3] * w3;
            double b4 = weight[at + 4] * w4;
            double b5 = weight[at + 5] * w5;
            weight[at] = b0;
            weight[at + 1] = b1;
            weight[at + 2] = b2;
            weight[at + 3] = b3;
            weight[at + 4] = b4;
            weight[at + 5] = b5;
            w0 = (m[0] * b0 + m[1] * b1 + m[2] * b2) + (m[3] * b3 + m[4] * b4 + m[5] * b5);
            w1 = (m[6] * b0 + m[7] * b1 + m[8] * b2) + (m[9] * b3 + m[10] * b4 + m[11] * b5);
            w2 = (m[12] * b0 + m[13] * b1 + m[14] * b2) + (m[15] * b3 + m[16] * b4 + m[17] * b5);
            w3 = (m[18] * b0 + m[19] * b1 + m[20] * b2) + (m[21] * b3 + m[22] * b4 + m[23] * b5);
            w4 = (m[24] * b0 + m[25] * b1 + m[26] * b2) + (m[27] * b3 + m[28] * b4 + m[29] * b5);
            w5 = (m[30] * b0 + m[31] * b1 + m[32] * b2) + (m[33] * b3 + m[34] * b4 + m[35] * b5);
        }
        w[0] = w0;
        w[1] = w1;
        w[2] = w2;
        w[3] = w3;
        w[4] = w4;
        w[5] = w5;
    }
}
