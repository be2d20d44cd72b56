package io.microstream.standalone.runtime;

import io.microstream.job.JobSources;
import io.microstream.job.MarketJob;
import io.microstream.job.ModelUpdate;
import io.microstream.job.bars.FeedCounts;
import io.microstream.job.config.PipelineConfig;
import io.microstream.job.ends.ModelFiles;
import io.microstream.job.sinks.jdbc.Database;
import io.microstream.job.sinks.jdbc.Schema;
import io.microstream.job.sinks.jdbc.TimescaleSinks;
import io.microstream.job.sinks.jdbc.Writing;
import io.microstream.standalone.report.EventLog;
import io.microstream.standalone.report.ProgressLine;
import io.microstream.standalone.report.ReplayReport;
import io.microstream.standalone.report.Results;
import io.microstream.standalone.report.RunInput;
import io.microstream.standalone.report.UserError;
import io.microstream.tables.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.FileUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the whole system in this process: a database, its page, a local Flink and the job. Ctrl-C
 * stops the page first, then the job, then the database.
 *
 * <p>The main thread waits for the job. On Ctrl-C the shutdown hook cancels the job and closes
 * everything that was opened.
 */
public final class LocalRun implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalRun.class);
    private static final String TEMPORARY = "set TMPDIR to another folder";
    private static final InstantSource CLOCK = InstantSource.system();
    private static final Duration STEP = Duration.ofMillis(250);

    private final RunInput input;
    private final Path workingFolder;
    private final boolean keep;
    private final EmbeddedDatabase embedded;
    private final Database database;
    private final LivePage page;
    private final FollowedRun followed;
    private final LocalFlink flink;
    private final StateFolder checkpoints;
    private RunWatch watch;
    private String eventsSince;
    private Reporter reporter = ReplayReport::of;
    private LongConsumer tradesTaken = trades -> {};
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread closeOnInterrupt = new Thread(this::interrupted, "close-on-interrupt");

    private LocalRun(
            RunInput input,
            Path workingFolder,
            boolean keep,
            EmbeddedDatabase embedded,
            Database database,
            LivePage page,
            FollowedRun followed,
            LocalFlink flink,
            StateFolder checkpoints) {
        this.input = input;
        this.workingFolder = workingFolder;
        this.keep = keep;
        this.embedded = embedded;
        this.database = database;
        this.page = page;
        this.followed = followed;
        this.flink = flink;
        this.checkpoints = checkpoints;
        Runtime.getRuntime().addShutdownHook(closeOnInterrupt);
    }

    /** Creates the report at the end of a run. */
    public interface Reporter {
        ReplayReport report(
                RunInput input,
                Map<String, Long> counters,
                Results results,
                double seconds,
                boolean finished)
                throws SQLException;
    }

    /** Creates the sources of a run for the models that it uses. */
    public interface Sources {
        JobSources with(List<ModelUpdate> models);
    }

    /** Starts everything and prints the addresses. */
    public static LocalRun start(
            RunInput input,
            Sources sources,
            PipelineConfig config,
            RunSettings settings,
            MonitoringOptions monitoring)
            throws Exception {
        System.out.println("input:    " + input.describe());
        List<ModelUpdate> models = ModelFiles.read(settings.models());
        Path folder = workingFolder(settings.keep());
        EmbeddedDatabase embedded =
                settings.jdbc() == null
                        ? EmbeddedDatabase.start(folder.resolve("database"), settings.keep())
                        : null;
        FollowedRun followed = new FollowedRun(input.symbols(), monitoring.isMarketNow());
        LivePage page = null;
        try {
            Database database =
                    embedded == null ? Database.at(settings.jdbc()) : embedded.database();
            Schema.migrate(database);
            page =
                    monitoring.page() == null
                            ? null
                            : LivePage.start(
                                    database, monitoring.page(), monitoring.trades(), followed);
            StateFolder checkpoints = checkpoints(settings, folder);
            LocalFlink flink = flink(settings, checkpoints.path());
            LocalRun run =
                    new LocalRun(
                            input,
                            folder,
                            settings.keep(),
                            embedded,
                            database,
                            page,
                            followed,
                            flink,
                            checkpoints);
            try {
                run.submit(
                        config,
                        sources.with(models),
                        (monitoring.stamped() ? Writing.STAMPED : Writing.PLAIN)
                                .overwriting(settings.overwrites()),
                        settings.resumeFrom());
            } catch (Exception e) {
                run.close();
                throw e;
            }
            run.printAddresses();
            return run;
        } catch (Exception e) {
            if (page != null) {
                page.close();
            }
            if (embedded != null) {
                embedded.close();
            }
            if (!settings.keep()) {
                FileUtils.deleteDirectoryQuietly(folder.toFile());
            }
            throw e;
        }
    }

    private static StateFolder checkpoints(RunSettings settings, Path folder) {
        return settings.checkpoints() == null
                ? StateFolder.create(folder.resolve("checkpoints"), TEMPORARY)
                : StateFolder.create(
                        settings.checkpoints(), "give another folder with --checkpoints");
    }

    private static LocalFlink flink(RunSettings settings, Path checkpoints) {
        try {
            return LocalFlink.start(settings.parallelism(), settings.uiPort(), checkpoints);
        } catch (UserError e) {
            throw e;
        } catch (Exception e) {
            LOG.error("Flink did not start", e);
            throw new UserError(
                    "Flink did not start: %s cause=%s. Free space there, or %s"
                            .formatted(temporary().place(), LocalFlink.innermost(e), TEMPORARY));
        }
    }

    private static StateFolder temporary() {
        return new StateFolder(Path.of(System.getProperty("java.io.tmpdir")));
    }

    private static Path workingFolder(boolean keep) {
        StateFolder parent = keep ? new StateFolder(Path.of("").toAbsolutePath()) : temporary();
        try {
            return keep
                    ? Files.createDirectories(parent.path().resolve(".microstream"))
                    : Files.createTempDirectory("microstream-");
        } catch (IOException e) {
            throw new UserError(
                    "Folder not writable: %s cause=%s. Free space there, or %s"
                            .formatted(
                                    parent.place(),
                                    StateFolder.reason(e),
                                    keep ? "run in another folder" : TEMPORARY));
        }
    }

    private void submit(
            PipelineConfig config, JobSources sources, Writing writing, Optional<Path> checkpoint)
            throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        LOG.info("Job: config={} database={} checkpoint={}", config, database, checkpoint);
        MarketJob.define(env, config, sources, new TimescaleSinks(database, writing));
        watch =
                new RunWatch(
                        config.restartAttempts() != PipelineConfig.UNLIMITED,
                        checkpoints,
                        line -> ProgressLine.above(System.out, "warning: " + line));
        try (Results before = Results.of(database)) {
            eventsSince = before.snapshot();
        }
        flink.submit(env, "MicroStream", checkpoint);
        checkpoint.ifPresent(path -> System.out.println("resumed:  " + path));
    }

    private void printAddresses() {
        System.out.println("flink:    " + flink.webUi());
        if (embedded == null) {
            System.out.println("database: " + database);
        } else {
            System.out.println("database: " + embedded.jdbcUrl());
            System.out.println("          psql '" + embedded.psqlUrl() + "'");
        }
        if (page != null) {
            System.out.println("page:     " + page.address());
        }
    }

    /** Counts final bars of the input that open in a range of milliseconds since the epoch. */
    public long finalBars(long fromMs, long toMs) throws SQLException {
        try (Results results = Results.of(database)) {
            return results.count(Tables.BARS, input.symbols(), fromMs * 1000, toMs * 1000);
        }
    }

    /**
     * Reports to the listener, several times a second, how many trades the job has taken in all.
     */
    public LocalRun onTradesTaken(LongConsumer listener) {
        tradesTaken = listener;
        return this;
    }

    /** Replaces the reporter, whose default is that of a run that reads its input. */
    public LocalRun reporting(Reporter replacement) {
        reporter = replacement;
        return this;
    }

    /**
     * Waits until everything is committed and returns the report. If the limit is reached first,
     * the job is cancelled.
     *
     * @param limit zero for no limit
     */
    public ReplayReport awaitEnd(Duration limit) throws Exception {
        return awaitEnd(limit, false);
    }

    /** Waits as {@link #awaitEnd(Duration)} does and, if asked to, logs events to the console. */
    public ReplayReport awaitEnd(Duration limit, boolean logEvents) throws Exception {
        try {
            return await(limit, logEvents);
        } catch (Exception e) {
            if (closed.get()) {
                // After Ctrl-C calls fail because everything is closed. The hook ends the process.
                LOG.debug("Interrupted", e);
                new CountDownLatch(1).await();
            }
            throw e;
        } finally {
            followed.ended();
        }
    }

    private ReplayReport await(Duration limit, boolean logEvents) throws Exception {
        try (ResultsInTurn shown = new ResultsInTurn(database)) {
            EventLog events = new EventLog(System.out, input.symbols(), eventsSince);
            ProgressLine progress = new ProgressLine(System.out, input.rows(), input.symbols());
            long jobStartedNanos = System.nanoTime();
            JobExecutionResult result = null;
            boolean stopped = false;
            String ended = null;
            while (result == null && !stopped && ended == null) {
                result = flink.await(STEP);
                Duration elapsed = Duration.ofNanos(System.nanoTime() - jobStartedNanos);
                stopped = result == null && !limit.isZero() && elapsed.compareTo(limit) >= 0;
                if (result == null && !stopped) {
                    ended = watch.look(flink.state(), CLOCK.millis());
                    watch.waiting(flink.waits(), this::place);
                    if (embedded != null) {
                        embedded.requireRunning();
                    }
                    Map<String, Long> counted = flink.counters();
                    tradesTaken.accept(counted.getOrDefault(FeedCounts.TRADES, 0L));
                    shown.with(
                            results -> {
                                if (logEvents) {
                                    events.printNew(results);
                                }
                                progress.show(elapsed, counted, results);
                            });
                }
            }
            progress.end();
            Map<String, Long> counters = result == null ? flink.counters() : counters(result);
            if (result == null) {
                flink.cancel();
            } else {
                watch.look(flink.state(), CLOCK.millis());
            }
            double seconds = (System.nanoTime() - jobStartedNanos) / 1e9;
            ReplayReport report =
                    reporter.report(
                            input,
                            watch.counted(counters),
                            shown.results(),
                            seconds,
                            result != null);
            return ended == null ? report : report.endedEarly(ended);
        }
    }

    /** Adds to a wait for the embedded database what its server and its folder say. */
    private String place(String wait) {
        return embedded == null || !wait.startsWith(TimescaleSinks.WAITING_FOR)
                ? wait
                : wait + " (" + embedded.condition() + ")";
    }

    private static Map<String, Long> counters(JobExecutionResult result) {
        Map<String, Long> counters = new HashMap<>();
        result.getAllAccumulatorResults()
                .forEach((name, value) -> counters.put(name, ((Number) value).longValue()));
        return counters;
    }

    @Override
    public void close() {
        closeQuietly();
        try {
            Runtime.getRuntime().removeShutdownHook(closeOnInterrupt);
        } catch (IllegalStateException e) {
            LOG.debug("Already shutting down", e);
        }
    }

    /**
     * Handles Ctrl-C; prints the job's counters, since the embedded database may already be down.
     */
    private void interrupted() {
        if (closed.get()) {
            return;
        }
        try {
            System.out.printf("%nstopped: %s%n", ProgressLine.read(flink.counters(), input.rows()));
        } catch (Exception e) {
            LOG.warn("Counters not available at the stop", e);
        }
        closeQuietly();
    }

    private void closeQuietly() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            if (page != null) {
                page.close();
            }
        } catch (RuntimeException e) {
            LOG.warn("The page did not stop cleanly", e);
        }
        try {
            flink.cancel();
            flink.close();
        } catch (Exception e) {
            LOG.warn("Flink did not stop cleanly", e);
        }
        if (embedded != null) {
            embedded.close();
        }
        if (!keep) {
            FileUtils.deleteDirectoryQuietly(workingFolder.toFile());
        } else {
            System.out.println("kept: " + workingFolder);
        }
    }
}
