package io.microstream.job.config;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Everything the job can be told, read once and validated whole.
 *
 * @param parallelism of every operator behind the source
 * @param checkpointInterval how often state is checkpointed, 100 ms or more
 * @param checkpointTimeout longer than a sink may wait for its database, or an outage fails
 *     checkpoints
 * @param restartAttempts restarts in a row before the job gives up; {@link #UNLIMITED} for a live
 *     job
 * @param bars of the bars
 */
public record PipelineConfig(
        int parallelism,
        Duration checkpointInterval,
        Duration checkpointTimeout,
        int restartAttempts,
        BarsConfig bars) {

    /** {@link #restartAttempts} of a job that never gives up. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    private static final Duration PROVISIONAL_EVERY = Duration.ofSeconds(1);
    private static final Duration WATCHED_BUFFER_TIMEOUT = Duration.ofMillis(10);
    private static final int TOLERATED_FAILED_CHECKPOINTS = 10;

    public PipelineConfig {
        if (parallelism < 1) {
            throw new IllegalArgumentException(
                    "Parallelism must be 1 or more: parallelism=" + parallelism);
        }
        if (checkpointInterval.toMillis() < 100) {
            throw new IllegalArgumentException(
                    "Checkpoint interval must be 100 ms or more: checkpointInterval="
                            + checkpointInterval);
        }
    }

    /** A bounded run: gives up after ten restarts in a row, tells closed minutes only. */
    public static PipelineConfig bounded(int parallelism) {
        return new PipelineConfig(
                parallelism,
                Duration.ofSeconds(10),
                Duration.ofMinutes(15),
                10,
                BarsConfig.DEFAULT);
    }

    /**
     * A live run: never gives up, restarts with a delay that grows to half a minute, tells minutes
     * that run once a second.
     */
    public static PipelineConfig live(int parallelism) {
        return new PipelineConfig(
                parallelism,
                Duration.ofSeconds(10),
                Duration.ofMinutes(15),
                UNLIMITED,
                BarsConfig.DEFAULT.withProvisionalEvery(PROVISIONAL_EVERY));
    }

    /** The same with other bars. */
    public PipelineConfig withBars(BarsConfig newBars) {
        return new PipelineConfig(
                parallelism, checkpointInterval, checkpointTimeout, restartAttempts, newBars);
    }

    /** The same with another checkpoint interval. */
    public PipelineConfig withCheckpointInterval(Duration interval) {
        return new PipelineConfig(parallelism, interval, checkpointTimeout, restartAttempts, bars);
    }

    /** Sets what the job stands on: uids everywhere, no Kryo, checkpoints, restarts. */
    public void applyTo(StreamExecutionEnvironment env) {
        Configuration settings = new Configuration();
        settings.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        // Records are immutable, so tasks may hand them on without copying.
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        if (!bars.provisionalEvery().isZero()) {
            // Someone watches: a row waits no longer than this for others, from task to task.
            settings.set(ExecutionOptions.BUFFER_TIMEOUT, WATCHED_BUFFER_TIMEOUT);
        }
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpointInterval);
        settings.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, checkpointTimeout);
        settings.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, TOLERATED_FAILED_CHECKPOINTS);
        settings.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        settings.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS,
                restartAttempts);
        settings.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
                Duration.ofSeconds(30));
        settings.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
                Duration.ofMinutes(10));
        env.configure(settings);
        env.setParallelism(parallelism);
    }
}
