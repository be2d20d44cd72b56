package io.microstream.testing;

/** Hubert and Arabie's adjusted Rand index of two labellings of the same rows. */
public final class RandIndex {

    private static final int MOST = 16;

    private RandIndex() {}

    /**
     * Returns 1 for labellings that agree up to the names of the labels, about 0 for unrelated
     * ones.
     *
     * @param a a label from 0 to 15 for each row
     * @param b the same of another labelling, as long
     */
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
