package io.microstream.models.isolation;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Grows one isolation tree on a random sample of rows.
 *
 * <p>In each node features are drawn in random order until one varies; its split is uniform between
 * its smallest and largest value there. A node is a leaf when it holds one row, lies at the height
 * limit, or nothing varies. A feature varies in a node if its range there exceeds {@value
 * #SMALLEST_RANGE} of its scale over all training rows: relative, so that log returns of 1e-4 and
 * prices of 1e5 are treated alike.
 *
 * <p>An instance grows one tree; afterwards the arrays hold it, {@link #nodes} entries in each. Not
 * thread-safe.
 */
final class TreeGrower {

    static final double SMALLEST_RANGE = 1e-9;

    private final double[] rows;
    private final int columns;
    private final double[] scale;
    private final SplittableRandom random;
    private final int heightLimit;
    private final int[] sample;
    private final int[] candidates;

    final int[] feature;
    final int[] right;
    final double[] split;
    final int[] size;
    int nodes;
    private double low;
    private double high;

    TreeGrower(
            double[] rows, int columns, double[] scale, int sampleSize, SplittableRandom random) {
        this.rows = rows;
        this.columns = columns;
        this.scale = scale;
        this.random = random;
        this.heightLimit = AveragePathLength.heightLimit(sampleSize);
        this.sample = RowSample.draw(rows.length / columns, sampleSize, random);
        this.candidates = new int[columns];
        int capacity = 2 * sampleSize - 1;
        this.feature = new int[capacity];
        this.right = new int[capacity];
        this.split = new double[capacity];
        this.size = new int[capacity];
        grow(0, sampleSize, 0);
    }

    private void grow(int from, int to, int depth) {
        int node = nodes++;
        size[node] = to - from;
        feature[node] = to - from <= 1 || depth >= heightLimit ? -1 : varyingFeature(from, to);
        if (feature[node] < 0) {
            return;
        }
        split[node] = between(low, high);
        int middle = partition(from, to, feature[node], split[node]);
        grow(from, middle, depth + 1);
        right[node] = nodes;
        grow(middle, to, depth + 1);
    }

    /**
     * Draws a feature among those that vary and stores its range in low and high; returns −1 if
     * none varies.
     */
    private int varyingFeature(int from, int to) {
        Arrays.setAll(candidates, i -> i);
        for (int left = columns; left > 0; left--) {
            int drawn = random.nextInt(left);
            int f = candidates[drawn];
            candidates[drawn] = candidates[left - 1];
            low = Double.POSITIVE_INFINITY;
            high = Double.NEGATIVE_INFINITY;
            for (int i = from; i < to; i++) {
                double x = rows[sample[i] * columns + f];
                low = Math.min(low, x);
                high = Math.max(high, x);
            }
            if (high - low > SMALLEST_RANGE * scale[f]) {
                return f;
            }
        }
        return -1;
    }

    /** Draws a split uniform in [low, high), so that neither side is empty. */
    private double between(double low, double high) {
        double u = random.nextDouble();
        double p = low * (1 - u) + high * u;
        return p >= low && p < high ? p : low;
    }

    private int partition(int from, int to, int f, double p) {
        int left = from;
        int end = to;
        while (left < end) {
            if (rows[sample[left] * columns + f] <= p) {
                left++;
            } else {
                int swapped = sample[--end];
                sample[end] = sample[left];
                sample[left] = swapped;
            }
        }
        return left;
    }
}
