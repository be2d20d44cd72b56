package io.microstream.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.archive.ArchiveFile;
import io.microstream.job.config.PipelineConfig;
import io.microstream.tables.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The whole job continues from savepoints that older builds took in the middle of the input: splits
 * with their positions, bars, features, filters, models and counters.
 *
 * <p>A savepoint is written where {@code -Dmicrostream.golden=VERSION} names a version that has
 * none yet: run that with the code of a release and keep what it wrote.
 */
class OlderSavepointITCase {

    private static final Path SAVEPOINTS = Path.of("src", "test", "resources", "savepoints");
    private static final String BARS_BEFORE = "bars-before.txt";

    /**
     * The folder of the feed, the same everywhere because savepoints hold the paths of its files.
     */
    private static final Path FEED = Path.of("target", "savepoint-feed");

    private static final Path NEW_SAVEPOINTS = Path.of("target", "savepoints");
    private static final Instant MIDDLE = Instant.parse("2026-01-02T00:20:00Z");
    private static final int BARS_UNTIL_MIDDLE = 250;

    private static LocalCluster cluster;
    private static TestSources sources;
    private static CollectingSinks undisturbed;
    private static Map<String, Long> undisturbedCounts;

    @BeforeAll
    static void runOnce() throws Exception {
        cluster = LocalCluster.start();
        Files.createDirectories(FEED);
        sources =
                TestSources.of(
                        MarketFiles.inspect(MarketFiles.flawed(FEED)).stream()
                                .map(OlderSavepointITCase::relative)
                                .toList(),
                        TestModels.general());
        undisturbed = CollectingSinks.collecting();
        undisturbedCounts = cluster.run(define(sources, undisturbed));
    }

    @AfterAll
    static void stopCluster() throws Exception {
        cluster.close();
    }

    static Stream<Path> versions() throws IOException {
        String asked = System.getProperty("microstream.golden");
        if (asked != null) {
            Files.createDirectories(SAVEPOINTS.resolve(asked));
        }
        try (Stream<Path> versions = Files.list(SAVEPOINTS)) {
            return versions.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void jobContinuesFromOlderSavepoint(Path version) throws Exception {
        if (!Files.exists(version.resolve(BARS_BEFORE))) {
            write(version);
        }
        CollectingSinks rest = CollectingSinks.collecting();
        Map<String, Long> counts = cluster.resume(define(sources, rest), version);

        Set<String> before = new TreeSet<>(Files.readAllLines(version.resolve(BARS_BEFORE)));
        Set<String> after = rest.table(Tables.BARS.name()).keySet();
        Set<String> all = undisturbed.table(Tables.BARS.name()).keySet();
        assertThat(after).hasSizeBetween(100, all.size() - 100);
        before.addAll(after);
        assertThat(before).isEqualTo(all);
        undisturbed
                .tables()
                .forEach(
                        (table, rows) ->
                                assertThat(rows).as(table).containsAllEntriesOf(rest.table(table)));
        assertThat(counts).isEqualTo(undisturbedCounts);
    }

    private static void write(Path version) throws Exception {
        CollectingSinks sinks = CollectingSinks.collecting();
        SlowedSources slowed = SlowedSources.from(MIDDLE.toEpochMilli(), sources);
        JobID job = cluster.submit(define(slowed, sinks));
        CountDownLatch never = new CountDownLatch(1);
        while (sinks.table(Tables.BARS.name()).size() < BARS_UNTIL_MIDDLE) {
            assertThat(cluster.isOver(job)).isFalse();
            assertThat(never.await(20, TimeUnit.MILLISECONDS)).isFalse();
        }
        Path savepoint = cluster.stopWithSavepoint(job, NEW_SAVEPOINTS);
        slowed.release();
        Files.copy(savepoint.resolve("_metadata"), version.resolve("_metadata"));
        Files.write(version.resolve(BARS_BEFORE), sinks.table(Tables.BARS.name()).keySet());
    }

    /** Defines the job so that all its state is inside the one file of the savepoint. */
    private static StreamExecutionEnvironment define(JobSources sources, CollectingSinks sinks) {
        StreamExecutionEnvironment env = LocalCluster.environment();
        PipelineConfig config =
                PipelineConfig.bounded(2).withCheckpointInterval(Duration.ofHours(1));
        MarketJob.define(env, config, sources, sinks);
        Configuration settings = new Configuration();
        settings.set(CheckpointingOptions.FS_SMALL_FILE_THRESHOLD, MemorySize.ofMebiBytes(1));
        env.configure(settings);
        return env;
    }

    private static ArchiveFile relative(ArchiveFile file) {
        Path here = Path.of("").toAbsolutePath();
        return new ArchiveFile(
                here.relativize(Path.of(file.path())).toString(),
                file.kind(),
                file.symbol(),
                file.symbolsInFile(),
                file.aggregated(),
                file.microseconds(),
                file.header(),
                file.rows(),
                file.malformed(),
                file.ignored(),
                file.firstId(),
                file.lastId(),
                file.firstTimeUs(),
                file.lastTimeUs(),
                file.sorted(),
                file.startsAtPeriodStart(),
                file.endsAtPeriodEnd());
    }
}
