package io.microstream.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.archive.ArchiveFile;
import io.microstream.job.bars.FeedCounts;
import io.microstream.job.config.BarsConfig;
import io.microstream.job.config.PipelineConfig;
import io.microstream.market.Bar;
import io.microstream.market.DataQuality;
import io.microstream.market.LateTrade;
import io.microstream.tables.Tables;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the whole job on a flawed simulated market of three symbols. */
class MarketJobITCase {

    @TempDir private static Path folder;

    private static LocalCluster cluster;
    private static List<ArchiveFile> files;
    private static CollectingSinks undisturbed;
    private static Map<String, Long> undisturbedCounts;

    @BeforeAll
    static void runOnce() throws Exception {
        cluster = LocalCluster.start();
        files = MarketFiles.inspect(MarketFiles.flawed(folder));
        undisturbed = CollectingSinks.collecting();
        undisturbedCounts = run(1, sources(), undisturbed);
    }

    @AfterAll
    static void stopCluster() throws Exception {
        cluster.close();
    }

    @Test
    void barsEqualThoseOfTheTradesReadDirectly() throws Exception {
        List<String> expected = new ArrayList<>();
        for (String symbol : MarketFiles.SYMBOLS) {
            naive(symbol).bars().forEach(bar -> expected.add(text(bar)));
        }
        List<String> actual = new ArrayList<>();
        undisturbed.rows(Tables.BARS).forEach(bar -> actual.add(text(bar)));
        assertThat(actual).isEqualTo(expected);
        assertThat(expected)
                .as("the market has bars of all sorts")
                .anyMatch(bar -> bar.contains("complete=false"))
                .anyMatch(bar -> bar.contains("n=0") && bar.contains("complete=true"))
                .anyMatch(bar -> bar.contains("n=0") && bar.contains("complete=false"))
                .anyMatch(bar -> bar.contains("n=0") && bar.contains("revision=1"))
                .anyMatch(bar -> bar.contains("revision=1"));
    }

    @Test
    void countersEqualWhatTheInputHolds() throws Exception {
        Map<String, Long> expected = new TreeMap<>();
        List<String> none =
                List.of(
                        FeedCounts.KLINES,
                        FeedCounts.REPAIRED_GAPS,
                        FeedCounts.REPAIRED,
                        FeedCounts.DISCONNECTS,
                        FeedCounts.STALLS,
                        FeedCounts.TIME_OUTLIERS,
                        FeedCounts.CONFLICTS,
                        FeedCounts.NOT_TRADES,
                        FeedCounts.MISSING_TRADES,
                        FeedCounts.REPEATED_TRADES,
                        FeedCounts.LONG_PAUSES,
                        FeedCounts.REFUSED);
        none.forEach(name -> expected.put(name, 0L));
        for (String symbol : MarketFiles.SYMBOLS) {
            NaiveMinutes naive = naive(symbol);
            expected.merge(FeedCounts.TRADES, naive.trades, Long::sum);
            expected.merge(FeedCounts.DUPLICATES, naive.duplicates, Long::sum);
            expected.merge(FeedCounts.MALFORMED, naive.malformed, Long::sum);
            expected.merge(FeedCounts.GAPS, naive.gaps, Long::sum);
            expected.merge(FeedCounts.MISSING, naive.missing, Long::sum);
            expected.merge(FeedCounts.LATE, (long) naive.lateIds.size(), Long::sum);
            expected.merge(
                    FeedCounts.TRADES_IN_BARS, naive.trades - naive.lateIds.size(), Long::sum);
            expected.merge(FeedCounts.BARS, (long) naive.bars().size(), Long::sum);
            expected.merge(FeedCounts.REVISIONS, naive.revisions(), Long::sum);
        }
        assertThat(new TreeMap<>(undisturbedCounts)).isEqualTo(expected);
        assertThat(expected.values().stream().filter(count -> count == 0)).hasSameSizeAs(none);
    }

    @Test
    void everyGapAndEveryLateTradeHasItsRow() throws Exception {
        List<DataQuality> quality = undisturbed.rows(Tables.DATA_QUALITY);
        List<LateTrade> late = undisturbed.rows(Tables.LATE_TRADES);
        for (String symbol : MarketFiles.SYMBOLS) {
            NaiveMinutes naive = naive(symbol);
            List<DataQuality> gaps =
                    quality.stream()
                            .filter(row -> row.symbol().equals(symbol))
                            .filter(row -> row.kind() == DataQuality.Kind.GAP)
                            .toList();
            assertThat(gaps).hasSize((int) naive.gaps);
            assertThat(gaps.stream().mapToLong(DataQuality::missing).sum())
                    .isEqualTo(naive.missing);
            assertThat(late.stream().filter(row -> row.trade().symbol().equals(symbol)))
                    .extracting(row -> row.trade().id())
                    .isEqualTo(naive.lateIds);
        }
    }

    @ParameterizedTest(name = "parallelism {0}, readers {1}")
    @CsvSource({"1, 2", "2, 1", "2, 2", "4, 3", "4, 4"})
    void resultsAreEqualAtAnyParallelism(int parallelism, int readers) throws Exception {
        CollectingSinks sinks = CollectingSinks.collecting();
        Map<String, Long> counts = run(parallelism, sources().readers(readers), sinks);
        assertThat(counts).isEqualTo(undisturbedCounts);
        assertEqualTables(sinks);
    }

    @ParameterizedTest(name = "parallelism {0}, readers {1}")
    @CsvSource({"1, 1", "2, 1", "4, 1", "2, 2"})
    void aFailureInTheMiddleLeavesNoTrace(int parallelism, int readers) throws Exception {
        CollectingSinks sinks = CollectingSinks.failingOnceFrom(ms("2026-01-01T23:30:00Z"));
        Map<String, Long> counts = run(parallelism, sources().readers(readers).speed(7200), sinks);
        assertThat(sinks.failures()).isEqualTo(1);
        assertEqualTables(sinks);
        assertThat(counts).isEqualTo(undisturbedCounts);
    }

    /**
     * The counts of the feed itself are not compared: the share of a reader that has ended is lost
     * when the job is restored (with one reader there is no such share).
     */
    @Test
    void aFailureAfterAReaderEndedLeavesRowsUnchanged() throws Exception {
        CollectingSinks sinks = CollectingSinks.failingOnceFrom(ms("2026-01-02T02:10:00Z"));
        Map<String, Long> counts = run(2, sources().readers(2).speed(7200), sinks);
        assertThat(sinks.failures()).isEqualTo(1);
        assertEqualTables(sinks);
        for (String name :
                List.of(
                        FeedCounts.BARS,
                        FeedCounts.REVISIONS,
                        FeedCounts.TRADES_IN_BARS,
                        FeedCounts.LATE)) {
            assertThat(counts.get(name)).as(name).isEqualTo(undisturbedCounts.get(name));
        }
    }

    @Test
    void withoutLatenessTheSameTradesAreLateAtAnyParallelism() throws Exception {
        PipelineConfig strict = config(2).withBars(new BarsConfig(Duration.ZERO));
        CollectingSinks sinks = CollectingSinks.collecting();
        StreamExecutionEnvironment env = LocalCluster.environment();
        MarketJob.define(env, strict, sources().readers(2), sinks);
        Map<String, Long> counts = cluster.run(env);

        List<String> expected = new ArrayList<>();
        long late = 0;
        for (String symbol : MarketFiles.SYMBOLS) {
            NaiveMinutes naive = NaiveMinutes.of(symbol, files, 0);
            naive.bars().forEach(bar -> expected.add(text(bar)));
            late += naive.lateIds.size();
        }
        assertThat(sinks.rows(Tables.BARS).stream().map(MarketJobITCase::text))
                .containsExactlyElementsOf(expected);
        assertThat(counts.get(FeedCounts.LATE)).isEqualTo(late);
        assertThat(counts.get(FeedCounts.REVISIONS)).isZero();
    }

    private static void assertEqualTables(CollectingSinks sinks) {
        assertThat(sinks.tables().keySet()).isEqualTo(undisturbed.tables().keySet()).hasSize(7);
        for (String table : undisturbed.tables().keySet()) {
            assertThat(sinks.table(table)).as(table).isEqualTo(undisturbed.table(table));
        }
    }

    private static NaiveMinutes naive(String symbol) throws Exception {
        return NaiveMinutes.of(symbol, files, BarsConfig.DEFAULT.allowedLateness().toMillis());
    }

    private static TestSources sources() {
        return TestSources.of(files, TestModels.general());
    }

    private static long ms(String time) {
        return Instant.parse(time).toEpochMilli();
    }

    private static PipelineConfig config(int parallelism) {
        return PipelineConfig.bounded(parallelism).withCheckpointInterval(Duration.ofMillis(100));
    }

    private static Map<String, Long> run(int parallelism, TestSources sources, JobSinks sinks)
            throws Exception {
        StreamExecutionEnvironment env = LocalCluster.environment();
        MarketJob.define(env, config(parallelism), sources, sinks);
        LocalCluster.restartSoon(env);
        return cluster.run(env);
    }

    /** Returns a bar as text with its numbers in plain form, so that 1.0 is 1. */
    private static String text(Bar bar) {
        return "%s %d o=%s h=%s l=%s c=%s v=%s q=%s tb=%s tq=%s n=%d ids=%d..%d complete=%s revision=%d"
                .formatted(
                        bar.symbol(),
                        bar.openTimeMs(),
                        plain(bar.open()),
                        plain(bar.high()),
                        plain(bar.low()),
                        plain(bar.close()),
                        plain(bar.volume()),
                        plain(bar.quoteVolume()),
                        plain(bar.takerBuyVolume()),
                        plain(bar.takerBuyQuoteVolume()),
                        bar.tradeCount(),
                        bar.firstTradeId(),
                        bar.lastTradeId(),
                        bar.complete(),
                        bar.revision());
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
