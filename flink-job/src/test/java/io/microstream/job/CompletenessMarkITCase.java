package io.microstream.job;

import static io.microstream.testing.Trades.T0;
import static io.microstream.testing.Trades.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.source.EventTypeInfo;
import io.microstream.job.bars.FeedCounts;
import io.microstream.job.config.PipelineConfig;
import io.microstream.job.features.BarHistory;
import io.microstream.market.Bar;
import io.microstream.market.CompletenessMark;
import io.microstream.market.FeedEvent;
import io.microstream.market.Trade;
import io.microstream.tables.Tables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

/** One busy symbol and others that hardly trade but get a completeness mark each minute. */
class CompletenessMarkITCase {

    private static final int MINUTES = 240;
    private static final List<String> SPARSE = List.of("ALPHAUSDT", "BETAUSDT", "GAMMAUSDT");
    private static final String BUSY = "BTCUSDT";

    /** Sources that emit the events of a prepared feed. */
    private record Prepared(List<FeedEvent> events) implements JobSources {
        @Override
        public DataStream<FeedEvent> feed(StreamExecutionEnvironment env) {
            return env.fromData(events, EventTypeInfo.FEED_EVENT)
                    .uid(OperatorUids.FEED)
                    .setParallelism(1);
        }

        @Override
        public DataStream<ModelUpdate> models(StreamExecutionEnvironment env) {
            return env.fromData(TestModels.general(), TypeInformation.of(ModelUpdate.class))
                    .uid(OperatorUids.MODELS)
                    .setParallelism(1);
        }

        @Override
        public BarHistory history() {
            return BarHistory.NONE;
        }
    }

    @Test
    void everySymbolHasEveryMinute() throws Exception {
        CollectingSinks sinks = CollectingSinks.collecting();
        Map<String, Long> counts;
        try (LocalCluster cluster = LocalCluster.start()) {
            StreamExecutionEnvironment env = LocalCluster.environment();
            MarketJob.define(
                    env,
                    PipelineConfig.bounded(2).withCheckpointInterval(Duration.ofMillis(100)),
                    new Prepared(events()),
                    sinks);
            counts = cluster.run(env);
        }
        List<Bar> bars = sinks.rows(Tables.BARS);
        assertThat(bars).hasSize(4 * MINUTES).allMatch(Bar::complete);
        assertThat(bars).allMatch(bar -> bar.revision() == 0);
        for (String symbol : SPARSE) {
            assertThat(bars.stream().filter(bar -> bar.symbol().equals(symbol)))
                    .filteredOn(bar -> !bar.isEmpty())
                    .extracting(bar -> (bar.openTimeMs() - T0.toEpochMilli()) / Bar.MINUTE_MS)
                    .containsExactly(0L, 100L, 200L);
        }
        assertThat(sinks.rows(Tables.FEATURES)).hasSize(4 * MINUTES);
        assertThat(counts)
                .containsEntry(FeedCounts.BARS, 4L * MINUTES)
                .containsEntry(FeedCounts.LATE, 0L)
                .containsEntry(FeedCounts.REVISIONS, 0L);
    }

    private static List<FeedEvent> events() {
        List<FeedEvent> events = new ArrayList<>();
        long id = 0;
        for (int minute = 0; minute < MINUTES; minute++) {
            for (int second = 0; second < 60; second += 10) {
                events.add(tradeOf(BUSY, ++id, minute * 60L + second));
            }
            for (String symbol : SPARSE) {
                if (minute % 100 == 0) {
                    events.add(tradeOf(symbol, 1 + minute / 100, minute * 60L));
                }
                events.add(markAfter(symbol, minute));
            }
        }
        events.add(markAfter(BUSY, MINUTES - 1));
        return events;
    }

    private static Trade tradeOf(String symbol, long id, long second) {
        return trade(symbol).id(id).at(T0.plusSeconds(second)).build();
    }

    private static CompletenessMark markAfter(String symbol, int minute) {
        return new CompletenessMark(symbol, T0.toEpochMilli() + (minute + 1) * Bar.MINUTE_MS);
    }
}
