package io.microstream.job.ends;

import io.microstream.binance.archive.ArchiveFile;
import io.microstream.binance.source.BinanceSource;
import io.microstream.job.JobSources;
import io.microstream.job.ModelUpdate;
import io.microstream.job.OperatorUids;
import io.microstream.job.features.BarHistory;
import io.microstream.market.FeedEvent;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Recorded input: a bounded feed from files, a fixed set of models, history from klines.
 *
 * <p>One reader reads all symbols, merged by event time, so that none runs ahead and the state
 * behind it stays the same for a day and for a year.
 *
 * @param files the recorded files of the feed
 * @param speed seconds of event time that are read in a second; 0 for as fast as possible
 * @param timeTolerance by how much times may step back in the order of ids before a row is
 *     quarantined
 * @param updates the models that score
 * @param historyFiles kline files from before the feed; may be empty
 */
public record RecordedSources(
        List<ArchiveFile> files,
        double speed,
        Duration timeTolerance,
        List<ModelUpdate> updates,
        List<ArchiveFile> historyFiles)
        implements JobSources {

    @Override
    public DataStream<FeedEvent> feed(StreamExecutionEnvironment env) {
        return env.fromSource(
                        BinanceSource.builder()
                                .archive(files)
                                .speed(speed)
                                .timeTolerance(timeTolerance)
                                .build(),
                        WatermarkStrategy.noWatermarks(),
                        OperatorUids.FEED)
                .uid(OperatorUids.FEED)
                .setParallelism(1);
    }

    @Override
    public DataStream<ModelUpdate> models(StreamExecutionEnvironment env) {
        return env.fromData(updates, TypeInformation.of(ModelUpdate.class))
                .name(OperatorUids.MODELS)
                .uid(OperatorUids.MODELS)
                .setParallelism(1);
    }

    @Override
    public BarHistory history() {
        return history(historyFiles);
    }

    /** Returns the history in kline files; {@link BarHistory#NONE} if there are no files. */
    public static BarHistory history(List<ArchiveFile> historyFiles) {
        return historyFiles.isEmpty() ? BarHistory.NONE : new KlineHistory(historyFiles);
    }
}
