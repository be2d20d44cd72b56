package io.microstream.standalone.torture;

import io.microstream.job.config.JobConfig;
import io.microstream.job.main.MarketJobMain;
import io.microstream.job.sinks.jdbc.Database;
import io.microstream.standalone.cluster.Deadline;
import io.microstream.standalone.cluster.FlinkProcesses;
import io.microstream.standalone.cluster.RemoteCluster;
import io.microstream.standalone.report.UserError;
import io.microstream.standalone.runtime.Checkpoints;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;

/** A job that reads recorded trades on a cluster of processes, and what happens to it. */
final class DisturbedJob {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration STORM = Duration.ofSeconds(2);
    private static final InstantSource CLOCK = InstantSource.system();

    /** So many bars after a fault prove that the job goes on. */
    private static final long PROOF = 20;

    private final FlinkProcesses cluster;
    private final FlinkProcesses.Size size;
    private final URI address;
    private final Path jar;
    private final List<String> settings;
    private final Database database;
    private final Random random;
    private int parallelism = 1;
    private JobID job;
    private long slowestMs;

    /**
     * Describes a job that is not submitted yet.
     *
     * @param settings of the job, key=value, except its parallelism
     * @param database that the settings name
     * @param random decides when it is disturbed
     */
    DisturbedJob(
            FlinkProcesses cluster,
            FlinkProcesses.Size size,
            Path jar,
            List<String> settings,
            Database database,
            Random random) {
        this.cluster = cluster;
        this.size = size;
        this.address = URI.create("http://127.0.0.1:" + size.restPort());
        this.jar = jar;
        this.settings = settings;
        this.database = database;
        this.random = random;
    }

    /** Submits the job, disturbs it so often, and waits for its end; returns how often it was. */
    int live(FaultCase fault, int times) throws Exception {
        submit(null);
        int done = 0;
        for (; done < times; done++) {
            long at = bars() + 50 + random.nextInt(250);
            await("bars=" + at, () -> bars() >= at || hasEnded());
            if (hasEnded()) {
                break;
            }
            long before = bars();
            long beganMs = CLOCK.millis();
            fault.disturb(this);
            await("bars after " + fault.title(), () -> bars() >= before + PROOF || hasEnded());
            slowestMs = Math.max(slowestMs, CLOCK.millis() - beganMs);
        }
        try (RemoteCluster remote = RemoteCluster.at(address)) {
            JobStatus state = remote.awaitEnd(job, PATIENCE);
            if (state != JobStatus.FINISHED) {
                throw new UserError(
                        "Job did not finish: case=%s job=%s state=%s"
                                .formatted(fault.title(), job, state));
            }
        }
        return done;
    }

    /** Returns the longest time from a fault until bars came again, milliseconds. */
    long slowestMs() {
        return slowestMs;
    }

    void killTaskManager() throws Exception {
        cluster.kill("taskmanager-1");
        cluster.startTaskManager(1, size);
    }

    void killJobManager() throws Exception {
        cluster.kill("jobmanager");
        cluster.startJobManager(size);
        await("a JobManager", this::answers);
        Path checkpoints = cluster.folder().resolve("checkpoints").resolve(job.toHexString());
        submit(Checkpoints.newest(checkpoints).map(Path::toUri).map(URI::toString).orElse(null));
    }

    void terminateBackends() throws Exception {
        Deadline deadline = Deadline.in(STORM);
        do {
            number(
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                            + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
        } while (deadline.isAhead());
    }

    void rescale() throws Exception {
        parallelism = 3 - parallelism;
        String savepoint;
        try (RemoteCluster remote = RemoteCluster.at(address)) {
            savepoint = remote.savepoint(job, null, true, PATIENCE);
            remote.awaitEnd(job, PATIENCE);
        }
        submit(savepoint);
    }

    private void submit(String savepoint) throws Exception {
        List<String> arguments =
                Stream.concat(settings.stream(), Stream.of("parallelism=" + parallelism))
                        .map(setting -> "--" + setting)
                        .toList();
        JobConfig config = MarketJobMain.configuration(Map.of(), arguments);
        try (RemoteCluster remote = RemoteCluster.at(address)) {
            job = remote.submit(config, jar, savepoint);
            remote.awaitRunning(job, PATIENCE);
        }
    }

    private boolean answers() throws Exception {
        try (RemoteCluster remote = RemoteCluster.at(address)) {
            return remote.taskManagers() > 0;
        } catch (UserError e) {
            return false;
        }
    }

    private boolean hasEnded() throws Exception {
        try (RemoteCluster remote = RemoteCluster.at(address)) {
            return remote.state(job).isGloballyTerminalState();
        } catch (UserError e) {
            return false;
        }
    }

    private long bars() throws SQLException {
        return number("SELECT count(*) FROM bars");
    }

    /** Returns the number that a query of the job's database gives. */
    long number(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        Deadline deadline = Deadline.in(PATIENCE);
        while (!condition.call()) {
            if (!deadline.isAhead()) {
                throw new UserError(
                        "Waited in vain: for=%s seconds=%d".formatted(what, PATIENCE.toSeconds()));
            }
        }
    }
}
