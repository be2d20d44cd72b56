package io.microstream.job.scoring;

import static io.microstream.job.SimulatedVectors.minute;
import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.job.Harnesses;
import io.microstream.job.ModelUpdate;
import io.microstream.job.SimulatedVectors;
import io.microstream.job.TestModels;
import io.microstream.market.AnomalySignal;
import io.microstream.market.Bar;
import io.microstream.market.FeatureVector;
import io.microstream.market.RegimeSignal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ProvisionalScoringTest {

    private static final int MINUTES = 40;
    private static final List<FeatureVector> VECTORS = SimulatedVectors.of("BTCUSDT", MINUTES);
    private static final ModelUpdate REGIME = TestModels.regime(1, TestModels.ANY, 1, 0);
    private static final ModelUpdate ANOMALY = TestModels.anomaly(1, TestModels.ANY, 1, 0);

    @Test
    void aProvisionalVectorIsScoredAtOnceByTheModelInForceAsFarAsIsKnown() throws Exception {
        ModelUpdate second = TestModels.anomaly(2, TestModels.ANY, 2, minute(5));
        try (var operator = open(AnomalyScoring::of)) {
            operator.processElement(provisional(VECTORS.get(0)), 0);
            assertThat(operator.extractOutputValues()).as("no model yet").isEmpty();
            operator.processBroadcastElement(ANOMALY, 0);
            operator.processElement(provisional(VECTORS.get(5)), 0);
            operator.processBroadcastElement(second, 0);
            operator.processElement(provisional(VECTORS.get(5)), 0);
            operator.processElement(provisional(VECTORS.get(4)), 0);
            assertThat(operator.extractOutputValues())
                    .extracting(AnomalySignal::modelVersion)
                    .containsExactly(1L, 2L, 1L);
            assertThat(operator.extractOutputValues())
                    .allMatch(signal -> signal.barRevision() == Bar.PROVISIONAL)
                    .allMatch(signal -> signal.receivedAtMs() == 77);
            assertThat(operator.numEventTimeTimers()).isZero();
        }
    }

    /**
     * Final vectors may wait minutes for the watermark; the provisional signal takes them into
     * account all the same, so it equals its final one.
     */
    @Test
    void aProvisionalRegimeIsWhatTheFinalOneWillBeHoweverManyFinalsWait() throws Exception {
        List<RegimeSignal> expected = finals(RegimeFiltering::of, REGIME);
        for (int waiting : new int[] {0, 1, 3, 40}) {
            try (var operator = open(RegimeFiltering::of)) {
                operator.processBroadcastElement(REGIME, 0);
                for (int i = 0; i < MINUTES; i++) {
                    operator.processElement(provisional(VECTORS.get(i)), 0);
                    List<RegimeSignal> all = operator.extractOutputValues();
                    RegimeSignal shown = all.get(all.size() - 1);
                    assertThat(shown.barRevision()).isEqualTo(Bar.PROVISIONAL);
                    assertThat(shown.receivedAtMs()).isEqualTo(77);
                    assertThat(shown)
                            .usingRecursiveComparison()
                            .ignoringFields("barRevision", "receivedAtMs", "origin")
                            .isEqualTo(expected.get(i));
                    operator.processElement(VECTORS.get(i), 0);
                    operator.watermark(minute(i + 1 - waiting) - 1);
                }
                operator.watermark(Long.MAX_VALUE);
                assertThat(finals(operator.extractOutputValues())).isEqualTo(expected);
            }
        }
    }

    /** Previews a vector while the history before the feed is still waiting. */
    @Test
    void waitingHistoryWarmsTheProvisionalRegimeAndIsNotPublished() throws Exception {
        List<RegimeSignal> expected = finals(RegimeFiltering::of, REGIME);
        try (var operator = open(RegimeFiltering::of)) {
            operator.processBroadcastElement(REGIME, 0);
            for (FeatureVector vector : VECTORS.subList(0, 30)) {
                operator.processElement(marked(vector, FeatureVector.HISTORY), 0);
            }
            operator.processElement(provisional(VECTORS.get(30)), 0);
            assertThat(operator.extractOutputValues()).hasSize(1);
            assertThat(operator.extractOutputValues().get(0).pCrisis())
                    .isEqualTo(expected.get(30).pCrisis());
            operator.processElement(VECTORS.get(30), 0);
            operator.watermark(Long.MAX_VALUE);
            assertThat(finals(operator.extractOutputValues())).containsExactly(expected.get(30));
        }
    }

    @Test
    void finalSignalsAreTheSameWithProvisionalOnesBetweenThemAndWithout() throws Exception {
        sameWithAndWithout(RegimeFiltering::of, REGIME, ProvisionalScoringTest::finals);
        sameWithAndWithout(
                AnomalyScoring::of,
                ANOMALY,
                signals -> signals.stream().filter(s -> s.barRevision() >= 0).toList());
    }

    private static <S> void sameWithAndWithout(
            Harnesses.Scoring<S> scoring,
            ModelUpdate model,
            java.util.function.UnaryOperator<List<S>> finals)
            throws Exception {
        List<S> expected = finals(scoring, model);
        try (var operator = open(scoring)) {
            operator.processBroadcastElement(model, 0);
            for (int i = 0; i < MINUTES; i++) {
                double[] wild = VECTORS.get(i).values().clone();
                Arrays.setAll(wild, feature -> 3 * wild[feature] - 1);
                FeatureVector shown = provisional(VECTORS.get(i));
                operator.processElement(
                        new FeatureVector(
                                shown.symbol(),
                                shown.openTimeMs(),
                                shown.schemaVersion(),
                                shown.barRevision(),
                                wild),
                        0);
                operator.processElement(shown, 0);
                operator.processElement(VECTORS.get(i), 0);
                operator.watermark(minute(i - 1) - 1);
            }
            operator.watermark(Long.MAX_VALUE);
            List<S> all = operator.extractOutputValues();
            assertThat(finals.apply(all)).isEqualTo(expected);
            assertThat(all).hasSize(3 * MINUTES);
        }
    }

    private static <S> List<S> finals(Harnesses.Scoring<S> scoring, ModelUpdate model)
            throws Exception {
        try (var operator = open(scoring)) {
            operator.processBroadcastElement(model, 0);
            for (FeatureVector vector : VECTORS) {
                operator.processElement(vector, 0);
            }
            operator.watermark(Long.MAX_VALUE);
            return new ArrayList<>(operator.extractOutputValues());
        }
    }

    private static List<RegimeSignal> finals(List<RegimeSignal> signals) {
        return signals.stream().filter(signal -> signal.barRevision() >= 0).toList();
    }

    private static FeatureVector provisional(FeatureVector vector) {
        return marked(vector, Bar.PROVISIONAL);
    }

    private static FeatureVector marked(FeatureVector vector, int revision) {
        return new FeatureVector(
                vector.symbol(),
                vector.openTimeMs(),
                vector.schemaVersion(),
                revision,
                vector.values(),
                77);
    }

    private static <S>
            KeyedBroadcastOperatorTestHarness<String, FeatureVector, ModelUpdate, S> open(
                    Harnesses.Scoring<S> scoring) throws Exception {
        var operator = Harnesses.scoring(scoring);
        operator.open();
        return operator;
    }
}
