package io.microstream.job.sinks.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.job.LocalCluster;
import io.microstream.job.MarketFiles;
import io.microstream.job.MarketJob;
import io.microstream.job.SlowedSources;
import io.microstream.job.TestModels;
import io.microstream.job.TestSources;
import io.microstream.job.config.PipelineConfig;
import io.microstream.market.Bar;
import io.microstream.market.BarBuilder;
import io.microstream.tables.TableSpec;
import io.microstream.tables.Tables;
import io.microstream.testing.Bars;
import io.microstream.testing.Trades;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.testutils.MetricListener;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.runtime.tasks.TestProcessingTimeService;
import org.junit.jupiter.api.Test;

/** Stamps say when a row was received and written, and change nothing else. */
interface StampGuarantees extends SinksFixture {

    String STAMPED = "committed_at IS NOT NULL AND committed_in IS NOT NULL";

    @Test
    default void aStampedRowSaysWhenItWasReceivedAndByWhichTransactionWritten() throws Exception {
        Schema.migrate(target());
        String before = database().rows("SELECT pg_current_snapshot()").get(0);
        BarBuilder running = new BarBuilder();
        running.add(Trades.trade("BTCUSDT").build().receivedAt(1_767_571_200_123L));
        writeAll(running.toProvisionalBar("BTCUSDT", Bars.START_MS));
        for (String table : List.of("bars", "features", "regimes", "anomalies")) {
            assertThat(
                            database()
                                    .rows(
                                            "SELECT received_at AT TIME ZONE 'UTC',"
                                                    + " now() - committed_at BETWEEN '0' AND '1 minute',"
                                                    + " pg_visible_in_snapshot(committed_in, '"
                                                    + before
                                                    + "'), pg_visible_in_snapshot(committed_in, pg_current_snapshot())"
                                                    + " FROM "
                                                    + table))
                    .as(table)
                    .containsExactly("2026-01-05 00:00:00.123|t|f|t");
        }
        // Computed again, without a trade of its own.
        writeAll(Bars.bar("BTCUSDT").revision(1).build());
        assertThat(database().rows("SELECT received_at AT TIME ZONE 'UTC', revision FROM bars"))
                .containsExactly("2026-01-05 00:00:00.123|1");
    }

    /**
     * So that known fingerprints hold, and a replay over rows that were watched leaves no traces.
     */
    @Test
    default void rowsThatAreNotStampedHaveNoStampsEvenWhereThereWereSome() throws Exception {
        Schema.migrate(target());
        run(TimescaleSinks.stamped(target()));
        for (String table : TABLES) {
            assertThat(database().rows("SELECT count(*) FROM " + table + " WHERE " + STAMPED))
                    .as(table)
                    .containsExactly("" + database().count(table));
        }
        run(new TimescaleSinks(target()));
        for (String table : TABLES) {
            assertThat(database().rows("SELECT count(*) FROM " + table + " WHERE " + STAMPED))
                    .as(table)
                    .containsExactly("0");
        }
    }

    @Test
    default void finalRowsOfAStampedRunAreThoseOfAPlainOne() throws Exception {
        Schema.migrate(target());
        run(new TimescaleSinks(target()));
        Map<String, List<String>> expected = finalRows();
        for (String table : TABLES) {
            database().run("TRUNCATE " + table);
        }
        StreamExecutionEnvironment env = LocalCluster.environment();
        PipelineConfig config = PipelineConfig.bounded(2);
        SlowedSources sources =
                SlowedSources.from(
                        MarketFiles.startMs("ALPHAUSDT") + 120 * 60_000L,
                        TestSources.of(market(), TestModels.general()).speed(7200));
        MarketJob.define(
                env,
                config.withBars(config.bars().withProvisionalEvery(Duration.ofMillis(20))),
                sources,
                TimescaleSinks.stamped(target()));
        JobID job = cluster().submit(env);
        awaitRow("bars WHERE NOT is_final", job);
        awaitRow("features WHERE NOT is_final", job);
        awaitRow("regimes WHERE NOT is_final", job);
        awaitRow("anomalies WHERE NOT is_final", job);
        sources.release();
        cluster().result(job);
        assertThat(finalRows()).isEqualTo(expected);
    }

    private void awaitRow(String what, JobID job) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        while (database().count(what) == 0) {
            assertThat(cluster().isOver(job)).as("job ended early").isFalse();
            assertThat(never.await(10, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    private Map<String, List<String>> finalRows() throws SQLException {
        Map<String, List<String>> rows = new TreeMap<>();
        for (TableSpec<?> table : Tables.RESULTS) {
            rows.put(
                    table.name(),
                    database()
                            .rows(
                                    "SELECT to_jsonb(t) - '{received_at,committed_at,committed_in,run_id}'::text[]"
                                            + " FROM "
                                            + table.name()
                                            + " t WHERE "
                                            + table.finalCondition()
                                            + " ORDER BY "
                                            + table.keyOrder()));
        }
        return rows;
    }

    @Test
    default void aRowWaitsForOthersNoLongerThanWritingAllows() throws Exception {
        Schema.migrate(target());
        MetricListener metrics = new MetricListener();
        for (Writing writing :
                List.of(
                        Writing.PLAIN,
                        new Writing(true, Duration.ofMillis(30), false),
                        Writing.STAMPED)) {
            database().run("TRUNCATE bars");
            TestProcessingTimeService time = new TestProcessingTimeService();
            time.setCurrentTime(1_000);
            UpsertSink<Bar> sink = new UpsertSink<>(target(), Tables.BARS, writing);
            CommitLatency latency =
                    new CommitLatency(
                            metrics.getMetricGroup()
                                    .addGroup("" + writing.longestWait().toMillis()),
                            Tables.BARS,
                            time::getCurrentProcessingTime);
            try (UpsertWriter<Bar> writer =
                    new UpsertWriter<>(
                            sink,
                            new UpsertConnection(sink, latency, new SimpleCounter()),
                            time,
                            new SystemWaiting())) {
                BarBuilder running = new BarBuilder();
                running.add(Trades.trade("BTCUSDT").build().receivedAt(900));
                writer.write(running.toProvisionalBar("BTCUSDT", 0), null);
                writer.write(running.toBar("BTCUSDT", 60_000), null);
                time.setCurrentTime(1_000 + writing.longestWait().toMillis() - 1);
                assertThat(database().count("bars")).isZero();
                time.setCurrentTime(1_000 + writing.longestWait().toMillis());
                assertThat(database().count("bars")).isEqualTo(2);
            }
        }
        // Of the provisional row alone: received at 900, committed at 1,050.
        Histogram milliseconds = metrics.getHistogram("50", "commitLatencyMs").orElseThrow();
        assertThat(milliseconds.getCount()).isEqualTo(1);
        assertThat(milliseconds.getStatistics().getMax()).isEqualTo(150);
    }
}
