package io.microstream.training.outliers;

/**
 * Settings of the forests that are evaluated.
 *
 * @param trees of a forest
 * @param sampleSize rows of a tree, at most
 * @param seeds forests for each set, with seeds 1 … seeds
 * @param threads without influence on the figures
 */
public record OutlierSettings(int trees, int sampleSize, int seeds, int threads) {

    /** The paper's settings: 100 trees of 256 rows, and ten seeds. */
    public static final OutlierSettings PAPER = new OutlierSettings(100, 256, 10, 1);

    /**
     * Checks that all values are in range.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public OutlierSettings {
        check("trees", trees, 10_000);
        check("sample", sampleSize, 1 << 20);
        check("seeds", seeds, 1_000);
        check("threads", threads, 256);
    }

    private static void check(String name, int value, int greatest) {
        if (value < 1 || value > greatest) {
            throw new IllegalArgumentException(
                    "Setting out of range: " + name + "=" + value + " allowed=1…" + greatest);
        }
    }

    /**
     * Returns whether results may be compared with published figures: the paper's forest, ten
     * seeds.
     */
    public boolean areThePapers() {
        return trees == PAPER.trees && sampleSize == PAPER.sampleSize && seeds >= PAPER.seeds;
    }
}
