package io.microstream.job.scoring;

import static io.microstream.job.SimulatedVectors.minute;
import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.job.GoldenState;
import io.microstream.job.Harnesses;
import io.microstream.job.ModelUpdate;
import io.microstream.job.OperatorUids;
import io.microstream.job.SimulatedVectors;
import io.microstream.job.TestModels;
import io.microstream.market.AnomalySignal;
import io.microstream.market.FeatureVector;
import io.microstream.market.RegimeSignal;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Restores state that an older version of the job wrote, waiting vectors included. */
class OlderScoringStateTest {

    private static final List<FeatureVector> VECTORS = SimulatedVectors.of("BTCUSDT", 60);
    private static final int HALF = 30;
    private static final int WAITING = 8;

    static Stream<GoldenState> regimes() throws IOException {
        return GoldenState.of(OperatorUids.REGIME_FILTERING);
    }

    static Stream<GoldenState> anomalies() throws IOException {
        return GoldenState.of(OperatorUids.ANOMALY_SCORING);
    }

    @ParameterizedTest
    @MethodSource("regimes")
    void regimesGoOnFromIt(GoldenState golden) throws Exception {
        goesOn(
                golden,
                RegimeFiltering::of,
                OlderScoringStateTest::text,
                TestModels.regime(1, TestModels.ANY, 1, 0),
                TestModels.regime(2, TestModels.ANY, 2, minute(HALF + 4)));
    }

    @ParameterizedTest
    @MethodSource("anomalies")
    void anomaliesGoOnFromIt(GoldenState golden) throws Exception {
        goesOn(
                golden,
                AnomalyScoring::of,
                OlderScoringStateTest::text,
                TestModels.anomaly(1, TestModels.ANY, 1, 0),
                TestModels.anomaly(2, TestModels.ANY, 2, minute(HALF + 4)));
    }

    private static <S> void goesOn(
            GoldenState golden,
            Harnesses.Scoring<S> scoring,
            Function<S, String> text,
            ModelUpdate... models)
            throws Exception {
        if (golden.isToBeWritten()) {
            try (var operator = Harnesses.scoring(scoring)) {
                operator.open();
                for (ModelUpdate model : models) {
                    operator.processBroadcastElement(model, 0);
                }
                take(operator, VECTORS.subList(0, HALF + WAITING));
                operator.watermark(minute(HALF) - 1);
                OperatorSubtaskState middle = operator.snapshot(1, 1);
                int before = operator.extractOutputValues().size();
                List<String> rest = rest(operator, text);
                golden.write(middle, rest.subList(before, rest.size()));
            }
        }
        try (var operator = Harnesses.scoring(scoring)) {
            operator.initializeState(golden.middle());
            operator.open();
            assertThat(rest(operator, text)).hasSize(HALF).isEqualTo(golden.expected());
        }
    }

    private static <S> List<String> rest(
            KeyedBroadcastOperatorTestHarness<String, FeatureVector, ModelUpdate, S> operator,
            Function<S, String> text)
            throws Exception {
        take(operator, VECTORS.subList(HALF + WAITING, VECTORS.size()));
        operator.watermark(Long.MAX_VALUE);
        return operator.extractOutputValues().stream().map(text).toList();
    }

    private static <S> void take(
            KeyedBroadcastOperatorTestHarness<String, FeatureVector, ModelUpdate, S> operator,
            List<FeatureVector> vectors)
            throws Exception {
        for (FeatureVector vector : vectors) {
            operator.processElement(vector, vector.openTimeMs());
        }
    }

    private static String text(RegimeSignal signal) {
        return String.join(
                " ",
                signal.openTimeMs() + " " + signal.modelId() + " " + signal.modelVersion(),
                signal.regime() + " " + signal.confirmedRegime(),
                signal.pStable() + " " + signal.pVolatile() + " " + signal.pCrisis(),
                signal.surprise() + " " + signal.surpriseThreshold() + " " + signal.isSurprising(),
                signal.isShadow() + " " + signal.barRevision());
    }

    private static String text(AnomalySignal signal) {
        return String.join(
                " ",
                signal.openTimeMs() + " " + signal.modelId() + " " + signal.modelVersion(),
                signal.score() + " " + signal.threshold() + " " + signal.isAnomaly(),
                signal.severity() + " " + new TreeMap<>(signal.attribution()),
                signal.isShadow() + " " + signal.barRevision());
    }
}
