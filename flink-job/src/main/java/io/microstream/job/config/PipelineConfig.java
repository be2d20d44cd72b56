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
 * The settings of the topology: parallelism, checkpoints, restarts and bars.
 *
 * @param parallelism of every operator behind the source
 * @param checkpointInterval how often state is checkpointed, 100 ms or more
 * @param checkpointTimeout longer than a sink may wait for its database, or an outage fails
 *     checkpoints
 * @param restartAttempts restarts in a row before the job gives up; {@link #UNLIMITED} for a live
 *     job
 * @param bars the settings of the bars
 */
public record PipelineConfig(
        int parallelism,
        Duration checkpointInterval,
        Duration checkpointTimeout,
        int restartAttempts,
        BarsConfig bars) {

    /** The {@link #restartAttempts} of a job that never gives up. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    private static final Duration PROVISIONAL_EVERY = Duration.ofSeconds(1);
    private static final Duration PROVISIONAL_BUFFER_TIMEOUT = Duration.ofMillis(10);
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

    /**
     * Returns the configuration of a bounded run: it fails after ten restarts in a row and emits
     * the bars of closed minutes only.
     */
    public static PipelineConfig bounded(int parallelism) {
        return new PipelineConfig(
                parallelism,
                Duration.ofSeconds(10),
                Duration.ofMinutes(15),
                10,
                BarsConfig.DEFAULT);
    }

    /**
     * Returns the configuration of a live run: it never gives up restarting, with a delay that
     * grows to half a minute, and emits provisional bars once a second.
     */
    public static PipelineConfig live(int parallelism) {
        return new PipelineConfig(
                parallelism,
                Duration.ofSeconds(10),
                Duration.ofMinutes(15),
                UNLIMITED,
                BarsConfig.DEFAULT.withProvisionalEvery(PROVISIONAL_EVERY));
    }

    /** Returns this configuration with other settings of the bars. */
    public PipelineConfig withBars(BarsConfig newBars) {
        return new PipelineConfig(
                parallelism, checkpointInterval, checkpointTimeout, restartAttempts, newBars);
    }

    /** Returns this configuration with another checkpoint interval. */
    public PipelineConfig withCheckpointInterval(Duration interval) {
        return new PipelineConfig(parallelism, interval, checkpointTimeout, restartAttempts, bars);
    }

    /** Sets up {@code env}: explicit uids only, no Kryo, checkpoints, restarts, parallelism. */
    public void applyTo(StreamExecutionEnvironment env) {
        Configuration settings = new Configuration();
        settings.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        // Records are immutable, so tasks may hand them on without copying.
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        if (!bars.provisionalEvery().isZero()) {
            // Live views read provisional rows, so a buffer between tasks waits no longer than
            // this.
            settings.set(ExecutionOptions.BUFFER_TIMEOUT, PROVISIONAL_BUFFER_TIMEOUT);
        }
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpointInterval);
        settings.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, checkpointTimeout);
        // A restart repairs no full disk: a job that never gives up goes on without checkpoints.
        settings.set(
                CheckpointingOptions.TOLERABLE_FAILURE_NUMBER,
                restartAttempts == UNLIMITED ? Integer.MAX_VALUE : TOLERATED_FAILED_CHECKPOINTS);
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
