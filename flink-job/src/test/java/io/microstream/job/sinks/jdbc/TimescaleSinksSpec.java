package io.microstream.job.sinks.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microstream.binance.archive.ArchiveFile;
import io.microstream.job.CollectingSinks;
import io.microstream.job.JobConfig;
import io.microstream.job.JobSinks;
import io.microstream.job.LocalCluster;
import io.microstream.job.MarketFiles;
import io.microstream.job.MarketJob;
import io.microstream.job.SlowedSources;
import io.microstream.job.TestModels;
import io.microstream.job.TestSources;
import io.microstream.market.AnomalySignal;
import io.microstream.market.Bar;
import io.microstream.market.BarBuilder;
import io.microstream.market.FeatureSchema;
import io.microstream.market.FeatureVector;
import io.microstream.market.Regime;
import io.microstream.market.RegimeSignal;
import io.microstream.tables.TableSpec;
import io.microstream.tables.Tables;
import io.microstream.testing.Bars;
import io.microstream.testing.TestDatabase;
import io.microstream.testing.Trades;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.testutils.MetricListener;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.runtime.tasks.TestProcessingTimeService;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What the sinks promise on any PostgreSQL; each test has a database of its own. */
abstract class TimescaleSinksSpec {

    /** Names of the tables that the job writes. */
    static final List<String> TABLES = Tables.RESULTS.stream().map(TableSpec::name).toList();

    private static final String STAMPED = "committed_at IS NOT NULL AND committed_in IS NOT NULL";

    static {
        // An assertion inside the driver turns a lost connection into an Error where tests run with
        // assertions; a job in production runs without.
        TimescaleSinksSpec.class
                .getClassLoader()
                .setPackageAssertionStatus("org.postgresql", false);
    }

    @TempDir static Path files;

    static LocalCluster cluster;
    static List<ArchiveFile> market;

    TestDatabase database;

    /** A database that is there already on the server under test. */
    abstract String adminUrl();

    @BeforeEach
    void openDatabase(TestInfo test) throws Exception {
        String admin = adminUrl();
        if (cluster == null) {
            cluster = LocalCluster.start();
            market = MarketFiles.inspect(MarketFiles.flawed(files));
        }
        String name =
                "microstream_test_%d_%s"
                        .formatted(
                                ProcessHandle.current().pid(),
                                Integer.toHexString(test.getDisplayName().hashCode()));
        database = TestDatabase.create(admin, name);
    }

    @AfterEach
    void dropDatabase() throws Exception {
        if (cluster != null) {
            cluster.clear();
        }
        if (database != null) {
            database.close();
        }
    }

    @AfterAll
    static void stopCluster() throws Exception {
        if (cluster != null) {
            cluster.close();
            cluster = null;
        }
    }

    @Test
    void theSchemaIsAppliedOnceHoweverOftenItIsAskedFor() throws Exception {
        Schema.migrate(Database.at(database.url()));
        database.run(
                "INSERT INTO models SELECT 'm', 1, 'REGIME', '*', 1, 'x', NULL, NULL, now(), 'CHAMPION', '{}'");
        Schema.migrate(Database.at(database.url()));
        assertThat(database.count("models")).isEqualTo(1);
        assertThat(
                        database.rows(
                                "SELECT version FROM microstream_schema_history WHERE type = 'SQL' ORDER BY installed_rank"))
                .startsWith("1", "2", "3", "4", "5")
                .doesNotHaveDuplicates();
        for (String table : TABLES) {
            assertThat(database.count(table)).isGreaterThanOrEqualTo(0);
        }
    }

    @Test
    void aSchemaOfANewerReleaseIsRefusedInOneLine() throws Exception {
        Schema.migrate(Database.at(database.url()));
        database.run(
                "INSERT INTO microstream_schema_history SELECT 99, '99', 'later', 'SQL', 'V99__later.sql', 1, 'x', now(), 1, true");
        assertThatThrownBy(() -> Schema.migrate(Database.at(database.url())))
                .isInstanceOf(DatabaseRefusedException.class)
                .hasMessageContaining("Database of a newer schema")
                .hasMessageContaining("schema=V99")
                .message()
                .hasLineCount(1);
    }

    @Test
    void anUnknownDatabaseIsRefusedInOneLine() {
        String url = database.url().replace(database.name(), "no_such_database");
        assertThatThrownBy(() -> Schema.migrate(Database.at(url)))
                .isInstanceOf(DatabaseRefusedException.class)
                .hasMessageContaining("no_such_database")
                .message()
                .hasLineCount(1);
    }

    @Test
    void everyTableIsWrittenAsTheJobGaveItAndOnceMoreLeavesItAsItWas() throws Exception {
        Schema.migrate(Database.at(database.url()));
        CollectingSinks collected = CollectingSinks.collecting();
        run(collected);
        run(new TimescaleSinks(Database.at(database.url())));
        Map<String, List<String>> tables = tables();
        tables.forEach(
                (table, rows) -> assertThat(rows).as(table).hasSize(collected.table(table).size()));
        assertThat(barsAsWritten())
                .isEqualTo(
                        collected.rows(Tables.BARS).stream()
                                .map(TimescaleSinksSpec::text)
                                .toList());
        run(new TimescaleSinks(Database.at(database.url())));
        assertThat(tables()).isEqualTo(tables);
    }

    @Test
    void everySignOfAnomalyIsAccountedForInItsRow() throws Exception {
        Schema.migrate(Database.at(database.url()));
        run(new TimescaleSinks(Database.at(database.url())));
        assertThat(
                        database.rows(
                                "SELECT count(*) FROM anomalies a WHERE abs(score - 0.5 - (SELECT"
                                        + " sum(value::double precision) FROM jsonb_each_text(a.attribution))) > 1e-9"
                                        + " OR is_anomaly <> (score > threshold) OR severity < 0"))
                .containsExactly("0");
        assertThat(
                        database.rows(
                                "SELECT count(*) FROM regimes WHERE is_surprising IS DISTINCT FROM"
                                        + " (surprise > surprise_threshold)"))
                .containsExactly("0");
        long flagged = number("SELECT count(*) FROM anomalies WHERE is_anomaly AND NOT is_shadow");
        long surprising =
                number("SELECT count(*) FROM regimes WHERE is_surprising AND NOT is_shadow");
        assertThat(flagged).isPositive();
        assertThat(surprising).isPositive();
        assertThat(
                        database.rows(
                                "SELECT kind, count(*) FROM anomaly_signs GROUP BY kind ORDER BY kind"))
                .containsExactly("ISOLATION|" + flagged, "SURPRISE|" + surprising);
    }

    private long number(String sql) throws SQLException {
        return Long.parseLong(database.rows(sql).get(0));
    }

    /** A database of the first release, with its rows, goes on. */
    @Test
    void rowsOfBeforeTheSurpriseLimitStayAndSayThatTheyDoNotKnow() throws Exception {
        migrateTo("3");
        database.run(
                "INSERT INTO regimes SELECT 'BTCUSDT', now(), 'm', 1, 'STABLE_LIQUIDITY',"
                        + " 'STABLE_LIQUIDITY', 1, 0, 0, 2.5, false, 0");
        Schema.migrate(Database.at(database.url()));
        assertThat(
                        database.rows(
                                "SELECT surprise, surprise_threshold IS NULL, is_surprising IS NULL FROM regimes"))
                .containsExactly("2.5|t|t");
        assertThat(database.count("anomaly_signs")).isZero();
    }

    /** Every row that is there before rows can be provisional is final. */
    @Test
    void rowsOfBeforeProvisionalOnesAreFinalAndWithoutStamps() throws Exception {
        migrateTo("4");
        for (int month = 1; month <= 3; month++) {
            String at = "timestamptz '2026-0" + month + "-01 00:00Z'";
            database.run(
                    "INSERT INTO bars SELECT 'BTCUSDT', "
                            + at
                            + ", 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, true, true, 1");
            database.run(
                    "INSERT INTO features SELECT 'BTCUSDT', "
                            + at
                            + ", 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1");
            database.run(
                    "INSERT INTO regimes SELECT 'BTCUSDT', "
                            + at
                            + ", 'm', 1, 'HIGH_VOLATILITY', 'HIGH_VOLATILITY', 0, 1, 0, 9, false, 1, 5, true");
            database.run(
                    "INSERT INTO anomalies SELECT 'BTCUSDT', "
                            + at
                            + ", 'm', 1, 0.8, 0.6, true, 9, '{}', false, 1");
        }
        Schema.migrate(Database.at(database.url()));
        for (String table : List.of("bars", "features", "regimes", "anomalies")) {
            assertThat(
                            database.rows(
                                    "SELECT is_final, received_at, committed_at, committed_in, count(*)"
                                            + " FROM "
                                            + table
                                            + " GROUP BY 1, 2, 3, 4"))
                    .as(table)
                    .containsExactly("t|null|null|null|3");
        }
        assertThat(database.count("anomaly_signs")).isEqualTo(6);
        database.run("UPDATE regimes SET bar_revision = -2");
        database.run("UPDATE anomalies SET bar_revision = -2");
        assertThat(database.count("anomaly_signs")).isZero();
    }

    /** The schema as an older release left it. */
    private void migrateTo(String version) {
        Flyway.configure(getClass().getClassLoader())
                .dataSource(database.url(), null, null)
                .locations("classpath:sql")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .table("microstream_schema_history")
                .target(version)
                .load()
                .migrate();
    }

    @Test
    void anOlderRevisionNeverOverwritesANewerOne() throws Exception {
        Schema.migrate(Database.at(database.url()));
        Bar old = Bars.bar("BTCUSDT").flat("100").build();
        Bar revised = Bars.bar("BTCUSDT").flat("101").revision(2).build();
        write(List.of(old));
        write(List.of(revised));
        write(List.of(old, Bars.bar("BTCUSDT").flat("99").revision(1).build()));
        assertThat(database.rows("SELECT close, revision FROM bars")).containsExactly("101|2");
        write(List.of(Bars.bar("BTCUSDT").flat("102").revision(2).build()));
        assertThat(database.rows("SELECT close, revision FROM bars")).containsExactly("102|2");
    }

    /** Whatever the order they come in: a restore writes provisional rows again. */
    @Test
    void aFinalRowReplacesTheProvisionalOneAndIsNeverReplacedByIt() throws Exception {
        Schema.migrate(Database.at(database.url()));
        BarBuilder running = new BarBuilder();
        running.add(Trades.trade("BTCUSDT").price(99).build().receivedAt(1_767_571_200_123L));
        Bar provisional = running.toProvisionalBar("BTCUSDT", Bars.START_MS);
        Bar closed = running.toBar("BTCUSDT", Bars.START_MS);
        String look = "SELECT is_final, bar_revision FROM ";
        for (int turn = 0; turn < 2; turn++) {
            writeAll(provisional);
            for (String table : List.of("features", "regimes", "anomalies")) {
                assertThat(database.rows(look + table)).containsExactly(turn == 0 ? "f|-2" : "t|0");
            }
            assertThat(database.rows("SELECT is_final, complete, revision FROM bars"))
                    .containsExactly(turn == 0 ? "f|f|-2" : "t|t|0");
            assertThat(database.count("anomaly_signs")).isEqualTo(2L * turn);
            writeAll(closed);
        }
    }

    /** A row of each table that is made of bars. */
    private void writeAll(Bar bar) throws Exception {
        StreamExecutionEnvironment env = LocalCluster.environment();
        JobConfig.bounded(1).applyTo(env);
        TimescaleSinks sinks = TimescaleSinks.stamped(Database.at(database.url()));
        sinks.write(given(env, bar, Bar.class), Tables.BARS);
        sinks.write(
                given(
                        env,
                        new FeatureVector(
                                bar.symbol(),
                                bar.openTimeMs(),
                                FeatureSchema.CURRENT.version(),
                                bar.revision(),
                                new double[FeatureSchema.CURRENT.size()],
                                bar.receivedAtMs()),
                        FeatureVector.class),
                Tables.FEATURES);
        sinks.write(
                given(
                        env,
                        new RegimeSignal(
                                bar.symbol(),
                                bar.openTimeMs(),
                                "m",
                                1,
                                Regime.HIGH_VOLATILITY,
                                Regime.HIGH_VOLATILITY,
                                0,
                                1,
                                0,
                                9,
                                5,
                                true,
                                false,
                                bar.revision(),
                                bar.receivedAtMs()),
                        RegimeSignal.class),
                Tables.REGIMES);
        sinks.write(
                given(
                        env,
                        new AnomalySignal(
                                bar.symbol(),
                                bar.openTimeMs(),
                                "m",
                                1,
                                0.9,
                                0.6,
                                true,
                                9,
                                Map.of("range_surge", 0.4),
                                false,
                                bar.revision(),
                                bar.receivedAtMs()),
                        AnomalySignal.class),
                Tables.ANOMALIES);
        cluster.run(env);
    }

    private static <T> DataStream<T> given(StreamExecutionEnvironment env, T row, Class<T> type) {
        return env.fromData(List.of(row), TypeInformation.of(type))
                .setParallelism(1)
                .uid("given-" + type.getSimpleName());
    }

    @Test
    void aStampedRowTellsWhenItsTradeCameAndWhenAndInWhichTransactionItWasWritten()
            throws Exception {
        Schema.migrate(Database.at(database.url()));
        String before = database.rows("SELECT pg_current_snapshot()").get(0);
        BarBuilder running = new BarBuilder();
        running.add(Trades.trade("BTCUSDT").build().receivedAt(1_767_571_200_123L));
        writeAll(running.toProvisionalBar("BTCUSDT", Bars.START_MS));
        for (String table : List.of("bars", "features", "regimes", "anomalies")) {
            assertThat(
                            database.rows(
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
        assertThat(database.rows("SELECT received_at AT TIME ZONE 'UTC', revision FROM bars"))
                .containsExactly("2026-01-05 00:00:00.123|1");
    }

    /**
     * So that known fingerprints hold, and a replay over rows that were watched leaves no traces.
     */
    @Test
    void rowsThatAreNotStampedHaveNoStampsEvenWhereThereWereSome() throws Exception {
        Schema.migrate(Database.at(database.url()));
        run(TimescaleSinks.stamped(Database.at(database.url())));
        for (String table : TABLES) {
            assertThat(database.rows("SELECT count(*) FROM " + table + " WHERE " + STAMPED))
                    .as(table)
                    .containsExactly("" + database.count(table));
        }
        run(new TimescaleSinks(Database.at(database.url())));
        for (String table : TABLES) {
            assertThat(database.rows("SELECT count(*) FROM " + table + " WHERE " + STAMPED))
                    .as(table)
                    .containsExactly("0");
        }
    }

    @Test
    void finalRowsOfAWatchedRunAreThoseOfAPlainOne() throws Exception {
        Schema.migrate(Database.at(database.url()));
        run(new TimescaleSinks(Database.at(database.url())));
        Map<String, List<String>> expected = finalRows();
        for (String table : TABLES) {
            database.run("TRUNCATE " + table);
        }
        StreamExecutionEnvironment env = LocalCluster.environment();
        JobConfig config = JobConfig.bounded(2);
        SlowedSources sources =
                SlowedSources.from(
                        MarketFiles.startMs("ALPHAUSDT") + 120 * 60_000L,
                        TestSources.of(market, TestModels.general()).speed(7200));
        MarketJob.define(
                env,
                config.withBars(config.bars().withProvisionalEvery(Duration.ofMillis(20))),
                sources,
                TimescaleSinks.stamped(Database.at(database.url())));
        JobID job = cluster.submit(env);
        awaitRow("bars WHERE NOT is_final", job);
        awaitRow("features WHERE NOT is_final", job);
        awaitRow("regimes WHERE NOT is_final", job);
        awaitRow("anomalies WHERE NOT is_final", job);
        sources.release();
        cluster.result(job);
        assertThat(finalRows()).isEqualTo(expected);
    }

    private void awaitRow(String what, JobID job) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        while (database.count(what) == 0) {
            assertThat(cluster.isOver(job)).as("job ended early").isFalse();
            assertThat(never.await(10, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    private Map<String, List<String>> finalRows() throws SQLException {
        Map<String, List<String>> rows = new TreeMap<>();
        for (TableSpec<?> table : Tables.RESULTS) {
            rows.put(
                    table.name(),
                    database.rows(
                            "SELECT to_jsonb(t) - '{received_at,committed_at,committed_in}'::text[]"
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
    void aRowWaitsForOthersNoLongerThanItIsTold() throws Exception {
        Schema.migrate(Database.at(database.url()));
        MetricListener metrics = new MetricListener();
        for (Writing writing :
                List.of(Writing.PLAIN, new Writing(true, Duration.ofMillis(30)), Writing.STAMPED)) {
            database.run("TRUNCATE bars");
            TestProcessingTimeService time = new TestProcessingTimeService();
            time.setCurrentTime(1_000);
            UpsertSink<Bar> sink =
                    new UpsertSink<>(Database.at(database.url()), Tables.BARS, writing);
            CommitLatency latency =
                    new CommitLatency(
                            metrics.getMetricGroup()
                                    .addGroup("" + writing.longestWait().toMillis()),
                            Tables.BARS,
                            time::getCurrentProcessingTime);
            try (UpsertWriter<Bar> writer =
                    new UpsertWriter<>(
                            sink, new UpsertConnection(sink, latency), time, new SystemWaiting())) {
                BarBuilder running = new BarBuilder();
                running.add(Trades.trade("BTCUSDT").build().receivedAt(900));
                writer.write(running.toProvisionalBar("BTCUSDT", 0), null);
                writer.write(running.toBar("BTCUSDT", 60_000), null);
                time.setCurrentTime(1_000 + writing.longestWait().toMillis() - 1);
                assertThat(database.count("bars")).isZero();
                time.setCurrentTime(1_000 + writing.longestWait().toMillis());
                assertThat(database.count("bars")).isEqualTo(2);
            }
        }
        // Of the provisional row alone: received at 900, committed at 1,050.
        Histogram milliseconds = metrics.getHistogram("50", "commitLatencyMs").orElseThrow();
        assertThat(milliseconds.getCount()).isEqualTo(1);
        assertThat(milliseconds.getStatistics().getMax()).isEqualTo(150);
    }

    @Test
    void aKeyMayComeSeveralTimesInOneBatch() throws Exception {
        Schema.migrate(Database.at(database.url()));
        List<Bar> batch = new ArrayList<>();
        for (int revision = 0; revision < 5; revision++) {
            for (int minute = 0; minute < 3; minute++) {
                batch.add(
                        Bars.bar("BTCUSDT")
                                .minute(minute)
                                .flat(Integer.toString(100 + revision))
                                .revision(revision)
                                .build());
            }
        }
        write(batch);
        assertThat(database.rows("SELECT close, revision FROM bars ORDER BY open_time"))
                .containsExactly("104|4", "104|4", "104|4");
    }

    @Test
    void clientsThatAreCutOffAgainAndAgainLoseNothingAndRestartNothing() throws Exception {
        Schema.migrate(Database.at(database.url()));
        Map<String, List<String>> expected = undisturbed();
        JobID job = submit(1800);
        int cut = 0;
        for (int storm = 0; storm < 6; storm++) {
            awaitBars(20 + 40 * storm, job);
            cut += database.cutOffClients();
        }
        assertEndsAs(expected, job);
        assertThat(cut).isGreaterThan(6);
    }

    /** Such a failure is final, but it is one: neither a hang nor the end of the task manager. */
    @Test
    void aTableThatRefusesRowsFailsTheJobWithTheReasonAndNotTheTaskManager() throws Exception {
        Schema.migrate(Database.at(database.url()));
        database.run("ALTER TABLE bars ADD CHECK (volume < 0)");
        StreamExecutionEnvironment env = LocalCluster.environment();
        JobConfig config = JobConfig.bounded(1);
        new JobConfig(1, config.checkpointInterval(), config.checkpointTimeout(), 1, config.bars())
                .applyTo(env);
        new TimescaleSinks(Database.at(database.url()))
                .write(
                        env.fromData(
                                        List.of(Bars.bar("BTCUSDT").build()),
                                        TypeInformation.of(Bar.class))
                                .uid("given-bars")
                                .setParallelism(1),
                        Tables.BARS);
        assertThatThrownBy(() -> cluster.run(env))
                .hasStackTraceContaining("violates check constraint");
        assertThat(cluster.taskManagers()).isEqualTo(1);
    }

    /** Tables of a run that nothing disturbs, in a database of the same name that is then reset. */
    Map<String, List<String>> undisturbed() throws Exception {
        run(new TimescaleSinks(Database.at(database.url())));
        Map<String, List<String>> expected = tables();
        for (String table : TABLES) {
            database.run("TRUNCATE " + table);
        }
        return expected;
    }

    /** Starts the job so slowly that there is time to disturb it. */
    JobID submit(double speed) throws Exception {
        StreamExecutionEnvironment env = LocalCluster.environment();
        MarketJob.define(
                env,
                JobConfig.bounded(2).withCheckpointInterval(Duration.ofMillis(500)),
                TestSources.of(market, TestModels.general()).speed(speed),
                new TimescaleSinks(Database.at(database.url())));
        return cluster.submit(env);
    }

    void assertEndsAs(Map<String, List<String>> expected, JobID job) throws Exception {
        cluster.result(job);
        assertThat(tables()).isEqualTo(expected);
        assertThat(cluster.restarts(job)).isZero();
        assertThat(cluster.taskManagers()).isEqualTo(1);
    }

    /** Waits until so many bars are there. */
    void awaitBars(long bars, JobID job) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        for (int look = 0; look < 600; look++) {
            if (barsNow() >= bars) {
                return;
            }
            assertThat(cluster.isOver(job)).as("job ended early").isFalse();
            assertThat(never.await(50, TimeUnit.MILLISECONDS)).isFalse();
        }
        throw new AssertionError("Bars did not come: wanted=" + bars + " found=" + barsNow());
    }

    /** Bars in the table; none while the database is away. */
    private long barsNow() {
        try {
            return database.count("bars");
        } catch (SQLException e) {
            return 0;
        }
    }

    private void run(JobSinks sinks) throws Exception {
        StreamExecutionEnvironment env = LocalCluster.environment();
        MarketJob.define(
                env, JobConfig.bounded(2), TestSources.of(market, TestModels.general()), sinks);
        cluster.run(env);
    }

    private void write(List<Bar> bars) throws Exception {
        StreamExecutionEnvironment env = LocalCluster.environment();
        JobConfig.bounded(1).applyTo(env);
        new TimescaleSinks(Database.at(database.url()))
                .write(
                        env.fromData(bars, TypeInformation.of(Bar.class))
                                .uid("given-bars")
                                .setParallelism(1),
                        Tables.BARS);
        cluster.run(env);
    }

    Map<String, List<String>> tables() throws SQLException {
        Map<String, List<String>> tables = new TreeMap<>();
        for (TableSpec<?> table : Tables.RESULTS) {
            List<String> rows =
                    database.rows(
                            "SELECT * FROM " + table.name() + " ORDER BY " + table.keyOrder());
            assertThat(rows).as(table.name()).isNotEmpty();
            tables.put(table.name(), rows);
        }
        return tables;
    }

    private List<String> barsAsWritten() throws SQLException {
        return database.rows(
                "SELECT symbol, (extract(epoch FROM open_time) * 1000)::bigint, trim_scale(open),"
                        + " trim_scale(high), trim_scale(low), trim_scale(close),"
                        + " trim_scale(volume), trim_scale(quote_volume),"
                        + " trim_scale(taker_buy_volume), trim_scale(taker_buy_quote_volume),"
                        + " trade_count, coalesce(first_trade_id, -1), coalesce(last_trade_id, -1),"
                        + " complete::text, revision FROM bars ORDER BY symbol, open_time");
    }

    private static String text(Bar bar) {
        List<String> cells = new ArrayList<>(List.of(bar.symbol(), "" + bar.openTimeMs()));
        List.of(
                        bar.open(),
                        bar.high(),
                        bar.low(),
                        bar.close(),
                        bar.volume(),
                        bar.quoteVolume(),
                        bar.takerBuyVolume(),
                        bar.takerBuyQuoteVolume())
                .forEach(
                        value ->
                                cells.add(
                                        value.signum() == 0
                                                ? "0"
                                                : value.stripTrailingZeros().toPlainString()));
        cells.add("" + bar.tradeCount());
        cells.add("" + bar.firstTradeId());
        cells.add("" + bar.lastTradeId());
        cells.add("" + bar.complete());
        cells.add("" + bar.revision());
        return String.join("|", cells);
    }
}
