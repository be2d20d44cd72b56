package io.microstream.models.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.oracle.labs.mlrg.olcut.config.PropertyException;
import io.microstream.models.features.FeatureMatrix;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.anomaly.AnomalyFactory;
import org.tribuo.anomaly.Event;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

class IsolationForestTrainerTest {

    private static final long TIME = 1_700_000_000_000L;

    private static IsolationForestTrainer trainer(long seed, int threads) {
        return new IsolationForestTrainer(100, 256, 0.05, seed, threads, TIME);
    }

    @Test
    void equalSeedGivesAnEqualModelAtAnyNumberOfThreads() {
        FeatureMatrix rows = Clouds.normal(2_000, 1);
        IsolationForestModel one = trainer(7, 1).train(rows);
        IsolationForestModel three = trainer(7, 3).train(rows);
        IsolationForestModel other = trainer(8, 1).train(rows);
        assertThat(three.forest()).isEqualTo(one.forest());
        assertThat(three.serialize().toByteArray()).isEqualTo(one.serialize().toByteArray());
        assertThat(other.forest()).isNotEqualTo(one.forest());
    }

    @Test
    void eachTrainingOfATrainerIsAnotherAndCanBeReplayed() {
        FeatureMatrix rows = Clouds.normal(500, 1);
        IsolationForestTrainer trainer = trainer(7, 1);
        IsolationForestModel first = trainer.train(rows);
        IsolationForestModel second = trainer.train(rows);
        assertThat(second.forest()).isNotEqualTo(first.forest());
        assertThat(trainer.getInvocationCount()).isEqualTo(2);
        trainer.setInvocationCount(1);
        assertThat(trainer.train(rows).forest()).isEqualTo(second.forest());
    }

    @Test
    void contaminationIsTheShareOfTrainingRowsAboveTheThreshold() {
        FeatureMatrix rows = Clouds.normal(2_000, 1);
        IsolationForestModel model = trainer(7, 1).train(rows);
        long flagged =
                IntStream.range(0, rows.rows())
                        .filter(row -> model.isAnomaly(Clouds.row(rows, row)))
                        .count();
        assertThat(flagged).isEqualTo(100);
    }

    @Test
    void withoutContaminationTheThresholdIsAnAverageRowsScore() {
        FeatureMatrix rows = Clouds.normal(300, 1);
        IsolationForestModel model =
                new IsolationForestTrainer(100, 256, 0, 1, 1, TIME).train(rows);
        assertThat(model.threshold()).isEqualTo(0.5);
    }

    @Test
    void scaleAndShiftOfAFeatureDoNotMatter() {
        FeatureMatrix plain = Clouds.normal(1_000, 3);
        FeatureMatrix tiny =
                Clouds.normal(
                        1_000, 3, new double[] {1e-9, 1e6, 0.5}, new double[] {1e-4, -3e6, 7});
        IsolationForestModel one = trainer(7, 1).train(plain);
        IsolationForestModel two = trainer(7, 1).train(tiny);
        for (int row = 0; row < 1_000; row++) {
            assertThat(two.score(Clouds.row(tiny, row)))
                    .as("row %d", row)
                    .isCloseTo(one.score(Clouds.row(plain, row)), within(1e-12));
        }
        double[] outside = {9, 9, 9};
        double[] outsideTiny = {9e-9 + 1e-4, 9e6 - 3e6, 11.5};
        assertThat(two.score(outsideTiny)).isCloseTo(one.score(outside), within(1e-12));
        assertThat(two.severity(outsideTiny)).isCloseTo(one.severity(outside), within(1e-6));
    }

    @Test
    void attributionAddsUpToTheExcessAndPointsAtTheStrangeFeature() {
        FeatureMatrix rows = Clouds.normal(2_000, 1);
        IsolationForestModel model = trainer(7, 1).train(rows);
        double[] shares = new double[3];
        for (int row = 0; row < 200; row++) {
            double[] x = Clouds.row(rows, row);
            double sum = Arrays.stream(model.attribution(x, shares)).sum();
            assertThat(sum).isCloseTo(model.score(x) - 0.5, within(1e-12));
        }
        model.attribution(new double[] {0.1, -8, 0.2}, shares);
        assertThat(shares[1]).isGreaterThan(0.1).isGreaterThan(3 * Math.abs(shares[0]));
        assertThat(shares[1]).isGreaterThan(3 * Math.abs(shares[2]));
    }

    @Test
    void scoreSaturatesOutsideTheDataAndSeverityDoesNot() {
        IsolationForestModel model = trainer(7, 1).train(Clouds.normal(2_000, 1));
        double[] far = {20, 0, 0};
        double[] farther = {200, 0, 0};
        assertThat(model.score(farther)).isEqualTo(model.score(far));
        assertThat(model.severity(far)).isBetween(18.0, 22.0);
        assertThat(model.severity(farther) / model.severity(far)).isBetween(9.9, 10.1);
    }

    @Test
    void severityOfAColumnWhoseMiddleHalfIsEqualFallsBackToAWiderSpread() {
        double[] values = new double[1_000];
        for (int i = 0; i < 1_000; i++) {
            values[i] = i < 900 ? 0 : i - 899;
        }
        FeatureMatrix rows = new FeatureMatrix("spiky", List.of("a"), values);
        IsolationForestModel model = trainer(1, 1).train(rows);
        double deviation = 20.0;
        assertThat(model.severity(new double[] {1}))
                .isFinite()
                .isGreaterThan(1 / deviation)
                .isLessThan(1_000);
    }

    @Test
    void constantColumnIsNeverSplitOn() {
        FeatureMatrix rows = Clouds.normal(500, 1, new double[] {1, 0, 1}, new double[] {0, 42, 0});
        IsolationForestModel model = trainer(7, 1).train(rows);
        assertThat(model.forest().splitCounts()[1]).isZero();
        assertThat(model.forest().splitCounts()[0]).isPositive();
        assertThat(model.severity(new double[] {0, 45, 0})).isGreaterThanOrEqualTo(3.0);
    }

    @Test
    void equalRowsAreAllOrdinary() {
        FeatureMatrix rows = Clouds.normal(300, 1, new double[] {0, 0}, new double[] {5, 6});
        IsolationForestModel model = trainer(7, 1).train(rows);
        double[] x = {5, 6};
        assertThat(model.score(x)).isCloseTo(0.5, within(1e-14));
        assertThat(model.threshold()).isEqualTo(model.score(x));
        assertThat(model.isAnomaly(x)).isFalse();
        assertThat(model.attribution(x, new double[2])).containsExactly(0, 0);
    }

    @Test
    void oneRowScoresOneHalf() {
        FeatureMatrix rows = Clouds.normal(1, 1);
        IsolationForestModel model = trainer(7, 1).train(rows);
        assertThat(model.score(new double[] {1, 2, 3})).isEqualTo(0.5);
        assertThat(model.attribution(new double[] {1, 2, 3}, new double[3]))
                .containsExactly(0, 0, 0);
    }

    @Test
    void twoRowsAreSplitOnce() {
        FeatureMatrix rows = Clouds.normal(2, 1);
        IsolationForestModel model = trainer(7, 1).train(rows);
        assertThat(model.forest().feature()).hasSize(300);
        assertThat(model.score(Clouds.row(rows, 0))).isEqualTo(0.5);
    }

    @Test
    void noTreeIsHigherThanItsLimitAndSamplesAreOf256Rows() {
        IsolationForest forest = trainer(7, 1).train(Clouds.normal(5_000, 1)).forest();
        assertThat(forest.trees()).isEqualTo(100);
        assertThat(forest.sampleSize()).isEqualTo(256);
        for (int root : forest.root()) {
            assertThat(forest.size()[root]).isEqualTo(256);
            assertThat(height(forest, root)).isLessThanOrEqualTo(8);
        }
    }

    private static int height(IsolationForest forest, int node) {
        if (forest.feature()[node] < 0) {
            return 0;
        }
        return 1 + Math.max(height(forest, node + 1), height(forest, forest.right()[node]));
    }

    @Test
    void rowsAreDrawnWithoutReplacementAndEvenly() {
        int[] drawn = new int[20];
        for (int seed = 0; seed < 2_000; seed++) {
            int[] sample = RowSample.draw(20, 5, new SplittableRandom(seed));
            assertThat(sample).doesNotHaveDuplicates();
            for (int row : sample) {
                drawn[row]++;
            }
        }
        assertThat(Arrays.stream(drawn).min().orElseThrow()).isGreaterThan(430);
        assertThat(Arrays.stream(drawn).max().orElseThrow()).isLessThan(570);
        assertThat(RowSample.draw(4, 4, new SplittableRandom(1)))
                .containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    @Test
    void modelReadBackScoresBitForBit() {
        FeatureMatrix rows = Clouds.normal(1_000, 1);
        IsolationForestModel model = trainer(7, 1).train(rows);
        IsolationForestModel read =
                (IsolationForestModel) Model.deserialize(model.serialize()).castModel(Event.class);
        assertThat(read.forest()).isEqualTo(model.forest());
        assertThat(read.threshold()).isEqualTo(model.threshold());
        assertThat(read.getProvenance()).isEqualTo(model.getProvenance());
        double[] shares = new double[3];
        double[] sharesRead = new double[3];
        for (int row = 0; row < rows.rows(); row++) {
            double[] x = Clouds.row(rows, row);
            assertThat(read.score(x)).isEqualTo(model.score(x));
            assertThat(read.severity(x)).isEqualTo(model.severity(x));
            assertThat(read.attribution(x, sharesRead)).isEqualTo(model.attribution(x, shares));
        }
        assertThat(read.serialize().toByteArray()).isEqualTo(model.serialize().toByteArray());
    }

    @Test
    void tribuoDatasetAndTableGiveTheSameForest() {
        FeatureMatrix rows = Clouds.normal(400, 1);
        MutableDataset<Event> dataset =
                new MutableDataset<>(
                        new SimpleDataSourceProvenance(
                                "cloud",
                                OffsetDateTime.parse("2024-01-01T00:00:00Z"),
                                new AnomalyFactory()),
                        new AnomalyFactory());
        for (int row = 0; row < rows.rows(); row++) {
            double[] x = Clouds.row(rows, row);
            dataset.add(example(new String[] {"c", "a", "b"}, new double[] {x[2], x[0], x[1]}));
        }
        Model<Event> model = trainer(7, 1).train(dataset, Map.of());
        IsolationForestModel table = trainer(7, 1).train(rows);
        assertThat(((IsolationForestModel) model).forest()).isEqualTo(table.forest());

        double[] x = {6, 0, 0};
        Event event = model.predict(example(new String[] {"a", "b", "c"}, x)).getOutput();
        assertThat(event.getType()).isEqualTo(Event.EventType.ANOMALOUS);
        assertThat(event.getScore()).isEqualTo(table.score(x));
    }

    private static Example<Event> example(String[] names, double[] values) {
        return new ArrayExample<>(AnomalyFactory.EXPECTED_EVENT, names, values);
    }

    @Test
    void exampleWithoutAnInputIsRefused() {
        IsolationForestModel model = trainer(7, 1).train(Clouds.normal(100, 1));
        assertThatThrownBy(
                        () -> model.predict(example(new String[] {"a", "c"}, new double[] {1, 2})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name=b");
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new IsolationForestTrainer(0, 256, 0.1, 1, 1, TIME))
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining("trees=0");
        assertThatThrownBy(() -> new IsolationForestTrainer(1, 256, 0.6, 1, 1, TIME))
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining("contamination=0.6");
    }

    @Test
    void arraysThatAreNoForestAreRefused() {
        int[] root = {0};
        double[] split = {0.5, 0, 0};
        int[] size = {2, 1, 1};
        IsolationForest fine =
                new IsolationForest(
                        2, 1, root, new int[] {0, -1, -1}, new int[] {2, 0, 0}, split, size);
        assertThat(fine.score(new double[] {0})).isEqualTo(0.5);
        assertThatThrownBy(
                        () ->
                                new IsolationForest(
                                        2,
                                        1,
                                        root,
                                        new int[] {0, -1, -1},
                                        new int[] {0, 0, 0},
                                        split,
                                        size))
                .hasMessageContaining("right child out of place");
        assertThatThrownBy(
                        () ->
                                new IsolationForest(
                                        2,
                                        1,
                                        root,
                                        new int[] {1, -1, -1},
                                        new int[] {2, 0, 0},
                                        split,
                                        size))
                .hasMessageContaining("unknown feature");
    }
}
