package io.microstream.job.ends;

import io.microstream.binance.source.BinanceSource;
import io.microstream.job.JobSources;
import io.microstream.job.ModelUpdate;
import io.microstream.job.OperatorUids;
import io.microstream.job.features.BarHistory;
import io.microstream.market.FeedEvent;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Live input: the feed of an exchange, a fixed set of models, and a history of bars.
 *
 * @param source the feed of the exchange
 * @param readers tasks that share its symbols
 * @param updates the models that score
 * @param history bars from before the feed
 */
public record FollowedSources(
        BinanceSource source, int readers, List<ModelUpdate> updates, BarHistory history)
        implements JobSources {

    @Override
    public DataStream<FeedEvent> feed(StreamExecutionEnvironment env) {
        return env.fromSource(source, WatermarkStrategy.noWatermarks(), OperatorUids.FEED)
                .uid(OperatorUids.FEED)
                .setParallelism(readers);
    }

    @Override
    public DataStream<ModelUpdate> models(StreamExecutionEnvironment env) {
        return env.fromData(updates, TypeInformation.of(ModelUpdate.class))
                .name(OperatorUids.MODELS)
                .uid(OperatorUids.MODELS)
                .setParallelism(1);
    }
}
