package io.microstream.standalone.cluster;

import io.microstream.job.config.JobConfig;
import io.microstream.job.main.ForeignCheckpoint;
import io.microstream.job.main.MarketJobMain;
import io.microstream.standalone.report.UserError;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.rest.handler.legacy.messages.ClusterOverviewWithVersion;
import org.apache.flink.runtime.rest.messages.EmptyRequestBody;
import org.apache.flink.runtime.rest.messages.JobConfigHeaders;
import org.apache.flink.runtime.rest.messages.JobConfigInfo;
import org.apache.flink.runtime.rest.messages.JobMessageParameters;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.concurrent.FutureUtils;

/**
 * A Flink cluster in other processes, reached at its REST address.
 *
 * <p>Not thread-safe. What fails at the cluster is a {@link UserError} of one line.
 */
public final class RemoteCluster implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Set<ExecutionState> RUN =
            Set.of(ExecutionState.RUNNING, ExecutionState.FINISHED);

    private final URI address;
    private final Configuration settings;
    private final RestClusterClient<StandaloneClusterId> client;

    private RemoteCluster(
            URI address, Configuration settings, RestClusterClient<StandaloneClusterId> client) {
        this.address = address;
        this.settings = settings;
        this.client = client;
    }

    /**
     * Connects to a cluster.
     *
     * @param address of its REST interface, e.g. {@code http://127.0.0.1:8081}
     * @throws UserError if it does not answer, or is of another version of Flink than the job
     */
    public static RemoteCluster at(URI address) throws Exception {
        Configuration settings = new Configuration();
        boolean isSecure = "https".equals(address.getScheme());
        settings.set(RestOptions.ADDRESS, address.getHost());
        settings.set(
                RestOptions.PORT, address.getPort() < 0 ? isSecure ? 443 : 80 : address.getPort());
        settings.set(RestOptions.RETRY_MAX_ATTEMPTS, 2);
        settings.set(RestOptions.RETRY_DELAY, Duration.ofMillis(500));
        settings.set(RestOptions.CONNECTION_TIMEOUT, Duration.ofSeconds(5));
        settings.set(SecurityOptions.SSL_REST_ENABLED, isSecure);
        RemoteCluster cluster =
                new RemoteCluster(
                        address,
                        settings,
                        new RestClusterClient<>(settings, StandaloneClusterId.getInstance()));
        try {
            cluster.requireVersion();
            return cluster;
        } catch (Exception e) {
            cluster.close();
            throw e;
        }
    }

    private void requireVersion() throws Exception {
        String theirs;
        try {
            theirs = overview().getVersion();
        } catch (UserError e) {
            throw new UserError(
                    "Cluster not reachable: cluster=%s cause=%s. Start one by ./microstream cluster start, or give its REST address with --cluster"
                            .formatted(address, e.getMessage()));
        }
        String ours = EnvironmentInformation.getVersion();
        if (!theirs.equals(ours)) {
            throw new UserError(
                    "Cluster of another Flink: cluster=%s version=%s job=%s. Give a cluster of Flink %s"
                            .formatted(address, theirs, ours, ours));
        }
    }

    private ClusterOverviewWithVersion overview() throws Exception {
        return answer(client.getClusterOverview());
    }

    /** Returns how many slots tasks can take, free or not. */
    public int slots() throws Exception {
        return overview().getNumSlotsTotal();
    }

    /** Returns how many TaskManagers have registered. */
    public int taskManagers() throws Exception {
        return overview().getNumTaskManagersConnected();
    }

    /** Returns the address of the web page of a job. */
    public String page(JobID job) {
        return address.resolve("/#/job/running/" + job + "/overview").toString();
    }

    /** Returns all jobs that the cluster knows, the newest first. */
    public List<RunningJob> jobs() throws Exception {
        List<RunningJob> jobs = new ArrayList<>();
        for (JobStatusMessage each : answer(client.listJobs())) {
            JobConfigInfo config =
                    answer(
                            client.sendRequest(
                                    JobConfigHeaders.getInstance(),
                                    parameters(each.getJobId()),
                                    EmptyRequestBody.getInstance()));
            JobConfigInfo.ExecutionConfigInfo execution = config.getExecutionConfigInfo();
            jobs.add(
                    new RunningJob(
                            each.getJobId(),
                            each.getJobName(),
                            each.getJobState(),
                            each.getStartTime(),
                            execution == null ? 0 : execution.getParallelism(),
                            execution == null ? Map.of() : execution.getGlobalJobParameters()));
        }
        jobs.sort(Comparator.comparingLong(RunningJob::startMs).reversed());
        return jobs;
    }

    private static JobMessageParameters parameters(JobID job) {
        JobMessageParameters parameters = new JobMessageParameters();
        parameters.jobPathParameter.resolve(job);
        return parameters;
    }

    /**
     * Returns the job that a user names.
     *
     * @param id the first characters of its id; null for the only one that runs
     * @throws UserError if there is none, or more than one
     */
    public RunningJob job(String id) throws Exception {
        Predicate<RunningJob> isMeant =
                id == null
                        ? job -> !job.state().isGloballyTerminalState()
                        : job -> job.id().toHexString().startsWith(id.toLowerCase(Locale.ROOT));
        List<RunningJob> jobs = jobs();
        List<RunningJob> found = jobs.stream().filter(isMeant).toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        throw new UserError(
                "%s: cluster=%s%s. ./microstream jobs lists them"
                        .formatted(
                                found.isEmpty()
                                        ? id == null ? "No job runs" : "No such job"
                                        : id == null
                                                ? "More than one job runs, so name one"
                                                : "Id not unique",
                                address,
                                id == null ? "" : " job=" + id));
    }

    /**
     * Submits the job and returns its id; does not wait until it runs.
     *
     * @param config of the job
     * @param jar the job jar
     * @param savepoint to restore, URI or path; null to start afresh
     * @throws UserError if a job of the cluster already writes the same symbols into the same
     *     database
     * @throws IllegalArgumentException if the savepoint is of another job
     */
    public JobID submit(JobConfig config, Path jar, String savepoint) throws Exception {
        Map<String, String> described = MarketJobMain.described(config);
        for (RunningJob each : jobs()) {
            if (each.writesSameRowsAs(described)) {
                throw new UserError(
                        "Job runs already: job=%s symbols=%s database=%s. Two jobs would write the same rows: cancel it first (./microstream cancel %s), or give other symbols"
                                .formatted(
                                        each.id(),
                                        each.parameter(MarketJobMain.SYMBOLS),
                                        each.parameter(MarketJobMain.DATABASE),
                                        each.id()));
            }
        }
        Configuration remote = new Configuration(settings);
        remote.set(DeploymentOptions.TARGET, "remote");
        remote.set(DeploymentOptions.ATTACHED, false);
        remote.set(PipelineOptions.JARS, List.of(jar.toUri().toString()));
        StreamExecutionEnvironment env = new StreamExecutionEnvironment(remote);
        MarketJobMain.define(env, config);
        if (savepoint != null) {
            requireOurs(env, savepoint);
            Configuration recovery = new Configuration();
            recovery.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
            env.configure(recovery);
        }
        return env.executeAsync(MarketJobMain.NAME).getJobID();
    }

    /** A savepoint that only the cluster can reach is left to it. */
    private static void requireOurs(StreamExecutionEnvironment env, String savepoint) {
        URI uri =
                savepoint.matches("[a-z0-9]+:.*")
                        ? URI.create(savepoint)
                        : Path.of(savepoint).toUri();
        if ("file".equals(uri.getScheme())) {
            ForeignCheckpoint.refuse(env.getStreamGraph(false), Path.of(uri.getPath()));
        }
    }

    /**
     * Waits until every task of a job runs, or the job has ended.
     *
     * @throws UserError if it fails, or does not run in time
     */
    public JobStatus awaitRunning(JobID job, Duration limit) throws Exception {
        Deadline deadline = Deadline.in(limit);
        while (true) {
            JobDetailsInfo details = answer(client.getJobDetails(job));
            JobStatus state = details.getJobStatus();
            if (state == JobStatus.FAILED) {
                throw new UserError("Job failed: job=%s cause=%s".formatted(job, failure(job)));
            }
            Map<ExecutionState, Integer> tasks = details.getJobVerticesPerState();
            boolean allRun =
                    tasks.entrySet().stream()
                            .allMatch(each -> each.getValue() == 0 || RUN.contains(each.getKey()));
            if (state.isGloballyTerminalState() || state == JobStatus.RUNNING && allRun) {
                return state;
            }
            if (!deadline.isAhead()) {
                throw new UserError(
                        "Job does not run yet: job=%s after=%s state=%s tasks=%s slots=%d. It goes on trying; it needs as many free slots as its parallelism (./microstream jobs, %s)"
                                .formatted(
                                        job,
                                        limit.toSeconds() + "s",
                                        state,
                                        tasks,
                                        slots(),
                                        page(job)));
            }
        }
    }

    /** Returns the state of a job. */
    public JobStatus state(JobID job) throws Exception {
        return answer(client.getJobStatus(job));
    }

    /** Waits for the end of a job and returns its state. */
    public JobStatus awaitEnd(JobID job, Duration limit) throws Exception {
        Deadline deadline = Deadline.in(limit);
        while (true) {
            JobStatus state = state(job);
            if (state.isGloballyTerminalState()) {
                return state;
            }
            if (!deadline.isAhead()) {
                throw new UserError(
                        "Job has not ended: job=%s after=%ds state=%s"
                                .formatted(job, limit.toSeconds(), state));
            }
        }
    }

    /** Returns why a job has failed, in one line. */
    public String failure(JobID job) throws Exception {
        JobResult result = answer(client.requestJobResult(job));
        return result.getSerializedThrowable()
                .map(
                        thrown ->
                                innermost(
                                        thrown.deserializeError(
                                                RemoteCluster.class.getClassLoader())))
                .orElse("unknown");
    }

    /** Takes a savepoint and returns its path; with {@code stop}, the job ends with it. */
    public String savepoint(JobID job, String directory, boolean stop, Duration limit)
            throws Exception {
        CompletableFuture<String> path =
                stop
                        ? client.stopWithSavepoint(
                                job, false, directory, SavepointFormatType.CANONICAL)
                        : client.triggerSavepoint(job, directory, SavepointFormatType.CANONICAL);
        return answer(path, limit);
    }

    /** Cancels a job and waits until it has ended. */
    public JobStatus cancel(JobID job) throws Exception {
        answer(client.cancel(job));
        return awaitEnd(job, Duration.ofMinutes(2));
    }

    private <T> T answer(CompletableFuture<T> future) throws Exception {
        return answer(future, ANSWER);
    }

    private <T> T answer(CompletableFuture<T> future, Duration limit) throws Exception {
        try {
            return FutureUtils.orTimeout(
                            future, limit.toMillis(), TimeUnit.MILLISECONDS, "no answer")
                    .get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw new UserError(
                        "No answer: cluster=%s after=%ds".formatted(address, limit.toSeconds()));
            }
            throw new UserError(innermost(e));
        }
    }

    /**
     * Returns the message of the innermost cause, without the stack trace that REST sends along.
     */
    private static String innermost(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String message = String.valueOf(innermost.getMessage());
        String last =
                message.lines()
                        .filter(line -> line.startsWith("Caused by: "))
                        .reduce((first, second) -> second)
                        .orElseGet(
                                () ->
                                        message.lines()
                                                .filter(line -> !line.isBlank())
                                                .findFirst()
                                                .orElse(message));
        return last.replaceFirst("^(Caused by: )?([a-z][\\w$]*\\.)+[\\w$]+: ", "").strip();
    }

    @Override
    public void close() {
        client.close();
    }
}
