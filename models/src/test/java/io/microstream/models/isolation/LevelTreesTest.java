package io.microstream.models.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.microstream.models.features.FeatureMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares the fast layout and its arithmetic with the walk along the nodes. */
class LevelTreesTest {

    private static final int ROWS = 5_003;

    private static IsolationForest forest(FeatureMatrix rows, int trees, int sampleSize) {
        return new IsolationForestTrainer(trees, sampleSize, 0, 3, 1, 0).train(rows).forest();
    }

    @ParameterizedTest(name = "{0} trees of {1} rows, {2} inputs")
    @CsvSource({"100, 256, 3", "7, 256, 1", "1, 2, 2", "5, 1, 3", "33, 100, 2", "9, 4096, 3"})
    void singleAndBatchScoresAreThoseOfAWalkBitByBit(int trees, int sampleSize, int inputs) {
        double[] ones = new double[inputs];
        Arrays.fill(ones, 1);
        FeatureMatrix rows = Clouds.normal(ROWS, 1, ones, new double[inputs]);
        IsolationForest forest = forest(rows, trees, sampleSize);
        double[] batch = forest.scores(rows.values(), new double[ROWS], 1);
        double[] sums = new double[ROWS];
        LeafMasks masks = masks(forest);
        assertThat(masks == null).isEqualTo(sampleSize > 256);
        if (masks != null) {
            masks.pathLengths(rows.values(), 0, ROWS, sums);
        }
        double typical = trees * AveragePathLength.of(sampleSize);
        for (int row = 0; row < ROWS; row++) {
            double[] x = Clouds.row(rows, row);
            double walked = forest.pathLengths(x, 0);
            if (masks != null) {
                assertThat(sums[row]).as("row %d", row).isEqualTo(walked);
            }
            double expected = typical == 0 ? 0.5 : PowerOfTwo.of(-walked / typical);
            assertThat(forest.score(x)).as("row %d", row).isEqualTo(expected);
            assertThat(batch[row]).as("row %d", row).isEqualTo(expected);
        }
    }

    private static LeafMasks masks(IsolationForest forest) {
        int[] feature = forest.feature();
        double[] value = forest.split();
        for (int root : forest.root()) {
            value(forest, root, 0, value);
        }
        return LeafMasks.of(forest.inputs(), forest.root(), feature, forest.right(), value);
    }

    /** Fills in the path lengths at the leaves of a subtree. */
    private static void value(IsolationForest forest, int node, int depth, double[] value) {
        if (forest.feature()[node] < 0) {
            value[node] = depth + AveragePathLength.of(forest.size()[node]);
            return;
        }
        value(forest, node + 1, depth + 1, value);
        value(forest, forest.right()[node], depth + 1, value);
    }

    @Test
    void valuesEqualToSplitsAndTiesBetweenTreesAreRanked() {
        double[] values = new SplittableRandom(4).doubles(6_000, -1, 1).toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.round(values[i] * 8) / 8.0;
        }
        FeatureMatrix rows = new FeatureMatrix("coarse", List.of("a", "b"), values);
        IsolationForest grown = forest(rows, 60, 256);
        double[] coarse = Arrays.stream(grown.split()).map(s -> Math.round(s * 8) / 8.0).toArray();
        IsolationForest forest =
                new IsolationForest(
                        256, 2, grown.root(), grown.feature(), grown.right(), coarse, grown.size());
        double[] sums = new double[3_000];
        masks(forest).pathLengths(values, 0, 3_000, sums);
        for (int row = 0; row < 3_000; row++) {
            assertThat(sums[row]).isEqualTo(forest.pathLengths(values, 2 * row));
        }
    }

    @Test
    void rowOnASplitGoesLeftWhateverTheSignOfZero() {
        IsolationForest forest =
                new IsolationForest(
                        3,
                        1,
                        new int[] {0},
                        new int[] {0, -1, 0, -1, -1},
                        new int[] {2, 0, 4, 0, 0},
                        new double[] {-0.0, 0, 1.5, 0, 0},
                        new int[] {3, 1, 2, 1, 1});
        double alone = forest.score(new double[] {-1});
        double together = forest.score(new double[] {1});
        assertThat(alone).isGreaterThan(together);
        double[] sums = new double[4];
        masks(forest).pathLengths(new double[] {-0.0, 0.0, Double.MIN_VALUE, 9}, 0, 4, sums);
        assertThat(sums[0]).isEqualTo(sums[1]).isLessThan(sums[2]);
        assertThat(sums[3]).isEqualTo(sums[2]);
        assertThat(forest.score(new double[] {0.0})).isEqualTo(alone);
        assertThat(forest.score(new double[] {-0.0})).isEqualTo(alone);
        assertThat(forest.score(new double[] {Double.MIN_VALUE})).isEqualTo(together);
        assertThat(forest.score(new double[] {-Double.MAX_VALUE})).isEqualTo(alone);
        assertThat(forest.score(new double[] {Double.MAX_VALUE})).isEqualTo(together);
    }

    @Test
    void forestTooLargeForTheLayoutIsWalked() {
        FeatureMatrix rows = Clouds.normal(40_000, 1);
        IsolationForest forest = forest(rows, 40, 32_768);
        double[] value = new double[forest.feature().length];
        assertThat(LevelTrees.of(3, forest.root(), forest.feature(), forest.right(), value))
                .isNull();
        double[] batch = forest.scores(rows.values(), new double[40_000], 2);
        assertThat(batch[17]).isEqualTo(forest.score(Clouds.row(rows, 17))).isBetween(0.3, 0.8);
    }

    @Test
    void numberOfThreadsDoesNotMatter() {
        FeatureMatrix rows = Clouds.normal(50_000, 1);
        IsolationForest forest = forest(rows, 50, 256);
        double[] one = forest.scores(rows.values(), new double[50_000], 1);
        double[] three = forest.scores(rows.values(), new double[50_000], 3);
        assertThat(three).isEqualTo(one);
    }

    @Test
    void arraysThatDoNotFitAreRefused() {
        IsolationForest forest = forest(Clouds.normal(100, 1), 3, 64);
        assertThatThrownBy(() -> forest.scores(new double[7], new double[2], 1))
                .hasMessageContaining("values=7 inputs=3 scores=2");
    }

    @Test
    void powerOfTwoIsWithinTwoUnitsOfStrictMath() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1_000_000; i++) {
            double y = (i % 2 == 0 ? -1020 : -3) * random.nextDouble();
            double expected = StrictMath.pow(2, y);
            double difference = Math.abs(PowerOfTwo.of(y) - expected);
            if (!(difference <= 2 * Math.ulp(expected))) {
                assertThat(PowerOfTwo.of(y))
                        .as("2^%s", y)
                        .isCloseTo(expected, within(2 * Math.ulp(expected)));
            }
        }
        assertThat(PowerOfTwo.of(0)).isEqualTo(1);
        assertThat(PowerOfTwo.of(-1)).isEqualTo(0.5);
        assertThat(PowerOfTwo.of(-1021)).isZero();
        assertThat(PowerOfTwo.of(Double.NaN)).isNaN();
    }

    @Test
    void orderStatisticsAreThoseOfSortedValues() {
        SplittableRandom random = new SplittableRandom(2);
        for (int n : new int[] {1, 2, 3, 10, 1_001}) {
            double[] values =
                    random.doubles(n, -2, 2).map(v -> Math.round(v * 50) / 50.0).toArray();
            values[n / 2] = -0.0;
            values[0] = n > 2 ? 1e300 : values[0];
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            for (int rank = 0; rank < n; rank++) {
                assertThat(Percentile.orderStatistic(values, rank)).isEqualTo(sorted[rank]);
            }
        }
        double[] four = {4, 1, 3, 2};
        assertThat(Percentile.of(four, 0.5)).isEqualTo(2.5);
        assertThat(Percentile.of(four, 0.25)).isEqualTo(1.75);
        assertThat(Percentile.of(four, 0)).isEqualTo(1);
        assertThat(Percentile.of(four, 1)).isEqualTo(4);
    }
}
