package io.microstream.models.isolation;

import io.microstream.models.features.OrderedTasks;
import java.util.Arrays;

/**
 * A grown isolation forest: scores a row by how few random splits isolate it.
 *
 * <p>Each tree was grown on a sample of ψ rows. With h(x) = edges to the leaf of x + c(rows in that
 * leaf), averaged over the trees, the score is
 *
 * <pre>s(x) = 2^(−mean h(x) / c(ψ))   in (0, 1], 0.5 for an average row, higher is more anomalous
 * </pre>
 *
 * and 0.5 where c(ψ) = 0 (ψ ≤ 1). Outside the training data the score saturates.
 *
 * <p><b>Attribution.</b> A split that takes x from a node of n rows to one of m shortens its path
 * by c(n) − 1 − c(m) (negative where x goes with the majority). Along a path this telescopes to
 * c(ψ) − h(x), so the shortenings, summed by the feature that was split on and averaged over trees,
 * add up to the total shortening. They are then scaled by one factor so that they add up to {@code
 * s(x) − 0.5}.
 *
 * <p>Nodes of all trees lie in the same flat arrays, each tree in preorder: the left child of node
 * i is i + 1, and x goes left iff {@code x[feature] <= split}. Splits are in raw units and doubles
 * (scikit-learn compares floats). Immutable and thread-safe; {@link #score} allocates nothing.
 *
 * <p>Source: F. T. Liu, K. M. Ting, Z.-H. Zhou, Isolation Forest, ICDM 2008.
 */
public final class IsolationForest {

    /** Maximum sample size ψ of a tree. */
    public static final int LARGEST_SAMPLE = 1 << 20;

    private static final int LEAF = -1;
    private static final int CHUNK = 16_384;

    /** Number of rows from which building {@link LeafMasks} pays off. */
    static final int MANY_ROWS = 32_768;

    private static final double LN_2 = StrictMath.log(2);

    private final int sampleSize;
    private final int inputs;
    private final int[] root;
    private final int[] feature;
    private final int[] right;
    private final double[] split;
    private final int[] size;

    /** The split of an inner node, the whole path length at a leaf. */
    private final double[] value;

    private final double[] averagePath;

    /** The same trees in a faster layout; null if the forest is too large for it. */
    private final LevelTrees levels;

    /**
     * Creates a forest from its arrays.
     *
     * @param sampleSize ψ, rows in each root
     * @param inputs length of the rows to be scored
     * @param root first node of each tree; the trees follow on one another
     * @param feature input a node splits on, −1 for a leaf
     * @param right right child of a node; ignored for a leaf
     * @param split in raw units; ignored for a leaf
     * @param size rows of the sample that reached a node
     * @throws IllegalArgumentException if the arrays do not describe a forest
     */
    public IsolationForest(
            int sampleSize,
            int inputs,
            int[] root,
            int[] feature,
            int[] right,
            double[] split,
            int[] size) {
        this.sampleSize = sampleSize;
        this.inputs = inputs;
        this.root = root.clone();
        this.feature = feature.clone();
        this.right = right.clone();
        this.split = split.clone();
        this.size = size.clone();
        checkLengths();
        this.averagePath = AveragePathLength.upTo(sampleSize);
        this.value = split.clone();
        for (int tree = 0; tree < root.length; tree++) {
            int end = tree + 1 < root.length ? root[tree + 1] : feature.length;
            int next = checkSubtree(root[tree], end, sampleSize, 0);
            require(next == end, "tree is followed by stray nodes", next);
        }
        this.levels = LevelTrees.of(inputs, this.root, this.feature, this.right, value);
    }

    private void checkLengths() {
        int nodes = feature.length;
        require(
                sampleSize > 0 && sampleSize <= LARGEST_SAMPLE && inputs > 0,
                "sampleSize=" + sampleSize + " inputs=" + inputs,
                0);
        require(root.length > 0 && root[0] == 0, "first tree must start at node 0", 0);
        require(
                right.length == nodes && split.length == nodes && size.length == nodes,
                "arrays differ in length",
                nodes);
        for (int tree = 1; tree < root.length; tree++) {
            require(root[tree] > root[tree - 1] && root[tree] < nodes, "roots", root[tree]);
        }
    }

    /** Checks a subtree, fills in path lengths of its leaves and returns the node after it. */
    private int checkSubtree(int node, int end, int rows, int depth) {
        require(node < end, "tree is cut off", node);
        require(size[node] == rows, "rows of a node and its children differ", node);
        require(depth <= AveragePathLength.heightLimit(sampleSize), "tree is too high", node);
        if (feature[node] == LEAF) {
            value[node] = depth + averagePath[rows];
            return node + 1;
        }
        require(feature[node] >= 0 && feature[node] < inputs, "unknown feature", node);
        require(Double.isFinite(split[node]), "split is not finite", node);
        require(node + 1 < end && size[node + 1] > 0 && size[node + 1] < rows, "left", node);
        int next = checkSubtree(node + 1, end, size[node + 1], depth + 1);
        require(right[node] == next, "right child out of place", node);
        return checkSubtree(next, end, rows - size[node + 1], depth + 1);
    }

    private static void require(boolean condition, String what, int node) {
        if (!condition) {
            throw new IllegalArgumentException("Not a forest: " + what + ": node=" + node);
        }
    }

    /**
     * Returns the isolation score of a row.
     *
     * @param x finite values, in order of the inputs
     */
    public double score(double[] x) {
        return score(x, 0);
    }

    /** Returns the isolation score of the row that begins at {@code offset}. */
    double score(double[] x, int offset) {
        return score(levels == null ? pathLengths(x, offset) : levels.pathLengths(x, offset));
    }

    /**
     * Scores many rows, each bit-identical to {@link #score(double[])}.
     *
     * @param rows finite values, row after row, in order of the inputs
     * @param into receives a score for each row
     * @param threads without influence on the scores
     * @return {@code into}
     * @throws IllegalArgumentException if the arrays do not fit
     */
    public double[] scores(double[] rows, double[] into, int threads) {
        if (rows.length != (long) into.length * inputs) {
            throw new IllegalArgumentException(
                    "Isolation forest: values="
                            + rows.length
                            + " inputs="
                            + inputs
                            + " scores="
                            + into.length);
        }
        LeafMasks masks =
                into.length < MANY_ROWS ? null : LeafMasks.of(inputs, root, feature, right, value);
        OrderedTasks.run(
                threads,
                (into.length + CHUNK - 1) / CHUNK,
                chunk -> {
                    int from = chunk * CHUNK;
                    scoreRows(masks, rows, from, Math.min(into.length, from + CHUNK), into);
                    return chunk;
                });
        return into;
    }

    private void scoreRows(LeafMasks masks, double[] rows, int from, int to, double[] into) {
        if (masks != null) {
            masks.pathLengths(rows, from, to, into);
        } else if (levels == null) {
            for (int row = from; row < to; row++) {
                into[row] = pathLengths(rows, row * inputs);
            }
        } else {
            levels.pathLengths(rows, from, to, into);
        }
        for (int row = from; row < to; row++) {
            into[row] = score(into[row]);
        }
    }

    private double score(double pathLengths) {
        double typical = averagePath[sampleSize];
        return typical == 0 ? 0.5 : PowerOfTwo.of(-pathLengths / (root.length * typical));
    }

    /** Returns the sum of path lengths, walking along the nodes tree by tree. */
    double pathLengths(double[] x, int offset) {
        double sum = 0;
        for (int node : root) {
            int f = feature[node];
            while (f >= 0) {
                node = x[offset + f] <= value[node] ? node + 1 : right[node];
                f = feature[node];
            }
            sum += value[node];
        }
        return sum;
    }

    /**
     * Computes the shares of the inputs in {@code score − 0.5}, to which they add up.
     *
     * @param into receives one share for each input; negative where an input makes the row look
     *     ordinary
     * @return {@code into}
     */
    public double[] attribution(double[] x, double[] into) {
        Arrays.fill(into, 0, inputs, 0);
        for (int node : root) {
            while (feature[node] >= 0) {
                int next = x[feature[node]] <= value[node] ? node + 1 : right[node];
                into[feature[node]] += averagePath[size[node]] - 1 - averagePath[size[next]];
                node = next;
            }
        }
        double typical = averagePath[sampleSize] * root.length;
        double total = 0;
        for (int i = 0; i < inputs; i++) {
            total += into[i];
        }
        double factor = typical == 0 ? 0 : factor(total, typical);
        for (int i = 0; i < inputs; i++) {
            into[i] *= factor;
        }
        return into;
    }

    /** Returns (2^(total/typical − 1) − 1/2) / total, or its limit where total is 0. */
    private static double factor(double total, double typical) {
        double exponent = LN_2 * total / typical;
        return exponent == 0
                ? LN_2 / (2 * typical)
                : StrictMath.expm1(exponent) / exponent * LN_2 / (2 * typical);
    }

    /** Returns the number of nodes that split on each input. */
    public int[] splitCounts() {
        int[] counts = new int[inputs];
        for (int f : feature) {
            if (f >= 0) {
                counts[f]++;
            }
        }
        return counts;
    }

    /** Returns the number of trees. */
    public int trees() {
        return root.length;
    }

    /** Returns ψ, the number of rows in each tree. */
    public int sampleSize() {
        return sampleSize;
    }

    /** Returns the length of a row, the number of inputs. */
    public int inputs() {
        return inputs;
    }

    /** Returns a copy of the trees' first nodes. */
    public int[] root() {
        return root.clone();
    }

    /** Returns a copy of the inputs that nodes split on, −1 for a leaf. */
    public int[] feature() {
        return feature.clone();
    }

    /** Returns a copy of the nodes' right children. */
    public int[] right() {
        return right.clone();
    }

    /** Returns a copy of the nodes' splits, in raw units. */
    public double[] split() {
        return split.clone();
    }

    /** Returns a copy of the numbers of rows that reached the nodes. */
    public int[] size() {
        return size.clone();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof IsolationForest other
                && sampleSize == other.sampleSize
                && inputs == other.inputs
                && Arrays.equals(root, other.root)
                && Arrays.equals(feature, other.feature)
                && Arrays.equals(right, other.right)
                && Arrays.equals(split, other.split)
                && Arrays.equals(size, other.size);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(split) + 31 * Arrays.hashCode(feature);
    }

    @Override
    public String toString() {
        return "IsolationForest[trees="
                + root.length
                + ", sampleSize="
                + sampleSize
                + ", nodes="
                + feature.length
                + "]";
    }
}
