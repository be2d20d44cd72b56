package io.microstream.standalone.runtime;

import io.microstream.job.main.ForeignCheckpoint;
import io.microstream.standalone.report.UserError;
import io.microstream.tables.Secrets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.accumulators.Accumulator;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.checkpoint.FailedCheckpointStats;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OptionalFailure;
import org.apache.flink.util.SerializedValue;

/** A Flink cluster inside this process that runs one job, with its web UI on loopback. */
final class LocalFlink implements AutoCloseable {

    private static final String PORTS = "8081-8099";

    private final String name;
    private final MiniCluster cluster;
    private final String webUi;
    private JobID job;

    private LocalFlink(String name, MiniCluster cluster, String webUi) {
        this.name = name;
        this.cluster = cluster;
        this.webUi = webUi;
    }

    /**
     * Starts the cluster; the job is submitted separately.
     *
     * @param uiPort port of the web UI; negative for the first free one from 8081
     * @param checkpoints directory for checkpoints
     */
    static LocalFlink start(int slots, int uiPort, Path checkpoints) throws Exception {
        String ports = uiPort < 0 ? PORTS : String.valueOf(requireFree(uiPort));
        Configuration settings = new Configuration();
        settings.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        settings.set(RestOptions.ADDRESS, "127.0.0.1");
        settings.set(RestOptions.BIND_PORT, ports);
        settings.set(WebOptions.SUBMIT_ENABLE, false);
        settings.set(WebOptions.CANCEL_ENABLE, false);
        settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        // Counters of the running job reach the progress line with the heartbeats.
        settings.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofSeconds(1));
        String name = UUID.randomUUID().toString();
        WaitMetrics.addTo(settings, name);
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(settings)
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(slots)
                                .build());
        cluster.start();
        return new LocalFlink(name, cluster, cluster.getRestAddress().get().toString());
    }

    private static int requireFree(int port) {
        if (port != 0 && !isFree(port)) {
            throw new UserError(
                    "Port in use: ui-port="
                            + port
                            + " address=127.0.0.1. Stop the program that uses it or give another --ui-port");
        }
        return port;
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the address of the web UI. */
    String webUi() {
        return webUi;
    }

    /**
     * Submits the job that {@code env} holds.
     *
     * @param checkpoint to resume from, if any
     */
    void submit(StreamExecutionEnvironment env, String name, Optional<Path> checkpoint)
            throws Exception {
        checkpoint.ifPresent(path -> ForeignCheckpoint.refuse(env.getStreamGraph(false), path));
        var graph = env.getStreamGraph();
        graph.setJobName(name);
        checkpoint.ifPresent(
                path ->
                        graph.setSavepointRestoreSettings(
                                SavepointRestoreSettings.forPath(path.toUri().toString())));
        job = cluster.submitJob(graph).get().getJobID();
    }

    /**
     * Waits for the job to end.
     *
     * @return the result; null if the job still runs after {@code wait}
     */
    JobExecutionResult await(Duration wait) throws Exception {
        CompletableFuture<JobResult> result = cluster.requestJobResult(job);
        try {
            return result.get(wait.toMillis(), TimeUnit.MILLISECONDS)
                    .toJobExecutionResult(LocalFlink.class.getClassLoader());
        } catch (TimeoutException e) {
            return null;
        }
    }

    /** Returns the job's counters as of the last heartbeat. */
    Map<String, Long> counters() throws ExecutionException, InterruptedException {
        Map<String, Long> values = new HashMap<>();
        Map<String, SerializedValue<OptionalFailure<Object>>> reported =
                cluster.getExecutionGraph(job).get().getAccumulatorsSerialized();
        reported.forEach(
                (name, value) -> {
                    try {
                        Object counted =
                                value.deserializeValue(LocalFlink.class.getClassLoader())
                                        .getUnchecked();
                        values.put(name, toLong(counted));
                    } catch (IOException | ClassNotFoundException e) {
                        throw new IllegalStateException("Counter unreadable: name=" + name, e);
                    }
                });
        return values;
    }

    /** Returns the checkpoints and restarts of the job so far. */
    JobState state() throws ExecutionException, InterruptedException {
        AccessExecutionGraph graph = cluster.getExecutionGraph(job).get();
        CheckpointStatsSnapshot checkpoints = graph.getCheckpointStatsSnapshot();
        if (checkpoints == null) {
            checkpoints = CheckpointStatsSnapshot.empty();
        }
        CompletedCheckpointStats newest = checkpoints.getHistory().getLatestCompletedCheckpoint();
        FailedCheckpointStats failed = checkpoints.getHistory().getLatestFailedCheckpoint();
        ErrorInfo cause = graph.getFailureInfo();
        return new JobState(
                checkpoints.getCounts().getNumberOfCompletedCheckpoints(),
                checkpoints.getCounts().getNumberOfFailedCheckpoints(),
                newest == null ? 0 : newest.getTriggerTimestamp() + newest.getEndToEndDuration(),
                newest == null ? 0 : newest.getStateSize(),
                failed == null ? "" : String.valueOf(failed.getFailureMessage()),
                graph.getStatusTimestamp(JobStatus.RESTARTING),
                cause == null ? "" : innermost(cause.getException()));
    }

    /** Returns the message of the innermost cause in one line, without secrets. */
    static String innermost(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String message = String.valueOf(innermost.getMessage());
        // A failure that was serialized carries its class in front of its message.
        String plain = message.replaceFirst("^([a-z][\\w$]*\\.)+[\\w$]+: ", "");
        return Secrets.masked(plain.replaceAll("\\s*\\R\\s*", " "));
    }

    /** Returns what tasks are waiting for and why, with the age in milliseconds. */
    Map<String, Long> waits() {
        return WaitMetrics.waits(name);
    }

    private static long toLong(Object counted) {
        return counted instanceof Accumulator<?, ?> accumulator
                ? ((Number) accumulator.getLocalValue()).longValue()
                : ((Number) counted).longValue();
    }

    /** Cancels the job if it runs; the rows it has committed stay. */
    void cancel() throws Exception {
        if (job != null && !cluster.getJobStatus(job).get().isGloballyTerminalState()) {
            cluster.cancelJob(job).get();
            cluster.requestJobResult(job).get(30, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() throws Exception {
        cluster.close();
        WaitMetrics.forget(name);
    }
}
