package io.microstream.job;

import io.microstream.job.features.BarHistory;
import io.microstream.market.FeedEvent;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Where the job's input comes from; tests give their own. */
public interface JobSources {

    /** Trades or klines with the faults of the feed, with event time and watermarks. */
    DataStream<FeedEvent> feed(StreamExecutionEnvironment env);

    /** Control stream of models. Bars wait for its watermark. */
    DataStream<ModelUpdate> models(StreamExecutionEnvironment env);

    /** Bars from before the feed, to start warm. */
    BarHistory history();
}
