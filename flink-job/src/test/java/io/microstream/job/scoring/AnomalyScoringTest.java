package io.microstream.job.scoring;

import static io.microstream.job.SimulatedVectors.minute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microstream.job.Harnesses;
import io.microstream.job.ModelUpdate;
import io.microstream.job.SimulatedVectors;
import io.microstream.job.TestModels;
import io.microstream.market.AnomalySignal;
import io.microstream.market.Bar;
import io.microstream.market.FeatureVector;
import io.microstream.models.AnomalyScorer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;

class AnomalyScoringTest {

    private static final String BTC = "BTCUSDT";
    private static final List<FeatureVector> VECTORS = SimulatedVectors.of(BTC, 30);

    /** A scorer under test, in its harness. */
    private interface Fixture {
        KeyedBroadcastOperatorTestHarness<String, FeatureVector, ModelUpdate, AnomalySignal> open()
                throws Exception;
    }

    private static final Fixture JOB = () -> Harnesses.scoring(AnomalyScoring::of);

    @Test
    void vectorsWaitForTheWatermarkOfTheModels() throws Exception {
        vectorsWaitForTheWatermarkOfTheModels(JOB);
    }

    /**
     * Checks the check itself: an implementation that scores at once, and so drops vectors that
     * have no model yet, fails it.
     */
    @Test
    void anImplementationThatDropsVectorsIsFoundOut() {
        assertThatThrownBy(
                        () ->
                                vectorsWaitForTheWatermarkOfTheModels(
                                        () ->
                                                Harnesses.scoring(
                                                        new ScoringAtOnce(),
                                                        List.of(ModelBroadcast.STATE))))
                .isInstanceOf(AssertionError.class);
    }

    private static void vectorsWaitForTheWatermarkOfTheModels(Fixture fixture) throws Exception {
        ModelUpdate model = TestModels.anomaly(1, TestModels.ANY, 1, 0);
        try (var operator = fixture.open()) {
            operator.open();
            for (FeatureVector vector : VECTORS) {
                operator.processElement(vector, vector.openTimeMs());
            }
            operator.processWatermark(minute(30) - 1);
            assertThat(operator.extractOutputValues()).isEmpty();
            operator.processBroadcastElement(model, 0);
            assertThat(operator.extractOutputValues()).isEmpty();
            operator.processBroadcastWatermark(minute(10) - 1);
            assertThat(operator.extractOutputValues())
                    .isEqualTo(offline(model, VECTORS.subList(0, 10)));
            operator.processBroadcastWatermark(Long.MAX_VALUE);
            assertThat(operator.extractOutputValues()).isEqualTo(offline(model, VECTORS));
        }
    }

    @Test
    void aBarIsScoredByTheModelInForceWhateverTheOrderOfArrival() throws Exception {
        List<ModelUpdate> models =
                List.of(
                        TestModels.anomaly(1, TestModels.ANY, 1, minute(5)),
                        TestModels.anomaly(2, TestModels.ANY, 2, minute(12)),
                        TestModels.anomaly(3, TestModels.ANY, 3, minute(20)),
                        TestModels.regime(1, TestModels.ANY, 9, 0));
        List<AnomalySignal> expected = new ArrayList<>();
        expected.addAll(offline(models.get(0), VECTORS.subList(5, 12)));
        expected.addAll(offline(models.get(1), VECTORS.subList(12, 20)));
        expected.addAll(offline(models.get(2), VECTORS.subList(20, 30)));

        for (int seed = 0; seed < 6; seed++) {
            List<ModelUpdate> arriving = new ArrayList<>(models);
            Collections.shuffle(arriving, new Random(seed));
            arriving.add(arriving.get(0));
            assertThat(run(arriving, VECTORS)).isEqualTo(expected);
        }
    }

    @Test
    void aModelOfTheSymbolGoesBeforeOneOfAllSymbols() throws Exception {
        ModelUpdate general = TestModels.anomaly(1, TestModels.ANY, 7, 0);
        ModelUpdate own = TestModels.anomaly(2, BTC, 1, minute(10));
        ModelUpdate other = TestModels.anomaly(3, "ETHUSDT", 9, 0);
        List<AnomalySignal> expected = new ArrayList<>(offline(general, VECTORS.subList(0, 10)));
        expected.addAll(offline(own, VECTORS.subList(10, 30)));
        assertThat(run(List.of(other, own, general), VECTORS)).isEqualTo(expected);
    }

    @Test
    void withoutAModelNothingIsScoredAndNothingIsKept() throws Exception {
        try (var operator = JOB.open()) {
            operator.open();
            for (FeatureVector vector : VECTORS) {
                operator.processElement(vector, vector.openTimeMs());
            }
            assertThat(operator.numEventTimeTimers()).isEqualTo(30);
            operator.watermark(Long.MAX_VALUE);
            assertThat(operator.extractOutputValues()).isEmpty();
            assertThat(operator.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void aRevisionIsScoredAgain() throws Exception {
        ModelUpdate model = TestModels.anomaly(1, TestModels.ANY, 1, 0);
        FeatureVector revised = SimulatedVectors.revised(VECTORS.get(3), 1, 0.5);
        try (var operator = JOB.open()) {
            operator.open();
            operator.processBroadcastElement(model, 0);
            operator.processBroadcastWatermark(Long.MAX_VALUE);
            for (FeatureVector vector : VECTORS) {
                operator.processElement(vector, vector.openTimeMs());
                operator.processWatermark(vector.openTimeMs() + Bar.MINUTE_MS - 1);
            }
            assertThat(operator.extractOutputValues()).hasSize(30);
            operator.processElement(revised, revised.openTimeMs());
            operator.processWatermark(Long.MAX_VALUE);
            assertThat(operator.extractOutputValues().subList(30, 31))
                    .isEqualTo(offline(model, List.of(revised)));
        }
    }

    @Test
    void restoringInTheMiddleChangesNoSignal() throws Exception {
        ModelUpdate first = TestModels.anomaly(1, TestModels.ANY, 1, 0);
        ModelUpdate second = TestModels.anomaly(2, TestModels.ANY, 2, minute(18));
        List<AnomalySignal> expected = run(List.of(first, second), VECTORS);
        List<AnomalySignal> all = new ArrayList<>();
        OperatorSubtaskState snapshot;
        try (var operator = JOB.open()) {
            operator.open();
            operator.processBroadcastElement(second, 0);
            for (FeatureVector vector : VECTORS.subList(0, 15)) {
                operator.processElement(vector, vector.openTimeMs());
            }
            operator.processBroadcastElement(first, 0);
            operator.watermark(minute(7) - 1);
            all.addAll(operator.extractOutputValues());
            snapshot = operator.snapshot(1, 1);
        }
        assertThat(all).hasSize(7);
        try (var operator = JOB.open()) {
            operator.initializeState(snapshot);
            operator.open();
            for (FeatureVector vector : VECTORS.subList(15, 30)) {
                operator.processElement(vector, vector.openTimeMs());
            }
            operator.watermark(Long.MAX_VALUE);
            all.addAll(operator.extractOutputValues());
        }
        assertThat(all).isEqualTo(expected);
    }

    private static List<AnomalySignal> run(List<ModelUpdate> models, List<FeatureVector> vectors)
            throws Exception {
        try (var operator = JOB.open()) {
            operator.open();
            int at = 0;
            for (FeatureVector vector : vectors) {
                operator.processElement(vector, vector.openTimeMs());
                if (at < models.size()) {
                    operator.processBroadcastElement(models.get(at++), 0);
                }
            }
            operator.watermark(Long.MAX_VALUE);
            return operator.extractOutputValues();
        }
    }

    private static List<AnomalySignal> offline(ModelUpdate model, List<FeatureVector> vectors) {
        AnomalyScorer scorer = AnomalyScorer.open(TestModels.artifact(model));
        return vectors.stream().map(scorer::score).flatMap(java.util.Optional::stream).toList();
    }

    /** Scores at once, which the job must not do: vectors without a model are dropped. */
    private static final class ScoringAtOnce
            extends KeyedBroadcastProcessFunction<
                    String, FeatureVector, ModelUpdate, AnomalySignal> {

        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(
                FeatureVector vector, ReadOnlyContext context, Collector<AnomalySignal> out)
                throws Exception {
            ModelUpdate model =
                    ModelBroadcast.select(
                            context.getBroadcastState(ModelBroadcast.STATE),
                            vector.symbol(),
                            vector.openTimeMs(),
                            any -> true);
            if (model != null) {
                offline(model, List.of(vector)).forEach(out::collect);
            }
        }

        @Override
        public void processBroadcastElement(
                ModelUpdate model, Context context, Collector<AnomalySignal> out) throws Exception {
            context.getBroadcastState(ModelBroadcast.STATE).put(ModelBroadcast.key(model), model);
        }
    }
}
