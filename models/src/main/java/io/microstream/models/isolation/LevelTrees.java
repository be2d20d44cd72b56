package io.microstream.models.isolation;

import java.util.Arrays;

/**
 * A layout of a forest for scoring: every tree is padded to one height, so that a descent is a
 * fixed number of steps without branches to mispredict, and several descents overlap.
 *
 * <p>A tree is a heap in {@code 1 << height} slots: the root in slot 1, the children of slot i in 2
 * i and 2 i + 1. Below a leaf that lies higher, filler nodes send every row to the left, to the
 * leaf's path length. The side is the sign of {@code split − x}: exact for finite numbers, as
 * doubles underflow gradually.
 *
 * <p>Sums are formed tree by tree in their order, whatever the blocks: equal to a walk along the
 * nodes, bit by bit. Memory: 20 bytes a slot. Immutable and thread-safe.
 */
final class LevelTrees {

    /** Maximum number of slots of all trees: 20 MiB. */
    static final int MOST_SLOTS = 1 << 20;

    /** Number of values in a block of rows: 32 kB. */
    private static final int BLOCK_VALUES = 1 << 12;

    private final int trees;
    private final int inputs;
    private final int height;
    private final int blockShift;
    private final double[] split;
    private final int[] feature;
    private final double[] pathLength;

    private LevelTrees(int trees, int inputs, int height) {
        this.trees = trees;
        this.inputs = inputs;
        this.height = height;
        blockShift = 31 - Integer.numberOfLeadingZeros(Math.max(64, BLOCK_VALUES / inputs));
        split = new double[trees << height];
        feature = new int[trees << height];
        pathLength = new double[trees << height];
        Arrays.fill(split, Double.POSITIVE_INFINITY);
    }

    /**
     * Lays out a checked forest.
     *
     * @param value the split of an inner node, the whole path length at a leaf
     * @return the layout, or null if the forest is too large for it
     */
    static LevelTrees of(int inputs, int[] root, int[] feature, int[] right, double[] value) {
        int height = Math.max(1, height(root, feature, right));
        if ((long) root.length << height > MOST_SLOTS) {
            return null;
        }
        LevelTrees result = new LevelTrees(root.length, inputs, height);
        for (int tree = 0; tree < root.length; tree++) {
            result.fill(tree << height, 1, 0, root[tree], feature, right, value);
        }
        return result;
    }

    /** Returns the number of edges from a root to the deepest leaf. */
    static int height(int[] root, int[] feature, int[] right) {
        int height = 0;
        for (int tree : root) {
            height = Math.max(height, height(tree, feature, right));
        }
        return height;
    }

    private static int height(int node, int[] feature, int[] right) {
        return feature[node] < 0
                ? 0
                : 1
                        + Math.max(
                                height(node + 1, feature, right),
                                height(right[node], feature, right));
    }

    private void fill(
            int base, int slot, int depth, int node, int[] from, int[] right, double[] value) {
        if (from[node] < 0) {
            int leaf = slot << (height - depth);
            pathLength[base + leaf - (1 << height)] = value[node];
            return;
        }
        split[base + slot] = value[node] + 0.0;
        feature[base + slot] = from[node];
        fill(base, 2 * slot, depth + 1, node + 1, from, right, value);
        fill(base, 2 * slot + 1, depth + 1, right[node], from, right, value);
    }

    /**
     * Returns the sum of path lengths of the row that begins at {@code offset}, descending four
     * trees at a time.
     */
    double pathLengths(double[] x, int offset) {
        double sum = 0;
        int slots = 1 << height;
        int tree = 0;
        for (; tree + 4 <= trees; tree += 4) {
            int a = tree << height;
            int b = a + slots;
            int c = b + slots;
            int d = c + slots;
            int i = 1;
            int j = 1;
            int k = 1;
            int l = 1;
            for (int level = 0; level < height; level++) {
                i = child(x, offset, a, i);
                j = child(x, offset, b, j);
                k = child(x, offset, c, k);
                l = child(x, offset, d, l);
            }
            sum += pathLength[a - slots + i];
            sum += pathLength[b - slots + j];
            sum += pathLength[c - slots + k];
            sum += pathLength[d - slots + l];
        }
        for (; tree < trees; tree++) {
            sum += pathLength(x, offset, tree << height);
        }
        return sum;
    }

    private double pathLength(double[] x, int offset, int base) {
        int i = 1;
        for (int level = 0; level < height; level++) {
            i = child(x, offset, base, i);
        }
        return pathLength[base - (1 << height) + i];
    }

    private int child(double[] x, int offset, int base, int slot) {
        double margin = split[base + slot] - x[offset + feature[base + slot]];
        return 2 * slot + (int) (Double.doubleToRawLongBits(margin) >>> 63);
    }

    /**
     * Writes the sums of path lengths of rows {@code from … to − 1} into {@code sums[from … to −
     * 1]}.
     *
     * <p>A block of rows, turned into columns, goes through one tree after the other, all rows of
     * it level by level.
     */
    void pathLengths(double[] x, int from, int to, double[] sums) {
        double[] columns = new double[inputs << blockShift];
        int[] slots = new int[1 << blockShift];
        for (int row = from; row < to; row += slots.length) {
            int rows = Math.min(slots.length, to - row);
            for (int i = 0; i < rows; i++) {
                for (int f = 0; f < inputs; f++) {
                    columns[(f << blockShift) + i] = x[(row + i) * inputs + f];
                }
            }
            Arrays.fill(sums, row, row + rows, 0);
            for (int tree = 0; tree < trees; tree++) {
                descend(columns, tree << height, slots, rows);
                add(tree << height, slots, rows, sums, row);
            }
        }
    }

    private void descend(double[] columns, int base, int[] slots, int rows) {
        Arrays.fill(slots, 0, rows, base + 1);
        for (int level = 0; level < height; level++) {
            for (int i = 0; i < rows; i++) {
                int slot = slots[i];
                double margin = split[slot] - columns[(feature[slot] << blockShift) + i];
                slots[i] = 2 * slot - base + (int) (Double.doubleToRawLongBits(margin) >>> 63);
            }
        }
    }

    private void add(int base, int[] slots, int rows, double[] sums, int at) {
        for (int i = 0; i < rows; i++) {
            sums[at + i] += pathLength[slots[i] - (1 << height)];
        }
    }
}
