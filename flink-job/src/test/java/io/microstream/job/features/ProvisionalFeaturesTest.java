package io.microstream.job.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.job.SimulatedVectors;
import io.microstream.market.Bar;
import io.microstream.market.FeatureVector;
import io.microstream.market.RollingFeatures;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProvisionalFeaturesTest {

    private static final List<Bar> ALL = SimulatedVectors.bars("BTCUSDT", 300, 40);
    private static final List<Bar> FEED = ALL.subList(300, 340);
    private static final AtomicInteger READS = new AtomicInteger();

    /** A history of the klines before the feed, of which the newest may be lacking. */
    private record Recorded(int lacking) implements BarHistory {
        @Override
        public List<Bar> before(String symbol, long openTimeMs, int bars) {
            READS.incrementAndGet();
            List<Bar> before = ALL.stream().filter(bar -> bar.openTimeMs() < openTimeMs).toList();
            return before.subList(0, before.size() - lacking);
        }
    }

    @BeforeEach
    void resetReads() {
        READS.set(0);
    }

    @Test
    void aProvisionalVectorEqualsThatOfTheSameFinalBar() throws Exception {
        for (BarHistory history : List.of(BarHistory.NONE, new Recorded(0), new Recorded(1))) {
            List<FeatureVector> finals = without(history);
            try (var operator = open(history)) {
                List<FeatureVector> expected = new ArrayList<>();
                for (int i = 0; i < FEED.size(); i++) {
                    Bar bar = FEED.get(i);
                    operator.processElement(provisional(bar), 0);
                    operator.processElement(provisional(bar), 0);
                    operator.processElement(bar, bar.closeTimeMs());
                    expected.add(finals.get(i));
                }
                List<FeatureVector> vectors = operator.extractOutputValues();
                assertThat(vectors).hasSize(3 * FEED.size());
                assertThat(vectors.stream().filter(v -> !v.isProvisional()).toList())
                        .isEqualTo(expected);
                boolean cold = history.equals(new Recorded(1));
                for (int i = cold ? 1 : 0; i < FEED.size(); i++) {
                    FeatureVector shown = vectors.get(3 * i + 1);
                    assertThat(shown.isProvisional()).isTrue();
                    assertThat(shown.values()).isEqualTo(finals.get(i).values());
                    assertThat(shown.openTimeMs()).isEqualTo(finals.get(i).openTimeMs());
                }
            }
        }
    }

    private static List<FeatureVector> without(BarHistory history) throws Exception {
        try (var operator = open(history)) {
            for (Bar bar : FEED) {
                operator.processElement(bar, bar.closeTimeMs());
            }
            return operator.extractOutputValues();
        }
    }

    /** Regimes of the first minute are then provisional at once and not a minute later. */
    @Test
    void theFirstProvisionalBarReadsTheHistoryOnce() throws Exception {
        try (var operator = open(new Recorded(0))) {
            for (int i = 0; i < 3; i++) {
                operator.processElement(provisional(FEED.get(0)), 0);
            }
            operator.processElement(FEED.get(0), 0);
            assertThat(operator.extractOutputValues())
                    .allMatch(
                            vector -> vector.value(RollingFeatures.SCHEMA, "baseline_bars") == 300);
            assertThat(operator.getSideOutput(RollingFeatureStream.WARM_UP)).hasSize(240);
            assertThat(READS).hasValue(1);
        }
    }

    /** The exchange may not have the last kline yet when the first provisional bar is made. */
    @Test
    void anUnfinishedHistoryIsReadAgainForTheFinalBar() throws Exception {
        try (var operator = open(new Recorded(1))) {
            for (int i = 0; i < 3; i++) {
                operator.processElement(provisional(FEED.get(0)), 0);
            }
            assertThat(READS).hasValue(1);
            assertThat(operator.numKeyedStateEntries()).isZero();
            assertThat(operator.getSideOutput(RollingFeatureStream.WARM_UP)).isNull();
            operator.processElement(FEED.get(0), 0);
            assertThat(READS).hasValue(2);
            assertThat(operator.getSideOutput(RollingFeatureStream.WARM_UP)).hasSize(240);
        }
    }

    @Test
    void aProvisionalBarOfAClosedMinuteEmitsNothing() throws Exception {
        try (var operator = open(BarHistory.NONE)) {
            operator.processElement(FEED.get(0), 0);
            operator.processElement(provisional(FEED.get(0)), 0);
            assertThat(operator.extractOutputValues()).hasSize(1);
        }
    }

    private static Bar provisional(Bar bar) {
        return new Bar(
                bar.symbol(),
                bar.openTimeMs(),
                bar.open(),
                bar.high(),
                bar.low(),
                bar.close(),
                bar.volume(),
                bar.quoteVolume(),
                bar.takerBuyVolume(),
                bar.takerBuyQuoteVolume(),
                bar.tradeCount(),
                bar.firstTradeId(),
                bar.lastTradeId(),
                false,
                false,
                Bar.PROVISIONAL,
                77);
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Bar, FeatureVector> open(
            BarHistory history) throws Exception {
        KeyedOneInputStreamOperatorTestHarness<String, Bar, FeatureVector> operator =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(new FeatureRolling(history)),
                        Bar::symbol,
                        Types.STRING);
        operator.open();
        return operator;
    }
}
