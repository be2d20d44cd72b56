package io.microstream.job.bars;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.source.EventTypeInfo;
import io.microstream.market.Bar;
import io.microstream.market.CompletenessMark;
import io.microstream.market.DataQuality;
import io.microstream.market.DataQuality.Kind;
import io.microstream.market.FeedEvent;
import io.microstream.market.StreamEvent;
import io.microstream.market.Trade;
import io.microstream.testing.Trades;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.metrics.groups.InternalOperatorMetricGroup;
import org.apache.flink.runtime.metrics.groups.UnregisteredMetricGroups.UnregisteredTaskMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingOperatorMetricGroup;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class MarketFeedTest {

    private static final List<String> GAUGES =
            List.of(
                    FeedCounts.TRADES,
                    FeedCounts.GAPS,
                    FeedCounts.MISSING,
                    FeedCounts.REPAIRED_GAPS,
                    FeedCounts.REPAIRED,
                    FeedCounts.DUPLICATES,
                    FeedCounts.MALFORMED,
                    FeedCounts.DISCONNECTS,
                    FeedCounts.STALLS);

    private final InterceptingOperatorMetricGroup metrics = new InterceptingOperatorMetricGroup();

    @Test
    void tradesAndCompletenessMarksKeepTheirOrder() throws Exception {
        Trade first = Trades.trade("BTCUSDT").id(1).build();
        Trade second = Trades.trade("BTCUSDT").id(2).build();
        CompletenessMark mark = new CompletenessMark("BTCUSDT", 60_000);
        try (var splitting = splitting()) {
            splitting.open();
            take(splitting, first);
            take(splitting, mark);
            take(splitting, fault(Kind.STALL, 0, 0, 0));
            take(splitting, mark);
            take(splitting, Bar.empty("BTCUSDT", 0, BigDecimal.ONE, true));
            take(splitting, second);
            assertThat(splitting.extractOutputValues()).containsExactly(first, mark, mark, second);
        }
        assertThat(gauges())
                .containsEntry(FeedCounts.TRADES, 2L)
                .containsEntry(FeedCounts.STALLS, 1L);
    }

    @Test
    void aGapCountsAsRepairedOnlyIfNothingIsMissing() throws Exception {
        try (var splitting = splitting()) {
            splitting.open();
            take(splitting, fault(Kind.GAP, 0, 7, 0));
            take(splitting, fault(Kind.GAP, 5, 0, 0));
            take(splitting, fault(Kind.GAP, 2, 30, 0));
        }
        assertThat(gauges())
                .containsEntry(FeedCounts.GAPS, 2L)
                .containsEntry(FeedCounts.MISSING, 7L)
                .containsEntry(FeedCounts.REPAIRED_GAPS, 1L)
                .containsEntry(FeedCounts.REPAIRED, 37L);
    }

    @Test
    void gaugesContinueThroughARestore() throws Exception {
        OperatorSubtaskState state;
        try (var splitting = splitting()) {
            splitting.open();
            takeOneOfEach(splitting);
            state = splitting.snapshot(1, 1);
            takeOneOfEach(splitting);
        }
        try (var splitting = splitting()) {
            splitting.initializeState(state);
            splitting.open();
            takeOneOfEach(splitting);
        }
        Map<String, Long> expected = new TreeMap<>();
        GAUGES.forEach(name -> expected.put(name, 2L));
        expected.put(FeedCounts.MISSING, 6L);
        expected.put(FeedCounts.REPAIRED, 8L);
        expected.put(FeedCounts.DUPLICATES, 10L);
        assertThat(gauges()).isEqualTo(expected);
    }

    private static void takeOneOfEach(
            OneInputStreamOperatorTestHarness<FeedEvent, StreamEvent> splitting) throws Exception {
        take(splitting, Trades.trade("BTCUSDT").build());
        take(splitting, fault(Kind.GAP, 3, 0, 0));
        take(splitting, fault(Kind.GAP, 0, 4, 0));
        take(splitting, fault(Kind.DUPLICATE, 0, 0, 5));
        take(splitting, fault(Kind.MALFORMED, 0, 0, 1));
        take(splitting, fault(Kind.TRADE_ID_JUMP, 0, 0, 0));
        take(splitting, fault(Kind.DISCONNECT, 0, 0, 0));
        take(splitting, fault(Kind.STALL, 0, 0, 0));
        take(splitting, fault(Kind.HALT, 0, 0, 0));
        take(splitting, fault(Kind.ID_RESET, 0, 0, 0));
    }

    private static FeedEvent fault(Kind kind, long missing, long repaired, long rows) {
        return new DataQuality("BTCUSDT", 0, kind, 1, 2, missing, repaired, rows, "detail");
    }

    private static void take(
            OneInputStreamOperatorTestHarness<FeedEvent, StreamEvent> splitting, FeedEvent event)
            throws Exception {
        splitting.processElement(event, 0);
    }

    /** Returns the values of the operator's gauges by their names. */
    private Map<String, Long> gauges() {
        Map<String, Long> values = new TreeMap<>();
        for (String name : GAUGES) {
            values.put(name, (Long) ((Gauge<?>) metrics.get(name)).getValue());
        }
        return values;
    }

    /** Returns the operator that {@link MarketFeed} puts into a job. */
    @SuppressWarnings("unchecked")
    private OneInputStreamOperatorTestHarness<FeedEvent, StreamEvent> splitting() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        MarketFeed feed = MarketFeed.of(env.fromData(List.of(), EventTypeInfo.FEED_EVENT), 1);
        var transformation =
                (OneInputTransformation<FeedEvent, StreamEvent>) feed.events().getTransformation();
        OneInputStreamOperatorTestHarness<FeedEvent, StreamEvent> splitting =
                new OneInputStreamOperatorTestHarness<>(
                        transformation.getOperator(), environment());
        splitting.setup(feed.events().getType().createSerializer(new SerializerConfigImpl()));
        return splitting;
    }

    private MockEnvironment environment() {
        return new MockEnvironmentBuilder()
                .setMetricGroup(
                        new UnregisteredTaskMetricGroup() {
                            @Override
                            public InternalOperatorMetricGroup getOrAddOperator(
                                    OperatorID id, String name, Map<String, String> variables) {
                                return metrics;
                            }
                        })
                .build();
    }
}
