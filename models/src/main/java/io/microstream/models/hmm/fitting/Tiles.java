package io.microstream.models.hmm.fitting;

/**
 * Small dense matrix kernels on tiles of 3 × 3, which keep nine sums in registers.
 *
 * <p>Vectors and matrices are padded with zeros to multiples of three. A tiled matrix holds its
 * tiles one after the other, row of tiles by row of tiles, nine numbers each. Sums are formed in a
 * fixed order: results are equal on every machine.
 */
final class Tiles {

    static final int EDGE = 3;
    private static final int AREA = EDGE * EDGE;

    private Tiles() {}

    /** Returns the next multiple of three, {@code n} itself if it is one. */
    static int padded(int n) {
        return (n + EDGE - 1) / EDGE * EDGE;
    }

    /** Returns a square matrix, or its transpose, in tiles. */
    static double[] of(double[] matrix, int n, boolean transposed) {
        int size = padded(n);
        double[] tiles = new double[size * size];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                tiles[index(i, j, size)] = matrix[transposed ? j * n + i : i * n + j];
            }
        }
        return tiles;
    }

    /** Returns the offset of element (i, j) in a tiled matrix of {@code columns} padded columns. */
    static int index(int i, int j, int columns) {
        int tile = i / EDGE * (columns / EDGE) + j / EDGE;
        return tile * AREA + i % EDGE * EDGE + j % EDGE;
    }

    /** Computes {@code out[to + i] = Σ_j matrix[i][j] v[at + j]}. */
    static void multiply(double[] matrix, int size, double[] v, int at, double[] out, int to) {
        int tile = 0;
        for (int i = 0; i < size; i += EDGE) {
            double s0 = 0;
            double s1 = 0;
            double s2 = 0;
            for (int j = at; j < at + size; j += EDGE, tile += AREA) {
                double v0 = v[j];
                double v1 = v[j + 1];
                double v2 = v[j + 2];
                s0 += matrix[tile] * v0 + matrix[tile + 1] * v1 + matrix[tile + 2] * v2;
                s1 += matrix[tile + 3] * v0 + matrix[tile + 4] * v1 + matrix[tile + 5] * v2;
                s2 += matrix[tile + 6] * v0 + matrix[tile + 7] * v1 + matrix[tile + 8] * v2;
            }
            out[to + i] = s0;
            out[to + i + 1] = s1;
            out[to + i + 2] = s2;
        }
    }

    /**
     * Computes {@code sums[i][j] += Σ_t a[aAt + t · rows + i] · b[bAt + t · columns + j]} over
     * {@code count} steps: the sum of outer products of consecutive lines.
     */
    static void addProducts(
            double[] a,
            int aAt,
            int rows,
            double[] b,
            int bAt,
            int columns,
            int count,
            double[] sums) {
        int tile = 0;
        for (int i = 0; i < rows; i += EDGE) {
            for (int j = 0; j < columns; j += EDGE, tile += AREA) {
                addTile(a, aAt + i, rows, b, bAt + j, columns, count, sums, tile);
            }
        }
    }

    private static void addTile(
            double[] a,
            int aAt,
            int rows,
            double[] b,
            int bAt,
            int columns,
            int count,
            double[] sums,
            int tile) {
        double s00 = 0;
        double s01 = 0;
        double s02 = 0;
        double s10 = 0;
        double s11 = 0;
        double s12 = 0;
        double s20 = 0;
        double s21 = 0;
        double s22 = 0;
        int p = aAt;
        int q = bAt;
        for (int t = 0; t < count; t++, p += rows, q += columns) {
            double a0 = a[p];
            double a1 = a[p + 1];
            double a2 = a[p + 2];
            double b0 = b[q];
            double b1 = b[q + 1];
            double b2 = b[q + 2];
            s00 += a0 * b0;
            s01 += a0 * b1;
            s02 += a0 * b2;
            s10 += a1 * b0;
            s11 += a1 * b1;
            s12 += a1 * b2;
            s20 += a2 * b0;
            s21 += a2 * b1;
            s22 += a2 * b2;
        }
        sums[tile] += s00;
        sums[tile + 1] += s01;
        sums[tile + 2] += s02;
        sums[tile + 3] += s10;
        sums[tile + 4] += s11;
        sums[tile + 5] += s12;
        sums[tile + 6] += s20;
        sums[tile + 7] += s21;
        sums[tile + 8] += s22;
    }
}
