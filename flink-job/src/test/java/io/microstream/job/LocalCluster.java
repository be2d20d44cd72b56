package io.microstream.job;

import io.microstream.job.bars.FeedCounts;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** Runs Flink in this JVM for tests, with one task manager of four slots. */
public final class LocalCluster implements AutoCloseable {

    private static final int SLOTS = 4;
    private static final Duration LONGEST_RUN = Duration.ofSeconds(60);

    private final MiniCluster cluster;

    private LocalCluster(MiniCluster cluster) {
        this.cluster = cluster;
    }

    /** Starts a cluster that has no jobs yet. */
    public static LocalCluster start() throws Exception {
        Configuration settings = new Configuration();
        settings.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        settings.set(RestOptions.BIND_PORT, "0");
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(settings)
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(SLOTS)
                                .build());
        cluster.start();
        return new LocalCluster(cluster);
    }

    /** Returns a new environment to define a job in. */
    public static StreamExecutionEnvironment environment() {
        return StreamExecutionEnvironment.getExecutionEnvironment();
    }

    /** Shortens the delay of restarts; call it after the job is defined. */
    public static void restartSoon(StreamExecutionEnvironment env) {
        Configuration settings = new Configuration();
        settings.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
                Duration.ofMillis(50));
        env.configure(settings);
    }

    /** Runs a bounded job to its end; returns its counters. */
    public Map<String, Long> run(StreamExecutionEnvironment env) throws Exception {
        return result(submit(env));
    }

    /** Submits a job and returns its id without waiting for it. */
    public JobID submit(StreamExecutionEnvironment env) throws Exception {
        return cluster.submitJob(env.getStreamGraph()).get().getJobID();
    }

    /** Runs a bounded job from a savepoint to its end; returns its counters. */
    public Map<String, Long> resume(StreamExecutionEnvironment env, Path savepoint)
            throws Exception {
        StreamGraph graph = env.getStreamGraph();
        graph.setSavepointRestoreSettings(
                SavepointRestoreSettings.forPath(savepoint.toAbsolutePath().toString()));
        return result(cluster.submitJob(graph).get().getJobID());
    }

    /** Stops a job with a savepoint of canonical format; returns the folder it is in. */
    public Path stopWithSavepoint(JobID job, Path parent) throws Exception {
        String savepoint =
                cluster.triggerSavepoint(
                                job,
                                parent.toAbsolutePath().toString(),
                                true,
                                SavepointFormatType.CANONICAL)
                        .get();
        return Path.of(URI.create(savepoint));
    }

    /** Waits for the end of a job; returns its counters. */
    public Map<String, Long> result(JobID job) throws Exception {
        JobResult ended = await(job);
        Map<String, Long> counters = new HashMap<>();
        ended.toJobExecutionResult(LocalCluster.class.getClassLoader())
                .getAllAccumulatorResults()
                .forEach((name, value) -> counters.put(name, ((Number) value).longValue()));
        // Every run has an id of its own.
        counters.remove(FeedCounts.RUN);
        return counters;
    }

    private JobResult await(JobID job) throws Exception {
        try {
            return cluster.requestJobResult(job).get(LONGEST_RUN.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            cluster.cancelJob(job).get();
            throw e;
        }
    }

    /** Returns whether a job has ended, successfully or not. */
    public boolean isOver(JobID job) throws Exception {
        return cluster.getJobStatus(job).get().isGloballyTerminalState();
    }

    /** Cancels a job, waits for its end and returns its last status. */
    public JobStatus cancel(JobID job, Duration patience) throws Exception {
        cluster.cancelJob(job).get();
        CompletableFuture<JobResult> result = cluster.requestJobResult(job);
        result.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        return cluster.getJobStatus(job).get();
    }

    /** Cancels all running jobs and waits for their ends, so that the slots are free. */
    public void clear() throws Exception {
        for (JobStatusMessage job : cluster.listJobs().get()) {
            if (!job.getJobState().isGloballyTerminalState()) {
                cancel(job.getJobId(), LONGEST_RUN);
            }
        }
    }

    /** Returns how often tasks of a job were restarted, in total. */
    public int restarts(JobID job) throws Exception {
        int restarts = 0;
        for (AccessExecutionVertex task :
                cluster.getExecutionGraph(job).get().getAllExecutionVertices()) {
            restarts += task.getCurrentExecutionAttempt().getAttemptNumber();
        }
        return restarts;
    }

    /** Returns the number of connected task managers. */
    public int taskManagers() throws Exception {
        return cluster.requestClusterOverview().get().getNumTaskManagersConnected();
    }

    @Override
    public void close() throws Exception {
        cluster.close();
    }
}
