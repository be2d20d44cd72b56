package io.microstream.models.hmm.inference;

/** Computes Cholesky factors of small symmetric matrices, row by row in flat arrays. */
public final class Cholesky {

    private Cholesky() {}

    /**
     * Computes the lower factor L of A = L Lᵀ.
     *
     * @param a holds A, d × d, from {@code offset} on
     * @param l receives L there, zeros above the diagonal
     * @return false if A is not positive definite; {@code l} is then undefined
     */
    public static boolean factor(double[] a, int offset, int d, double[] l) {
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                l[offset + i * d + j] = 0;
            }
            for (int j = 0; j <= i; j++) {
                double sum = a[offset + i * d + j];
                for (int k = 0; k < j; k++) {
                    sum -= l[offset + i * d + k] * l[offset + j * d + k];
                }
                if (i == j && !(sum > 0 && Double.isFinite(sum))) {
                    return false;
                }
                l[offset + i * d + j] = i == j ? Math.sqrt(sum) : sum / l[offset + j * d + j];
            }
        }
        return true;
    }

    /**
     * Adds 1e-7 (as hmmlearn does when a factorisation fails) to the diagonal until A is positive
     * definite, ten times as much each time.
     *
     * @throws IllegalArgumentException if that does not help: A holds a value that is not finite
     */
    public static void repair(double[] a, int offset, int d) {
        double[] l = new double[a.length];
        double added = 1e-7;
        while (!factor(a, offset, d, l)) {
            if (!(added < 1e300)) {
                throw new IllegalArgumentException(
                        "Covariance cannot be made positive definite: first=" + a[offset]);
            }
            for (int i = 0; i < d; i++) {
                a[offset + i * d + i] += added;
            }
            added *= 10;
        }
    }
}
