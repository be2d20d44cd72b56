package io.microstream.job;

import io.microstream.binance.archive.ArchiveFile;
import io.microstream.binance.source.BinanceSource;
import io.microstream.job.features.BarHistory;
import io.microstream.market.FeedEvent;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Sources that read files by the real source, and the models that a test gives.
 *
 * @param files the files of the feed
 * @param readers how many tasks read them
 * @param speed event-time seconds a second; 0 for as fast as possible
 * @param updates models in the order of their arrival
 * @param history bars from before the feed
 */
public record TestSources(
        List<ArchiveFile> files,
        int readers,
        double speed,
        List<ModelUpdate> updates,
        BarHistory history)
        implements JobSources {

    /** Returns sources without history, with one reader, as fast as possible. */
    public static TestSources of(List<ArchiveFile> files, List<ModelUpdate> updates) {
        return new TestSources(files, 1, 0, updates, BarHistory.NONE);
    }

    /** Returns these sources with several readers. */
    public TestSources readers(int count) {
        return new TestSources(files, count, speed, updates, history);
    }

    /** Returns these sources at so many event-time seconds a second. */
    public TestSources speed(double eventSecondsPerSecond) {
        return new TestSources(files, readers, eventSecondsPerSecond, updates, history);
    }

    /** Returns these sources with a history of bars. */
    public TestSources history(BarHistory bars) {
        return new TestSources(files, readers, speed, updates, bars);
    }

    @Override
    public DataStream<FeedEvent> feed(StreamExecutionEnvironment env) {
        return env.fromSource(
                        BinanceSource.builder()
                                .archive(files)
                                .speed(speed)
                                // Late trades, which bars judge, are no outliers here.
                                .timeTolerance(Duration.ofDays(1))
                                .build(),
                        WatermarkStrategy.noWatermarks(),
                        OperatorUids.FEED)
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
