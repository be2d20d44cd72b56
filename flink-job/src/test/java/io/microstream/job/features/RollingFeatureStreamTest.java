package io.microstream.job.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.job.SimulatedVectors;
import io.microstream.market.Bar;
import io.microstream.market.FeatureSchema;
import io.microstream.market.FeatureVector;
import io.microstream.market.RollingFeatures;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class RollingFeatureStreamTest {

    private static final String BTC = "BTCUSDT";
    private static final int HISTORY = 400;
    private static final List<Bar> ALL = SimulatedVectors.bars(BTC, HISTORY, 90);
    private static final List<Bar> FEED = ALL.subList(HISTORY, ALL.size());

    /** A history that holds the klines before the feed. */
    private record Recorded() implements BarHistory {
        @Override
        public List<Bar> before(String symbol, long openTimeMs, int bars) {
            return ALL.stream()
                    .filter(bar -> bar.symbol().equals(symbol))
                    .filter(bar -> bar.openTimeMs() < openTimeMs)
                    .filter(bar -> bar.openTimeMs() >= openTimeMs - bars * Bar.MINUTE_MS)
                    .toList();
        }
    }

    @Test
    void vectorsEqualThoseOfTheClassThatTrainingUses() throws Exception {
        try (var operator = open(BarHistory.NONE)) {
            for (Bar bar : FEED) {
                operator.processElement(bar, bar.closeTimeMs());
            }
            assertThat(operator.extractOutputValues()).isEqualTo(offline(FEED));
            assertThat(operator.getSideOutput(RollingFeatureStream.WARM_UP)).isNull();
        }
    }

    @Test
    void withHistoryTheFirstVectorIsComplete() throws Exception {
        try (var operator = open(new Recorded())) {
            operator.processElement(FEED.get(0), FEED.get(0).closeTimeMs());
            FeatureVector first = operator.extractOutputValues().get(0);
            assertThat(first).isEqualTo(offline(ALL).get(HISTORY));
            assertThat(first.value(RollingFeatures.SCHEMA, FeatureSchema.BASELINE_BARS))
                    .isEqualTo(HISTORY);
            // Taker sides are unknown in klines of six columns.
            for (String name : RollingFeatures.SCHEMA.names()) {
                assertThat(Double.isNaN(first.value(RollingFeatures.SCHEMA, name)))
                        .as(name)
                        .isEqualTo(name.equals(FeatureSchema.TAKER_IMBALANCE));
            }
        }
    }

    @Test
    void withoutHistoryTheTwentyFirstVectorIsTheFirstComplete() throws Exception {
        try (var operator = open(BarHistory.NONE)) {
            for (Bar bar : FEED) {
                operator.processElement(bar, bar.closeTimeMs());
            }
            List<FeatureVector> vectors = operator.extractOutputValues();
            for (String name :
                    List.of(
                            FeatureSchema.ACTIVITY_RATIO,
                            FeatureSchema.LOG_VOLATILITY,
                            FeatureSchema.SCALED_RETURN)) {
                assertThat(vectors.get(19).value(RollingFeatures.SCHEMA, name)).as(name).isNaN();
                assertThat(vectors.get(20).value(RollingFeatures.SCHEMA, name)).as(name).isFinite();
            }
        }
    }

    @Test
    void theNewestVectorsOfTheHistoryWarmTheFilters() throws Exception {
        try (var operator = open(new Recorded())) {
            operator.processElement(FEED.get(0), FEED.get(0).closeTimeMs());
            operator.processElement(FEED.get(1), FEED.get(1).closeTimeMs());
            List<FeatureVector> warm =
                    operator.getSideOutput(RollingFeatureStream.WARM_UP).stream()
                            .map(StreamRecord::getValue)
                            .toList();
            assertThat(warm).hasSize(240);
            assertThat(warm)
                    .isEqualTo(
                            offline(ALL).subList(HISTORY - 240, HISTORY).stream()
                                    .map(RollingFeatureStreamTest::asHistory)
                                    .toList());
        }
    }

    @Test
    void aRevisionEmitsItsVectorAndThoseOfLaterBars() throws Exception {
        Bar revised = wider(FEED.get(70)).withRevision(1);
        List<Bar> last = new ArrayList<>(FEED);
        last.set(70, revised);
        try (var operator = open(BarHistory.NONE)) {
            for (Bar bar : FEED) {
                operator.processElement(bar, bar.closeTimeMs());
            }
            operator.processElement(revised, revised.closeTimeMs());
            List<FeatureVector> vectors = operator.extractOutputValues();
            assertThat(vectors.subList(90, vectors.size()))
                    .isEqualTo(offline(last).subList(70, 90));
        }
    }

    @Test
    void restoredInTheMiddleItContinuesBitForBit() throws Exception {
        List<FeatureVector> expected = offline(ALL).subList(HISTORY, ALL.size());
        for (int cut : new int[] {1, 20, 60}) {
            List<FeatureVector> all = new ArrayList<>();
            OperatorSubtaskState snapshot;
            try (var operator = open(new Recorded())) {
                for (Bar bar : FEED.subList(0, cut)) {
                    operator.processElement(bar, bar.closeTimeMs());
                }
                all.addAll(operator.extractOutputValues());
                snapshot = operator.snapshot(1, 1);
            }
            try (var operator = harness(BarHistory.NONE)) {
                operator.initializeState(snapshot);
                operator.open();
                for (Bar bar : FEED.subList(cut, FEED.size())) {
                    operator.processElement(bar, bar.closeTimeMs());
                }
                all.addAll(operator.extractOutputValues());
            }
            assertThat(all).isEqualTo(expected);
        }
    }

    @Test
    void stateIsOneEntryPerSymbol() throws Exception {
        try (var operator = open(BarHistory.NONE)) {
            for (Bar bar : FEED) {
                operator.processElement(bar, bar.closeTimeMs());
            }
            assertThat(operator.numKeyedStateEntries()).isEqualTo(1);
            assertThat(operator.numEventTimeTimers()).isZero();
        }
    }

    private static FeatureVector asHistory(FeatureVector vector) {
        return new FeatureVector(
                vector.symbol(),
                vector.openTimeMs(),
                vector.schemaVersion(),
                FeatureVector.HISTORY,
                vector.values());
    }

    private static Bar wider(Bar bar) {
        return new Bar(
                bar.symbol(),
                bar.openTimeMs(),
                bar.open(),
                bar.high().add(bar.high()),
                bar.low(),
                bar.high(),
                bar.volume().add(bar.volume()),
                null,
                null,
                null,
                -1,
                -1,
                -1,
                true,
                true,
                0);
    }

    private static List<FeatureVector> offline(List<Bar> bars) {
        RollingFeatures features = new RollingFeatures(BTC);
        List<FeatureVector> vectors = new ArrayList<>();
        bars.forEach(bar -> features.update(bar, vectors::add));
        return vectors;
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Bar, FeatureVector> open(
            BarHistory history) throws Exception {
        var operator = harness(history);
        operator.open();
        return operator;
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Bar, FeatureVector> harness(
            BarHistory history) throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new FeatureRolling(history)), Bar::symbol, Types.STRING);
    }
}
