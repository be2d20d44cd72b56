package io.microstream.job;

import io.microstream.job.bars.MarketFeed;
import io.microstream.job.bars.OneMinuteBars;
import io.microstream.job.bars.RunIdState;
import io.microstream.job.config.PipelineConfig;
import io.microstream.job.features.RollingFeatureStream;
import io.microstream.job.scoring.AnomalyScoring;
import io.microstream.job.scoring.RegimeFiltering;
import io.microstream.market.AnomalySignal;
import io.microstream.market.Bar;
import io.microstream.market.RegimeSignal;
import io.microstream.tables.Tables;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The topology of the job: trades become bars, bars become features, and features become regimes
 * and anomalies.
 *
 * <p>The job is deterministic: the final rows that it writes are a function of its input alone, at
 * any parallelism and through any failure (docs/internals.md says why).
 */
public final class MarketJob {

    private MarketJob() {}

    /** Adds the topology to {@code env}, in the order of the README's picture. */
    public static void define(
            StreamExecutionEnvironment env,
            PipelineConfig config,
            JobSources sources,
            JobSinks sinks) {
        config.applyTo(env);
        DataStream<ModelUpdate> models = sources.models(env);
        long runId = RunIdState.fresh();
        MarketFeed feed = MarketFeed.of(sources.feed(env), runId);
        OneMinuteBars minutes = OneMinuteBars.of(feed.events(), config.bars(), runId);
        DataStream<Bar> bars = minutes.bars().union(feed.klines());
        RollingFeatureStream features = RollingFeatureStream.of(bars, sources.history());
        DataStream<RegimeSignal> regimes =
                RegimeFiltering.of(features.vectors().union(features.warmUp()), models);
        DataStream<AnomalySignal> anomalies = AnomalyScoring.of(features.vectors(), models);

        sinks.write(bars, Tables.BARS);
        sinks.write(features.vectors(), Tables.FEATURES);
        sinks.write(regimes, Tables.REGIMES);
        sinks.write(anomalies, Tables.ANOMALIES);
        sinks.write(feed.quality(), Tables.DATA_QUALITY);
        sinks.write(minutes.late(), Tables.LATE_TRADES);
        sinks.write(models, Tables.MODELS.from(ModelUpdate::row));
    }
}
