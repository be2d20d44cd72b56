package io.microstream.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.archive.ArchiveFile;
import io.microstream.job.config.PipelineConfig;
import io.microstream.tables.Tables;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Final tables do not depend on provisional rows. The market is replayed at a pace that leaves time
 * for several provisional rows a minute.
 */
class ProvisionalITCase {

    private static final List<String> TABLES =
            List.of(
                    Tables.BARS.name(),
                    Tables.FEATURES.name(),
                    Tables.REGIMES.name(),
                    Tables.ANOMALIES.name());
    private static final double EVENT_SECONDS_A_SECOND = 1_200;

    @TempDir private static Path folder;

    private static LocalCluster cluster;
    private static List<ArchiveFile> files;
    private static Map<String, Map<String, String>> expected;
    private static Map<String, Long> expectedCounts;

    @BeforeAll
    static void runWithout() throws Exception {
        cluster = LocalCluster.start();
        files = MarketFiles.inspect(MarketFiles.flawed(folder));
        CollectingSinks sinks = CollectingSinks.collecting();
        StreamExecutionEnvironment env = LocalCluster.environment();
        MarketJob.define(env, PipelineConfig.bounded(1), sources(), sinks);
        expectedCounts = cluster.run(env);
        expected = sinks.tables();
        TABLES.forEach(table -> assertThat(sinks.provisional(table)).isZero());
    }

    @AfterAll
    static void stopCluster() throws Exception {
        cluster.close();
    }

    @Test
    void finalTablesAreTheSame() throws Exception {
        CollectingSinks sinks = CollectingSinks.collecting();
        SlowedSources sources = slowed();
        JobID job = submit(sources, sinks);
        awaitProvisional(sinks, job);
        sources.release();
        Map<String, Long> counts = cluster.result(job);
        assertThat(sinks.tables()).isEqualTo(expected);
        assertThat(counts).isEqualTo(expectedCounts);
    }

    @Test
    void finalTablesAreTheSameThroughAFailure() throws Exception {
        CollectingSinks sinks =
                CollectingSinks.failingOnceFrom(MarketFiles.startMs("ALPHAUSDT") + 60 * 60_000L);
        SlowedSources sources = slowed();
        JobID job = submit(sources, sinks);
        awaitProvisional(sinks, job);
        sources.release();
        Map<String, Long> counts = cluster.result(job);
        assertThat(sinks.failures()).isEqualTo(1);
        assertThat(sinks.tables()).isEqualTo(expected);
        assertThat(counts).isEqualTo(expectedCounts);
    }

    private static TestSources sources() {
        return TestSources.of(files, TestModels.general());
    }

    /** Returns sources that slow down once features and filters are warm. */
    private static SlowedSources slowed() {
        return SlowedSources.from(
                MarketFiles.startMs("ALPHAUSDT") + 120 * 60_000L,
                sources().speed(EVENT_SECONDS_A_SECOND));
    }

    private static JobID submit(JobSources sources, CollectingSinks sinks) throws Exception {
        StreamExecutionEnvironment env = LocalCluster.environment();
        PipelineConfig config =
                PipelineConfig.bounded(2).withCheckpointInterval(Duration.ofMillis(100));
        MarketJob.define(
                env,
                config.withBars(config.bars().withProvisionalEvery(Duration.ofMillis(10))),
                sources,
                sinks);
        LocalCluster.restartSoon(env);
        return cluster.submit(env);
    }

    /** Waits until each table has twenty provisional rows. */
    private static void awaitProvisional(CollectingSinks sinks, JobID job) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        while (!TABLES.stream().allMatch(table -> sinks.provisional(table) >= 20)) {
            assertThat(cluster.isOver(job)).as("job ended early").isFalse();
            assertThat(never.await(20, TimeUnit.MILLISECONDS)).isFalse();
        }
    }
}
