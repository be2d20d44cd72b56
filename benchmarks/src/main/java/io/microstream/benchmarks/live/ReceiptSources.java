package io.microstream.benchmarks.live;

import io.microstream.job.JobSources;
import io.microstream.job.ModelUpdate;
import io.microstream.job.features.BarHistory;
import io.microstream.market.FeedEvent;
import io.microstream.market.Trade;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Sources, warm, that remember in this JVM when they received each trade. */
record ReceiptSources(CountedSources sources) implements JobSources {

    @Override
    public DataStream<FeedEvent> feed(StreamExecutionEnvironment env) {
        DataStream<FeedEvent> feed = sources.feed(env);
        return feed.map(new Remembering())
                .returns(feed.getType())
                .name("remembering")
                .uid("remembering")
                .setParallelism(sources.readers());
    }

    @Override
    public DataStream<ModelUpdate> models(StreamExecutionEnvironment env) {
        return sources.models(env);
    }

    @Override
    public BarHistory history() {
        return new SimulatedHistory();
    }

    private static final class Remembering implements MapFunction<FeedEvent, FeedEvent> {

        private static final long serialVersionUID = 1L;

        @Override
        public FeedEvent map(FeedEvent event) {
            if (event instanceof Trade trade) {
                ReceivedTrades.remember(trade);
            }
            return event;
        }
    }
}
