package io.microstream.job;

import io.microstream.job.features.BarHistory;
import io.microstream.market.FeedEvent;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Provides the job's input; tests implement it with sources of their own. */
public interface JobSources {

    /** Returns trades or klines and the faults of the feed, with event times and watermarks. */
    DataStream<FeedEvent> feed(StreamExecutionEnvironment env);

    /**
     * Returns the stream of models; a final bar is scored when its watermark has passed the bar.
     */
    DataStream<ModelUpdate> models(StreamExecutionEnvironment env);

    /** Returns the bars from before the feed; {@link BarHistory#NONE} if there are none. */
    BarHistory history();
}
