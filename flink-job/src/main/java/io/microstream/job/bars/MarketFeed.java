package io.microstream.job.bars;

import io.microstream.binance.source.EventTypeInfo;
import io.microstream.job.OperatorUids;
import io.microstream.market.Bar;
import io.microstream.market.DataQuality;
import io.microstream.market.FeedEvent;
import io.microstream.market.StreamEvent;
import io.microstream.market.Trade;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * The events of the feed, split into streams by their kind and counted.
 *
 * @param events the trade stream: trades, each once, in id order by symbol, and completeness marks,
 *     each after the trades it covers
 * @param klines final bars if klines are the input, else empty
 * @param quality gaps and other faults of the feed
 */
public record MarketFeed(
        DataStream<StreamEvent> events, DataStream<Bar> klines, DataStream<DataQuality> quality) {

    private static final OutputTag<Bar> KLINES =
            new OutputTag<>("klines", TypeInformation.of(Bar.class));
    private static final OutputTag<DataQuality> QUALITY =
            new OutputTag<>("quality", TypeInformation.of(DataQuality.class));

    /**
     * Splits and counts the events of a source, in the source's own task.
     *
     * @param runId id of the run if it starts afresh
     */
    public static MarketFeed of(DataStream<FeedEvent> feed, long runId) {
        SingleOutputStreamOperator<StreamEvent> events =
                feed.process(new Splitting(runId))
                        .returns(EventTypeInfo.STREAM_EVENT)
                        // Runs in the source's own task, so that nothing is serialized between the
                        // two.
                        .setParallelism(feed.getParallelism())
                        .name(OperatorUids.FEED_SPLITTING)
                        .uid(OperatorUids.FEED_SPLITTING);
        return new MarketFeed(events, events.getSideOutput(KLINES), events.getSideOutput(QUALITY));
    }

    private static final class Splitting extends ProcessFunction<FeedEvent, StreamEvent>
            implements CheckpointedFunction {

        private static final long serialVersionUID = 1L;

        private final long freshRunId;
        private transient long runId;

        /**
         * First minute of each symbol's klines. After a restore it is the minute they go on with,
         * so that equal bars of runs that reach further back stay.
         */
        private transient Map<String, Long> firstMinutes;

        private transient CheckpointedCounters counters;
        private transient LongCounter trades;
        private transient LongCounter klines;
        private transient LongCounter duplicates;
        private transient LongCounter malformed;
        private transient LongCounter timeOutliers;
        private transient LongCounter conflicts;
        private transient LongCounter notTrades;
        private transient LongCounter missingTrades;
        private transient LongCounter repeatedTrades;
        private transient LongCounter longPauses;
        private transient LongCounter gaps;
        private transient LongCounter missing;
        private transient LongCounter repairedGaps;
        private transient LongCounter repaired;
        private transient LongCounter disconnects;
        private transient LongCounter stalls;
        private transient LongCounter refused;

        Splitting(long freshRunId) {
            this.freshRunId = freshRunId;
        }

        @Override
        public void initializeState(FunctionInitializationContext context) throws Exception {
            counters = new CheckpointedCounters();
            trades = counters.add(FeedCounts.TRADES);
            klines = counters.add(FeedCounts.KLINES);
            duplicates = counters.add(FeedCounts.DUPLICATES);
            malformed = counters.add(FeedCounts.MALFORMED);
            timeOutliers = counters.add(FeedCounts.TIME_OUTLIERS);
            conflicts = counters.add(FeedCounts.CONFLICTS);
            notTrades = counters.add(FeedCounts.NOT_TRADES);
            missingTrades = counters.add(FeedCounts.MISSING_TRADES);
            repeatedTrades = counters.add(FeedCounts.REPEATED_TRADES);
            longPauses = counters.add(FeedCounts.LONG_PAUSES);
            gaps = counters.add(FeedCounts.GAPS);
            missing = counters.add(FeedCounts.MISSING);
            repairedGaps = counters.add(FeedCounts.REPAIRED_GAPS);
            repaired = counters.add(FeedCounts.REPAIRED);
            disconnects = counters.add(FeedCounts.DISCONNECTS);
            stalls = counters.add(FeedCounts.STALLS);
            refused = counters.add(FeedCounts.REFUSED);
            counters.restore(context);
            runId = RunIdState.restore(context, freshRunId);
            firstMinutes = new HashMap<>();
        }

        @Override
        public void open(OpenContext context) {
            counters.register(getRuntimeContext());
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) throws Exception {
            counters.snapshot(context);
        }

        @Override
        public void processElement(FeedEvent event, Context context, Collector<StreamEvent> out) {
            if (event instanceof StreamEvent streamed) {
                if (event instanceof Trade) {
                    trades.add(1L);
                }
                out.collect(streamed);
            } else if (event instanceof Bar kline) {
                klines.add(1L);
                long first = firstMinutes.computeIfAbsent(kline.symbol(), s -> kline.openTimeMs());
                context.output(KLINES, kline.ofRun(runId, first));
            } else if (event instanceof DataQuality fault) {
                count(fault);
                context.output(QUALITY, fault);
            }
        }

        private void count(DataQuality quality) {
            switch (quality.kind()) {
                case GAP -> {
                    (quality.missing() > 0 ? gaps : repairedGaps).add(1L);
                    missing.add(quality.missing());
                    repaired.add(quality.repaired());
                }
                case DUPLICATE -> duplicates.add(quality.rows());
                case MALFORMED -> malformed.add(quality.rows());
                case DISCONNECT -> disconnects.add(1L);
                case STALL -> stalls.add(1L);
                case TRADE_ID_JUMP -> {
                    missingTrades.add(quality.missing());
                    repeatedTrades.add(quality.rows());
                }
                case TIME_OUTLIER -> timeOutliers.add(quality.rows());
                case CONFLICT -> conflicts.add(quality.rows());
                case NOT_A_TRADE -> notTrades.add(quality.rows());
                case LONG_PAUSE -> longPauses.add(1L);
                case REFUSED -> refused.add(1L);
                case HALT, ID_RESET -> {}
            }
        }
    }
}
