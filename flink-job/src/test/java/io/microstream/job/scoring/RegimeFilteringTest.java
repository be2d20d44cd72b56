package io.microstream.job.scoring;

import static io.microstream.job.SimulatedVectors.minute;
import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.job.Harnesses;
import io.microstream.job.ModelUpdate;
import io.microstream.job.SimulatedVectors;
import io.microstream.job.TestModels;
import io.microstream.market.Bar;
import io.microstream.market.FeatureVector;
import io.microstream.market.RegimeSignal;
import io.microstream.models.RegimeFilterState;
import io.microstream.models.RegimeScorer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.junit.jupiter.api.Test;

class RegimeFilteringTest {

    private static final String BTC = "BTCUSDT";
    private static final List<FeatureVector> VECTORS = SimulatedVectors.of(BTC, 60);

    @Test
    void signalsWaitForTheModelsAndEqualTheOfflineFilter() throws Exception {
        ModelUpdate model = TestModels.regime(1, TestModels.ANY, 1, 0);
        try (var operator = open()) {
            for (FeatureVector vector : VECTORS) {
                operator.processElement(vector, vector.openTimeMs());
            }
            operator.processWatermark(Long.MAX_VALUE);
            assertThat(operator.extractOutputValues()).isEmpty();
            operator.processBroadcastElement(model, 0);
            operator.processBroadcastWatermark(minute(20) - 1);
            assertThat(operator.extractOutputValues()).hasSize(20);
            operator.processBroadcastWatermark(Long.MAX_VALUE);
            assertThat(operator.extractOutputValues()).isEqualTo(offline(model, VECTORS));
        }
    }

    @Test
    void theHistoryWarmsTheFilterAndIsNotPublished() throws Exception {
        ModelUpdate model = TestModels.regime(1, TestModels.ANY, 1, 0);
        List<FeatureVector> fed = new ArrayList<>();
        VECTORS.subList(0, 40).forEach(vector -> fed.add(asHistory(vector)));
        fed.addAll(VECTORS.subList(40, 60));
        try (var operator = open()) {
            // History comes over another channel, maybe after the first vectors of the feed.
            for (int i = 59; i >= 0; i--) {
                operator.processElement(fed.get(i), fed.get(i).openTimeMs());
            }
            operator.processBroadcastElement(model, 0);
            operator.watermark(Long.MAX_VALUE);
            assertThat(operator.extractOutputValues())
                    .isEqualTo(offline(model, VECTORS).subList(40, 60));
        }
    }

    @Test
    void aModelInForceLaterFiltersTheVectorsBeforeItAgain() throws Exception {
        ModelUpdate first = TestModels.regime(1, TestModels.ANY, 1, minute(10));
        ModelUpdate second = TestModels.regime(2, TestModels.ANY, 2, minute(30));
        List<RegimeSignal> expected = takenOver(first, second, VECTORS, 10, 30);
        for (boolean secondFirst : new boolean[] {true, false}) {
            try (var operator = open()) {
                operator.processBroadcastElement(secondFirst ? second : first, 0);
                for (FeatureVector vector : VECTORS) {
                    operator.processElement(vector, vector.openTimeMs());
                }
                operator.processBroadcastElement(secondFirst ? first : second, 0);
                operator.watermark(Long.MAX_VALUE);
                assertThat(operator.extractOutputValues()).isEqualTo(expected);
            }
        }
    }

    @Test
    void aRevisionIsFilteredAgainWithAllVectorsAfterIt() throws Exception {
        ModelUpdate model = TestModels.regime(1, TestModels.ANY, 1, 0);
        List<FeatureVector> revised = revisedFrom(25);
        List<FeatureVector> last = new ArrayList<>(VECTORS.subList(0, 25));
        last.addAll(revised);
        for (boolean early : new boolean[] {true, false}) {
            assertThat(newest(runRevised(List.of(model), revised, early)))
                    .isEqualTo(newest(offline(model, last)));
        }
    }

    /**
     * A revision of a bar before the takeover must neither bring signals of the old model on bars
     * after it, nor leave the new model's signals on them unrevised.
     */
    @Test
    void aRevisionFromBeforeATakeoverIsScoredByEachModelInItsOwnTime() throws Exception {
        ModelUpdate first = TestModels.regime(1, TestModels.ANY, 1, 0);
        ModelUpdate second = TestModels.regime(2, TestModels.ANY, 2, minute(30));
        List<FeatureVector> revised = revisedFrom(25);
        List<FeatureVector> last = new ArrayList<>(VECTORS.subList(0, 25));
        last.addAll(revised);
        for (boolean early : new boolean[] {true, false}) {
            List<RegimeSignal> signals = runRevised(List.of(second, first), revised, early);
            assertThat(signals)
                    .allSatisfy(
                            signal ->
                                    assertThat(signal.modelVersion())
                                            .isEqualTo(signal.openTimeMs() < minute(30) ? 1 : 2));
            assertThat(newest(signals)).isEqualTo(newest(takenOver(first, second, last, 0, 30)));
        }
    }

    @Test
    void aRevisionOfOneBarCostsOneSignalForEachBarSince() throws Exception {
        ModelUpdate model = TestModels.regime(1, TestModels.ANY, 1, 0);
        assertThat(runRevised(List.of(model), revisedFrom(25), false)).hasSize(60 + 35);
    }

    @Test
    void restoringInTheMiddleChangesNoSignal() throws Exception {
        ModelUpdate first = TestModels.regime(1, TestModels.ANY, 1, 0);
        ModelUpdate second = TestModels.regime(2, TestModels.ANY, 2, minute(30));
        List<RegimeSignal> expected = takenOver(first, second, VECTORS, 0, 30);
        for (int cut : new int[] {5, 29, 30, 31, 50}) {
            List<RegimeSignal> all = new ArrayList<>();
            OperatorSubtaskState snapshot;
            try (var operator = open()) {
                operator.processBroadcastElement(first, 0);
                operator.processBroadcastElement(second, 0);
                for (FeatureVector vector : VECTORS.subList(0, cut + 5)) {
                    operator.processElement(vector, vector.openTimeMs());
                }
                operator.watermark(minute(cut) - 1);
                all.addAll(operator.extractOutputValues());
                snapshot = operator.snapshot(1, 1);
            }
            assertThat(all).hasSize(cut);
            try (var operator = Harnesses.scoring(RegimeFiltering::of)) {
                operator.initializeState(snapshot);
                operator.open();
                for (FeatureVector vector : VECTORS.subList(cut + 5, 60)) {
                    operator.processElement(vector, vector.openTimeMs());
                }
                operator.watermark(Long.MAX_VALUE);
                all.addAll(operator.extractOutputValues());
            }
            assertThat(all).isEqualTo(expected);
        }
    }

    /** Returns the vectors from a minute on as a late trade would change them. */
    private static List<FeatureVector> revisedFrom(int minute) {
        List<FeatureVector> revised = new ArrayList<>();
        for (FeatureVector vector : VECTORS.subList(minute, 60)) {
            revised.add(SimulatedVectors.revised(vector, revised.isEmpty() ? 1 : 0, 0.1));
        }
        return revised;
    }

    /**
     * Runs all vectors, then the revised ones.
     *
     * @param early whether the revision comes while all vectors still wait
     */
    private static List<RegimeSignal> runRevised(
            List<ModelUpdate> models, List<FeatureVector> revised, boolean early) throws Exception {
        try (var operator = open()) {
            for (ModelUpdate model : models) {
                operator.processBroadcastElement(model, 0);
            }
            for (FeatureVector vector : VECTORS) {
                operator.processElement(vector, vector.openTimeMs());
            }
            if (!early) {
                operator.watermark(minute(60) - 1);
                assertThat(operator.extractOutputValues()).hasSize(60);
            }
            for (FeatureVector vector : revised) {
                operator.processElement(vector, vector.openTimeMs());
            }
            operator.watermark(Long.MAX_VALUE);
            return operator.extractOutputValues();
        }
    }

    private static KeyedBroadcastOperatorTestHarness<
                    String, FeatureVector, ModelUpdate, RegimeSignal>
            open() throws Exception {
        var operator = Harnesses.scoring(RegimeFiltering::of);
        operator.open();
        return operator;
    }

    private static List<RegimeSignal> offline(ModelUpdate model, List<FeatureVector> vectors) {
        return takenOver(model, model, vectors, 0, vectors.size());
    }

    private static List<RegimeSignal> takenOver(
            ModelUpdate first,
            ModelUpdate second,
            List<FeatureVector> vectors,
            int firstFrom,
            int secondFrom) {
        RegimeScorer old = RegimeScorer.open(TestModels.artifact(first));
        RegimeScorer young = RegimeScorer.open(TestModels.artifact(second));
        RegimeFilterState state = new RegimeFilterState();
        List<RegimeSignal> signals = new ArrayList<>();
        for (int i = firstFrom; i < vectors.size(); i++) {
            signals.addAll((i < secondFrom ? old : young).update(state, vectors.get(i)));
        }
        return signals;
    }

    private static Map<Long, RegimeSignal> newest(List<RegimeSignal> signals) {
        Map<Long, RegimeSignal> newest = new LinkedHashMap<>();
        signals.forEach(
                signal ->
                        newest.put(
                                signal.openTimeMs() / Bar.MINUTE_MS * 10 + signal.modelVersion(),
                                signal));
        return newest;
    }

    private static FeatureVector asHistory(FeatureVector vector) {
        return new FeatureVector(
                vector.symbol(),
                vector.openTimeMs(),
                vector.schemaVersion(),
                FeatureVector.HISTORY,
                vector.values());
    }
}
