package io.microstream.standalone.runtime;

import io.microstream.job.JobSources;
import io.microstream.job.MarketJob;
import io.microstream.job.ModelUpdate;
import io.microstream.job.bars.FeedCounts;
import io.microstream.job.config.PipelineConfig;
import io.microstream.job.ends.ModelFiles;
import io.microstream.job.ends.RecordedSources;
import io.microstream.job.sinks.jdbc.Database;
import io.microstream.job.sinks.jdbc.Schema;
import io.microstream.job.sinks.jdbc.TimescaleSinks;
import io.microstream.standalone.report.EventLog;
import io.microstream.standalone.report.ProgressLine;
import io.microstream.standalone.report.RecordedInput;
import io.microstream.standalone.report.ReplayReport;
import io.microstream.standalone.report.Results;
import io.microstream.standalone.report.RunInput;
import io.microstream.tables.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
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
 * The whole system in this process: a database, the page over it, a local Flink, the job. Ctrl-C
 * stops it in order: the page first, then the job, then the database.
 *
 * <p>The main thread waits; the shutdown hook, if it comes first, cancels the job and closes what
 * was opened.
 */
public final class LocalRun implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalRun.class);
    private static final Duration STEP = Duration.ofMillis(250);

    private final RunInput input;
    private final Path workingFolder;
    private final boolean keep;
    private final EmbeddedDatabase embedded;
    private final Database database;
    private final LivePage page;
    private final LocalFlink flink;
    private Reporter reporter = ReplayReport::of;
    private LongConsumer taken = trades -> {};
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread closeOnInterrupt = new Thread(this::interrupted, "close-on-interrupt");

    private LocalRun(
            RunInput input,
            Path workingFolder,
            boolean keep,
            EmbeddedDatabase embedded,
            Database database,
            LivePage page,
            LocalFlink flink) {
        this.input = input;
        this.workingFolder = workingFolder;
        this.keep = keep;
        this.embedded = embedded;
        this.database = database;
        this.page = page;
        this.flink = flink;
        Runtime.getRuntime().addShutdownHook(closeOnInterrupt);
    }

    /** Makes the report of a run. */
    public interface Reporter {
        ReplayReport report(
                RunInput input,
                Map<String, Long> counters,
                Results results,
                double seconds,
                boolean finished)
                throws SQLException;
    }

    /** Where the feed of a run comes from, given the models. */
    public interface Sources {
        JobSources with(List<ModelUpdate> models);
    }

    /** Starts everything on recorded input; says where to look. */
    public static LocalRun start(
            RecordedInput input,
            RunSettings settings,
            PipelineConfig config,
            double speed,
            MonitoringOptions watching)
            throws Exception {
        return start(
                input,
                models -> new RecordedSources(input.files(), speed, models, input.history()),
                config,
                settings,
                watching);
    }

    /** Starts everything; says where to look. */
    public static LocalRun start(
            RunInput input,
            Sources sources,
            PipelineConfig config,
            RunSettings settings,
            MonitoringOptions watching)
            throws Exception {
        System.out.println("input:    " + input.describe());
        List<ModelUpdate> models = ModelFiles.read(settings.models());
        Path folder = workingFolder(settings.keep());
        EmbeddedDatabase embedded =
                settings.jdbc() == null
                        ? EmbeddedDatabase.start(folder.resolve("database"), settings.keep())
                        : null;
        LivePage page = null;
        try {
            Database database =
                    embedded == null ? Database.at(settings.jdbc()) : embedded.database();
            Schema.migrate(database);
            page =
                    watching.page() == null
                            ? null
                            : LivePage.start(database.url(), watching.page(), watching.trades());
            LocalFlink flink = flink(settings, folder);
            LocalRun run =
                    new LocalRun(input, folder, settings.keep(), embedded, database, page, flink);
            try {
                run.submit(config, sources.with(models), watching.stamped(), settings.resumeFrom());
            } catch (Exception e) {
                run.close();
                throw e;
            }
            run.sayWhereToLook();
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

    private static LocalFlink flink(RunSettings settings, Path folder) throws Exception {
        Path checkpoints =
                settings.checkpoints() == null
                        ? folder.resolve("checkpoints")
                        : settings.checkpoints();
        return LocalFlink.start(
                settings.parallelism(), settings.uiPort(), Files.createDirectories(checkpoints));
    }

    private static Path workingFolder(boolean keep) throws IOException {
        if (!keep) {
            return Files.createTempDirectory("microstream-");
        }
        return Files.createDirectories(Path.of(".microstream").toAbsolutePath());
    }

    private void submit(
            PipelineConfig config, JobSources sources, boolean stamped, Optional<Path> checkpoint)
            throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        LOG.info("Job: config={} database={} checkpoint={}", config, database, checkpoint);
        MarketJob.define(
                env,
                config,
                sources,
                stamped ? TimescaleSinks.stamped(database) : new TimescaleSinks(database));
        flink.submit(env, "MicroStream", checkpoint);
        checkpoint.ifPresent(path -> System.out.println("resumed:  " + path));
    }

    private void sayWhereToLook() {
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

    /** Final bars of its symbols that open in a time, milliseconds since the epoch. */
    public long finalBars(long fromMs, long toMs) throws SQLException {
        try (Results results = Results.of(database)) {
            return results.count(Tables.BARS, input.symbols(), fromMs * 1000, toMs * 1000);
        }
    }

    /** Tells how many trades the job has taken, several times a second. */
    public LocalRun telling(LongConsumer tradesTaken) {
        taken = tradesTaken;
        return this;
    }

    /** Reports in another way than that of a run that read its input. */
    public LocalRun reporting(Reporter another) {
        reporter = another;
        return this;
    }

    /**
     * Waits until everything is committed, or until the time is up; then the job is stopped where
     * it stands.
     *
     * @param limit zero for no limit
     */
    public ReplayReport toTheEnd(Duration limit) throws Exception {
        return toTheEnd(limit, false);
    }

    /** The same, and tells of faults and anomalies as they are committed if {@code telling}. */
    public ReplayReport toTheEnd(Duration limit, boolean telling) throws Exception {
        try {
            return await(limit, telling);
        } catch (Exception e) {
            if (closed.get()) {
                // Ctrl-C: what fails now fails because it was closed. The process ends with the
                // hook.
                LOG.debug("Interrupted", e);
                new CountDownLatch(1).await();
            }
            throw e;
        }
    }

    private ReplayReport await(Duration limit, boolean telling) throws Exception {
        try (Results results = Results.of(database)) {
            EventLog news = new EventLog(System.out);
            ProgressLine progress = new ProgressLine(System.out, input.rows(), input.symbols());
            long jobStartedNanos = System.nanoTime();
            JobExecutionResult result = null;
            boolean stopped = false;
            while (result == null && !stopped) {
                result = flink.await(STEP);
                Duration elapsed = Duration.ofNanos(System.nanoTime() - jobStartedNanos);
                stopped = result == null && !limit.isZero() && elapsed.compareTo(limit) >= 0;
                if (result == null && !stopped) {
                    if (telling) {
                        news.tell(results);
                    }
                    Map<String, Long> counted = flink.counters();
                    taken.accept(counted.getOrDefault(FeedCounts.TRADES, 0L));
                    progress.show(elapsed, counted, results);
                }
            }
            progress.end();
            Map<String, Long> counters = stopped ? flink.counters() : counters(result);
            if (stopped) {
                flink.cancel();
            }
            double seconds = (System.nanoTime() - jobStartedNanos) / 1e9;
            return reporter.report(input, counters, results, seconds, !stopped);
        }
    }

    private static Map<String, Long> counters(JobExecutionResult result) {
        Map<String, Long> counters = new java.util.HashMap<>();
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

    /** Ctrl-C. The embedded database stops by itself at the same time, so only the job is asked. */
    private void interrupted() {
        if (closed.get()) {
            return;
        }
        try {
            Map<String, Long> counters = flink.counters();
            System.out.printf(
                    "%nstopped: %s, %,d bars%n",
                    ProgressLine.rows(
                            counters.getOrDefault(FeedCounts.TRADES, 0L)
                                    + counters.getOrDefault(FeedCounts.KLINES, 0L),
                            input.rows()),
                    counters.getOrDefault(FeedCounts.BARS, 0L));
        } catch (Exception e) {
            LOG.warn("No counters at the stop", e);
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
