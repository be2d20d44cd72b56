package io.microstream.job.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.job.GoldenState;
import io.microstream.job.OperatorUids;
import io.microstream.job.SimulatedVectors;
import io.microstream.market.Bar;
import io.microstream.market.FeatureVector;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Features continue from the state that an older version of the operator wrote. */
class OlderFeaturesStateTest {

    private static final List<Bar> BARS = SimulatedVectors.bars("BTCUSDT", 0, 300);
    private static final int HALF = BARS.size() / 2;

    static Stream<GoldenState> versions() throws IOException {
        return GoldenState.of(OperatorUids.ROLLING_FEATURES);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void featuresContinueFromOlderState(GoldenState golden) throws Exception {
        if (golden.isToBeWritten()) {
            try (var operator = harness()) {
                operator.open();
                take(operator, BARS.subList(0, HALF));
                OperatorSubtaskState middle = operator.snapshot(1, 1);
                int before = operator.extractOutputValues().size();
                List<String> rest = rest(operator);
                golden.write(middle, rest.subList(before, rest.size()));
            }
        }
        try (var operator = harness()) {
            operator.initializeState(golden.middle());
            operator.open();
            assertThat(rest(operator)).hasSizeGreaterThan(100).isEqualTo(golden.expected());
        }
    }

    /** Returns the rest of the bars, and a revision of one that the older version processed. */
    private static List<String> rest(
            KeyedOneInputStreamOperatorTestHarness<String, Bar, FeatureVector> operator)
            throws Exception {
        take(operator, BARS.subList(HALF, BARS.size() - 100));
        take(operator, List.of(BARS.get(HALF - 5).withRevision(3)));
        take(operator, BARS.subList(BARS.size() - 100, BARS.size()));
        return operator.extractOutputValues().stream().map(OlderFeaturesStateTest::text).toList();
    }

    private static void take(
            KeyedOneInputStreamOperatorTestHarness<String, Bar, FeatureVector> operator,
            List<Bar> bars)
            throws Exception {
        for (Bar bar : bars) {
            operator.processElement(bar, bar.closeTimeMs());
        }
    }

    private static String text(FeatureVector vector) {
        return vector.openTimeMs()
                + " "
                + vector.schemaVersion()
                + " "
                + vector.barRevision()
                + " "
                + Arrays.toString(vector.values());
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Bar, FeatureVector> harness()
            throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new FeatureRolling(BarHistory.NONE)),
                Bar::symbol,
                Types.STRING);
    }
}
