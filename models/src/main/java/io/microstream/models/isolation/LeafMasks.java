package io.microstream.models.isolation;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A layout of a forest for scoring many rows of few inputs without descending its trees.
 *
 * <p>Idea: a split that sends a row to the right rules out the leaves to its left; the row's leaf
 * is the first that no such split rules out. Which splits on an input send a row to the right
 * depends on the rank of its value among them alone. So a row's values are ranked once among the
 * splits of all trees; in a tree, a table turns that rank into the rank among the tree's own splits
 * on the input, another gives the leaves that are left; these sets, one for each input, are
 * intersected. A set has 256 bits, of which the first two levels pick the word of 64 to look at.
 *
 * <p>Path lengths are summed tree by tree in their order: equal to a walk along the nodes, bit by
 * bit. Building it costs some milliseconds and 3 MB for 100 trees of 256 rows. Immutable and
 * thread-safe.
 *
 * <p>Source: C. Lucchese et al., QuickScorer: a fast algorithm to rank documents with additive
 * ensembles of regression trees, SIGIR 2015.
 */
final class LeafMasks {

    private static final int HEIGHT = 8;
    private static final int LEAVES = 1 << HEIGHT;
    private static final int WORDS = LEAVES / Long.SIZE;

    /** Maximum number of inputs; with more a descent is faster. */
    private static final int MOST_INPUTS = 8;

    /** Maximum size of all tables of ranks, in bytes. */
    private static final int MOST_BYTES = 1 << 24;

    private static final int BLOCK_VALUES = 6_144;

    private final int inputs;
    private final int trees;

    /** Splits on each input in ascending order, padded with +∞ to a power of two. */
    private final double[][] splits;

    /** Ranks in the tree: {@code own[tree * inputs + input][rank among all]}. */
    private final byte[][] own;

    /**
     * Sets of leaves not ruled out: {@code left[tree * inputs + input][own rank * WORDS + word]}.
     */
    private final long[][] left;

    /** Input and rank of the split in slots 1, 2 and 3: {@code top[tree][3]}. */
    private final int[][] topInput;

    private final int[][] topRank;
    private final double[] pathLength;

    private LeafMasks(int inputs, int trees, double[][] splits) {
        this.inputs = inputs;
        this.trees = trees;
        this.splits = splits;
        own = new byte[trees * inputs][];
        left = new long[trees * inputs][];
        topInput = new int[trees][WORDS];
        topRank = new int[trees][WORDS];
        pathLength = new double[trees * LEAVES];
    }

    /**
     * Lays out a checked forest.
     *
     * @param value the split of an inner node, the whole path length at a leaf
     * @return the layout, or null if the forest does not suit it
     */
    static LeafMasks of(int inputs, int[] root, int[] feature, int[] right, double[] value) {
        if (inputs > MOST_INPUTS) {
            return null;
        }
        double[][] splits = new double[inputs][];
        long bytes = 0;
        for (int f = 0; f < inputs; f++) {
            splits[f] = splits(f, feature, value);
            bytes += (long) root.length * (splits[f].length + 1);
        }
        if (bytes > MOST_BYTES || LevelTrees.height(root, feature, right) > HEIGHT) {
            return null;
        }
        LeafMasks result = new LeafMasks(inputs, root.length, splits);
        for (int tree = 0; tree < root.length; tree++) {
            result.fill(tree, root[tree], feature, right, value);
        }
        return result;
    }

    private static double[] splits(int input, int[] feature, double[] value) {
        double[] own = new double[feature.length];
        int count = 0;
        for (int node = 0; node < feature.length; node++) {
            if (feature[node] == input) {
                own[count++] = value[node] + 0.0;
            }
        }
        double[] sorted = Arrays.stream(own, 0, count).sorted().distinct().toArray();
        double[] padded = new double[Math.max(2, Integer.highestOneBit(sorted.length) * 2)];
        Arrays.fill(padded, Double.POSITIVE_INFINITY);
        System.arraycopy(sorted, 0, padded, 0, sorted.length);
        return padded;
    }

    private void fill(int tree, int root, int[] feature, int[] right, double[] value) {
        double[] split = new double[LEAVES];
        int[] input = new int[LEAVES];
        Arrays.fill(split, Double.POSITIVE_INFINITY);
        spread(tree, 1, 0, root, feature, right, value, split, input);
        for (int slot = 1; slot < WORDS; slot++) {
            topInput[tree][slot] = input[slot];
            topRank[tree][slot] = rankOf(split[slot], input[slot]);
        }
        for (int f = 0; f < inputs; f++) {
            fill(tree * inputs + f, f, split, input);
        }
    }

    /** Spreads a tree over 256 slots, the children of slot i in 2 i and 2 i + 1. */
    private void spread(
            int tree,
            int slot,
            int depth,
            int node,
            int[] feature,
            int[] right,
            double[] value,
            double[] split,
            int[] input) {
        if (feature[node] < 0) {
            int leaf = (slot << (HEIGHT - depth)) - LEAVES;
            pathLength[tree * LEAVES + leaf] = value[node];
            return;
        }
        split[slot] = value[node] + 0.0;
        input[slot] = feature[node];
        spread(tree, 2 * slot, depth + 1, node + 1, feature, right, value, split, input);
        spread(tree, 2 * slot + 1, depth + 1, right[node], feature, right, value, split, input);
    }

    private int rankOf(double split, int input) {
        return split == Double.POSITIVE_INFINITY
                ? Integer.MAX_VALUE
                : Arrays.binarySearch(splits[input], split);
    }

    /** Fills the tables of one tree and input. */
    private void fill(int table, int f, double[] split, int[] input) {
        int[] ordered =
                IntStream.range(1, LEAVES)
                        .filter(slot -> split[slot] < Double.POSITIVE_INFINITY && input[slot] == f)
                        .map(slot -> rankOf(split[slot], f) * LEAVES + slot)
                        .sorted()
                        .toArray();
        byte[] ranks = new byte[ranks(splits[f]) + 1];
        long[] sets = new long[(ordered.length + 1) * WORDS];
        Arrays.fill(sets, 0, WORDS, -1);
        for (int i = 0; i < ordered.length; i++) {
            int next = i + 1 < ordered.length ? ordered[i + 1] / LEAVES : ranks.length - 1;
            Arrays.fill(ranks, ordered[i] / LEAVES + 1, next + 1, (byte) (i + 1));
            System.arraycopy(sets, i * WORDS, sets, (i + 1) * WORDS, WORDS);
            ruleOut(ordered[i] % LEAVES, sets, (i + 1) * WORDS);
        }
        own[table] = ranks;
        left[table] = sets;
    }

    /** Returns the number of splits before the padding. */
    private static int ranks(double[] splits) {
        int end = Arrays.binarySearch(splits, Double.MAX_VALUE);
        return end < 0 ? -end - 1 : end + 1;
    }

    /** Clears the leaves to the left of a slot's split in the set at {@code at}. */
    private static void ruleOut(int slot, long[] sets, int at) {
        int depth = 31 - Integer.numberOfLeadingZeros(slot);
        int first = (2 * slot << (HEIGHT - depth - 1)) - LEAVES;
        int last = first + (1 << (HEIGHT - depth - 1));
        for (int leaf = first; leaf < last; leaf++) {
            sets[at + leaf / Long.SIZE] &= ~(1L << leaf);
        }
    }

    /**
     * Writes the sums of path lengths of rows {@code from … to − 1} into {@code sums[from … to −
     * 1]}.
     */
    void pathLengths(double[] x, int from, int to, double[] sums) {
        int size = BLOCK_VALUES / inputs;
        int[][] ranks = new int[inputs][size];
        int[] words = new int[size];
        long[] leaves = new long[size];
        for (int row = from; row < to; row += size) {
            int rows = Math.min(size, to - row);
            for (int f = 0; f < inputs; f++) {
                rank(x, row * inputs + f, rows, splits[f], ranks[f]);
            }
            Arrays.fill(sums, row, row + rows, 0);
            for (int tree = 0; tree < trees; tree++) {
                pickWords(tree, ranks, rows, words);
                Arrays.fill(leaves, 0, rows, -1);
                int table = tree * inputs;
                for (int f = 0; f + 1 < inputs; f++, table++) {
                    intersect(ranks[f], own[table], left[table], words, rows, leaves);
                }
                add(tree, ranks[inputs - 1], leaves, words, rows, sums, row);
            }
        }
    }

    /** Counts the splits below each value by binary search, all rows in step. */
    private void rank(double[] x, int at, int rows, double[] splits, int[] ranks) {
        Arrays.fill(ranks, 0, rows, 0);
        for (int half = splits.length / 2; half > 0; half /= 2) {
            int place = at;
            for (int i = 0; i < rows; i++, place += inputs) {
                double margin = splits[ranks[i] + half - 1] - x[place];
                ranks[i] += half & (int) (Double.doubleToRawLongBits(margin) >> 63);
            }
        }
    }

    /** Finds the word of each row's leaf from its sides at the first two levels. */
    private void pickWords(int tree, int[][] ranks, int rows, int[] words) {
        int[] input = topInput[tree];
        int[] rank = topRank[tree];
        int[] first = ranks[input[1]];
        int[] low = ranks[input[2]];
        int[] high = ranks[input[3]];
        int firstRank = rank[1];
        int lowRank = rank[2];
        int highRank = rank[3];
        for (int i = 0; i < rows; i++) {
            int side = (firstRank - first[i]) >>> 31;
            int ifLeft = (lowRank - low[i]) >>> 31;
            int ifRight = (highRank - high[i]) >>> 31;
            words[i] = 2 * side + ifLeft + ((ifRight - ifLeft) & -side);
        }
    }

    private static void intersect(
            int[] ranks, byte[] own, long[] left, int[] words, int rows, long[] leaves) {
        for (int i = 0; i < rows; i++) {
            leaves[i] &= left[(own[ranks[i]] & 0xff) * WORDS + words[i]];
        }
    }

    /** Intersects with the last input's sets and adds the path lengths of the first leaves. */
    private void add(
            int tree, int[] ranks, long[] leaves, int[] words, int rows, double[] sums, int at) {
        byte[] own = this.own[tree * inputs + inputs - 1];
        long[] left = this.left[tree * inputs + inputs - 1];
        int base = tree * LEAVES;
        for (int i = 0; i < rows; i++) {
            int word = words[i];
            long set = leaves[i] & left[(own[ranks[i]] & 0xff) * WORDS + word];
            int leaf = base + word * Long.SIZE + Long.numberOfTrailingZeros(set);
            sums[at + i] += pathLength[leaf];
        }
    }
}
