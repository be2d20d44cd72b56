package io.microstream.benchmarks.live;

import io.microstream.binance.source.LiveConfig;
import io.microstream.binance.wire.StreamKind;
import io.microstream.job.MarketJob;
import io.microstream.job.config.PipelineConfig;
import io.microstream.job.sinks.jdbc.Database;
import io.microstream.job.sinks.jdbc.Schema;
import io.microstream.job.sinks.jdbc.TimescaleSinks;
import io.microstream.live.ApiConfig;
import io.microstream.live.LiveServer;
import io.microstream.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.FileUtils;

/** One measurement of the whole path, as {@code live} runs it. */
final class LatencyRun {

    private static final double GOAL_MS = 500;
    private static final int TASKS = 2;
    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final int RETAINED_TRADES = 1_000_000;

    private final LatencyPlan plan;
    private final Figures figures;

    LatencyRun(LatencyPlan plan, Figures figures) {
        this.plan = plan;
        this.figures = figures;
    }

    void measure() throws Exception {
        Path folder = Files.createTempDirectory("live-latency-");
        try (PostgresServer database = PostgresServer.start(folder.resolve("database"))) {
            String url = database.url();
            Schema.migrate(Database.at(url));
            try (RunningExchange exchange =
                            RunningExchange.paced(
                                    plan.rate(),
                                    0,
                                    RETAINED_TRADES,
                                    LatencyPlan.SYMBOLS.toArray(String[]::new));
                    MiniCluster flink = flink(folder.resolve("checkpoints"));
                    LiveServer server = LiveServer.start(ApiConfig.loopback(url))) {
                flink.start();
                JobID job = flink.submitJob(job(exchange, url).getStreamGraph()).get().getJobID();
                awaitRows(url);
                measure(server);
                flink.cancelJob(job).get();
                flink.requestJobResult(job).get(30, TimeUnit.SECONDS);
            }
        } finally {
            FileUtils.deleteDirectoryQuietly(folder.toFile());
        }
    }

    /** Waits for the first rows, since the page lists only symbols that have rows. */
    private static void awaitRows(String url) throws Exception {
        long end = System.nanoTime() + LONGEST_START.toNanos();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            while (System.nanoTime() < end) {
                try (ResultSet rows =
                        statement.executeQuery("SELECT count(DISTINCT symbol) FROM bars")) {
                    rows.next();
                    if (rows.getInt(1) == LatencyPlan.SYMBOLS.size()) {
                        return;
                    }
                }
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
        throw new IOException(
                "The job wrote no rows of all symbols: waited="
                        + LONGEST_START
                        + ". Look why: JAVA_OPTS=-Dlog4j2.level=WARN");
    }

    private void measure(LiveServer server) throws Exception {
        Optional<BrowserPage> browser =
                plan.browser() ? BrowserPage.open(server.uri()) : Optional.empty();
        try (PushedRows rows = PushedRows.of(server.uri(), LatencyPlan.SYMBOLS)) {
            TimeUnit.MILLISECONDS.sleep(plan.warmUp().toMillis());
            rows.begin();
            browser.ifPresent(BrowserPage::begin);
            TimeUnit.MILLISECONDS.sleep(plan.measured().toMillis());
            print(rows);
            browser.ifPresentOrElse(
                    this::print,
                    () -> System.out.println("no browser: the page itself was not measured"));
        } finally {
            browser.ifPresent(BrowserPage::close);
        }
    }

    private void print(PushedRows rows) throws IOException {
        if (rows.end() != null) {
            throw new IOException("The client was cut off: cause=" + rows.end());
        }
        if (rows.receivedToClient.count() == 0) {
            throw new IOException(
                    "No provisional row came. Look why: JAVA_OPTS=-Dlog4j2.level=WARN");
        }
        p99("1 row's last trade received → client, ms", rows.receivedToClient, GOAL_MS);
        p99("1a  of that: received → committed", rows.receivedToCommitted, 0);
        p99("1b  of that: committed → sent", rows.committedToSent, 0);
        p99("1c  of that: sent → client", rows.sentToClient, 0);
        p99("1 the same of the anomaly score", rows.scoreToClient, GOAL_MS);
        p99("  the same of final bars", rows.finalToClient, 0);
        p99(
                "2 each trade received → first row with it",
                rows.tradeToClient,
                GOAL_MS + plan.provisional().toMillis());
    }

    private void print(BrowserPage page) {
        p99("3 row's last trade received → drawn on the page", page.delays(), GOAL_MS);
        System.out.println("the page says: " + page.words());
    }

    /** Prints a percentile against its goal; a goal of 0 means none. */
    private void p99(String what, Delays delays, double goal) {
        String besides = delays.besides() + ", " + Figures.load();
        if (goal == 0) {
            figures.note(what + ", p99", delays.percentile(0.99), besides);
        } else {
            figures.atMost(what + ", p99", delays.percentile(0.99), goal, besides);
        }
    }

    private static MiniCluster flink(Path checkpoints) throws IOException {
        Configuration settings = new Configuration();
        settings.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        settings.set(RestOptions.ADDRESS, "127.0.0.1");
        settings.set(RestOptions.BIND_PORT, "0");
        settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        settings.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                Files.createDirectories(checkpoints).toUri().toString());
        return new MiniCluster(
                new MiniClusterConfiguration.Builder()
                        .setConfiguration(settings)
                        .setNumTaskManagers(1)
                        .setNumSlotsPerTaskManager(TASKS)
                        .build());
    }

    private StreamExecutionEnvironment job(RunningExchange exchange, String url) {
        ReceivedTrades.clear();
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        LiveConfig live = LiveConfig.at(exchange.streams(), exchange.rest(), StreamKind.AGG_TRADE);
        PipelineConfig config = PipelineConfig.live(TASKS);
        MarketJob.define(
                env,
                config.withBars(config.bars().withProvisionalEvery(plan.provisional())),
                new ReceiptSources(new CountedSources(live, LatencyPlan.SYMBOLS, 1)),
                TimescaleSinks.stamped(Database.at(url)));
        return env;
    }
}
