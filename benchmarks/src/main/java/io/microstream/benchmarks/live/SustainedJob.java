package io.microstream.benchmarks.live;

import io.microstream.binance.source.LiveConfig;
import io.microstream.binance.wire.StreamKind;
import io.microstream.job.MarketJob;
import io.microstream.job.config.PipelineConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.FileUtils;

/**
 * Figure 2: the same through the whole job, at full speed: two readers, two tasks of each operator,
 * checkpoints every ten seconds to local files, the default models, sinks that keep nothing.
 */
final class SustainedJob {

    private static final List<String> SYMBOLS = List.of("BTCUSDT", "ETHUSDT");
    private static final int TASKS = 2;
    private static final double MARKET_PACE = 20_000;
    private static final long TELL_EVERY_MS = 5;

    private final Plan plan;
    private final Figures figures;

    SustainedJob(Plan plan, Figures figures) {
        this.plan = plan;
        this.figures = figures;
    }

    void measure() throws Exception {
        for (int readers = 1; readers <= TASKS; readers++) {
            run(readers);
        }
    }

    private void run(int readers) throws Exception {
        Path checkpoints = Files.createTempDirectory("live-feed-checkpoints-");
        CountedSources.TRADES.set(0);
        CountedSources.FAULTS.set(0);
        CountedSources.MISSING.set(0);
        try (RunningExchange exchange =
                        RunningExchange.waiting(MARKET_PACE, SYMBOLS.toArray(String[]::new));
                MiniCluster flink = flink(checkpoints)) {
            flink.start();
            JobID job = flink.submitJob(job(exchange, readers).getStreamGraph()).get().getJobID();
            await(exchange, plan.warmUp());
            Meter meter = new Meter(exchange);
            long before = CountedSources.TRADES.get();
            await(exchange, plan.run());
            long trades = CountedSources.TRADES.get() - before;
            if (trades == 0) {
                throw new IOException(
                        "The job does not run. Look why: JAVA_OPTS=-Dlog4j2.level=WARN");
            }
            figures.note(
                    "2 frames/s through the job, readers=" + readers,
                    trades / meter.seconds(),
                    meter.cpu(trades)
                            + ", sinks discard, faults=%d missing=%d, "
                                    .formatted(
                                            CountedSources.FAULTS.get(),
                                            CountedSources.MISSING.get())
                            + Figures.load());
            flink.cancelJob(job).get();
            flink.requestJobResult(job).get(30, TimeUnit.SECONDS);
        } finally {
            FileUtils.deleteDirectoryQuietly(checkpoints.toFile());
        }
    }

    private static MiniCluster flink(Path checkpoints) {
        Configuration settings = new Configuration();
        settings.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        settings.set(RestOptions.ADDRESS, "127.0.0.1");
        settings.set(RestOptions.BIND_PORT, "0");
        settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        return new MiniCluster(
                new MiniClusterConfiguration.Builder()
                        .setConfiguration(settings)
                        .setNumTaskManagers(1)
                        .setNumSlotsPerTaskManager(TASKS)
                        .build());
    }

    private static StreamExecutionEnvironment job(RunningExchange exchange, int readers) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        LiveConfig live = LiveConfig.at(exchange.streams(), exchange.rest(), StreamKind.AGG_TRADE);
        MarketJob.define(
                env,
                PipelineConfig.live(TASKS),
                new CountedSources(live, SYMBOLS, readers),
                new DiscardingSinks());
        return env;
    }

    private static void await(RunningExchange exchange, Duration span)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + span.toNanos();
        while (System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(TELL_EVERY_MS);
            exchange.taken(CountedSources.TRADES.get());
        }
    }
}
