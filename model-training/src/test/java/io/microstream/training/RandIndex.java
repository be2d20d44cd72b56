package io.microstream.training;

/** Hubert and Arabie's adjusted Rand index of two labellings of the same rows. */
public final class RandIndex {

    private static final int MOST = 16;

    private RandIndex() {}

    public static double adjusted(int[] a, int[] b) {
        double[][] table = new double[MOST][MOST];
        double[] rows = new double[MOST];
        double[] columns = new double[MOST];
        for (int i = 0; i < a.length; i++) {
            table[a[i]][b[i]]++;
            rows[a[i]]++;
            columns[b[i]]++;
        }
        double both = 0;
        double ofA = 0;
        double ofB = 0;
        for (int i = 0; i < MOST; i++) {
            ofA += pairs(rows[i]);
            ofB += pairs(columns[i]);
            for (int j = 0; j < MOST; j++) {
                both += pairs(table[i][j]);
            }
        }
        double expected = ofA * ofB / pairs(a.length);
        return (both - expected) / ((ofA + ofB) / 2 - expected);
    }

    private static double pairs(double n) {
        return n * (n - 1) / 2;
    }
}
