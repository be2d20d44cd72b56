package io.microstream.models.isolation;

/**
 * The average path length of an unsuccessful search in a binary search tree of n points:
 *
 * <pre>
 * c(n) = 2 H(n−1) − 2 (n−1) / n   for n &gt; 2,   H(i) ≈ ln i + 0.5772156649015329
 * c(2) = 1,   c(n ≤ 1) = 0
 * </pre>
 *
 * With this approximation of the harmonic number c(256) = 10.2447709201199, as in scikit-learn;
 * with the exact one it would be 10.248690. Source: Liu, Ting, Zhou (2008), equation 1.
 */
public final class AveragePathLength {

    private static final double EULER = 0.5772156649015329;

    private AveragePathLength() {}

    /** Returns the average path length c(n), in edges. */
    public static double of(int n) {
        if (n <= 1) {
            return 0;
        }
        if (n == 2) {
            return 1;
        }
        return 2 * (StrictMath.log(n - 1.0) + EULER) - 2 * (n - 1.0) / n;
    }

    /** Returns the values c(0) … c(n). */
    static double[] upTo(int n) {
        double[] table = new double[n + 1];
        for (int i = 0; i <= n; i++) {
            table[i] = of(i);
        }
        return table;
    }

    /**
     * Returns the height limit of a tree on {@code sampleSize} rows: ⌈log₂ max(sampleSize, 2)⌉, at
     * least 1.
     */
    public static int heightLimit(int sampleSize) {
        return 32 - Integer.numberOfLeadingZeros(Math.max(sampleSize, 2) - 1);
    }
}
