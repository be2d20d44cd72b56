package io.microstream.binance.source.live;

import io.microstream.binance.source.BinanceSource;
import io.microstream.market.FeedEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** A job: the source, its events by symbol into a {@link TradeStreamAudit}. */
final class LiveJob {

    private static final long PATIENCE_SECONDS = 60;

    private final Configuration settings = new Configuration();
    private final InMemoryReporter metrics = InMemoryReporter.createWithRetainedMetrics();
    private final Map<String, Set<Metric>> kept = new HashMap<>();
    private final TradeStreamAudit.Run run;
    private int parallelism = 1;

    LiveJob(TradeStreamAudit.Run run) {
        this.run = run;
        run.beforeEnd = this::keepMetrics;
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        settings.set(PipelineOptions.MAX_PARALLELISM, 8);
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        settings.set(TaskManagerOptions.MEMORY_SEGMENT_SIZE, MemorySize.parse("4kb"));
        metrics.addToConfiguration(settings);
    }

    LiveJob parallelism(int readers) {
        parallelism = readers;
        return this;
    }

    /** Checkpoints all the time, and restarts after failures. */
    LiveJob restarts(int attempts) {
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(50));
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, attempts);
        settings.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1));
        return this;
    }

    LiveJob from(String savepoint) {
        settings.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        return this;
    }

    JobClient start(BinanceSource source) throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism, settings);
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "feed")
                .uid("feed")
                .keyBy(FeedEvent::symbol)
                .process(new TradeStreamAudit(run.name))
                .uid("audit")
                .sinkTo(new DiscardingSink<>())
                .uid("end");
        return env.executeAsync();
    }

    /** Runs it to its end. */
    LiveJob run(BinanceSource source) throws Exception {
        await(start(source));
        return this;
    }

    static void await(JobClient job) throws Exception {
        job.getJobExecutionResult().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    static String stop(JobClient job, Path folder) throws Exception {
        String savepoint =
                job.stopWithSavepoint(false, folder.toString(), SavepointFormatType.CANONICAL)
                        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        await(job);
        return savepoint;
    }

    /** Metrics are gone with their job: kept are those that there are now. */
    private synchronized void keepMetrics() {
        metrics.getMetricsByGroup()
                .values()
                .forEach(
                        group ->
                                group.forEach(
                                        (name, metric) ->
                                                kept.computeIfAbsent(name, key -> newSet())
                                                        .add(metric)));
    }

    private static Set<Metric> newSet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    synchronized int gauges(String name) {
        return kept.get(name).size();
    }

    /** Sum of a gauge over all readers that ever were, and their symbols if it is theirs. */
    synchronized long gauge(String name) {
        return kept.get(name).stream()
                .mapToLong(metric -> ((Number) ((Gauge<?>) metric).getValue()).longValue())
                .sum();
    }
}
