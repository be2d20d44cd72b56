package io.microstream.job.sinks.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.archive.ArchiveFile;
import io.microstream.job.JobSinks;
import io.microstream.job.LocalCluster;
import io.microstream.job.MarketJob;
import io.microstream.job.TestModels;
import io.microstream.job.TestSources;
import io.microstream.job.config.PipelineConfig;
import io.microstream.market.AnomalySignal;
import io.microstream.market.Bar;
import io.microstream.market.FeatureVector;
import io.microstream.market.Regime;
import io.microstream.market.RegimeSignal;
import io.microstream.market.RollingFeatures;
import io.microstream.tables.Column;
import io.microstream.tables.TableSpec;
import io.microstream.tables.Tables;
import io.microstream.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs the job, or parts of it, into the database of a test and reads its tables. */
interface SinksFixture {

    /** Names of the tables that the job writes. */
    List<String> TABLES = Tables.RESULTS.stream().map(TableSpec::name).toList();

    /** Returns the database of the test. */
    TestDatabase database();

    /** Returns the Flink cluster of all tests. */
    LocalCluster cluster();

    /** Returns the files of the market that the job reads. */
    List<ArchiveFile> market();

    /** Returns the database of the test as sinks know it. */
    default Database target() {
        return Database.at(database().url());
    }

    /** Returns the tables of a run that nothing disturbs, and leaves the database empty. */
    default Map<String, List<String>> undisturbed() throws Exception {
        run(new TimescaleSinks(target()));
        Map<String, List<String>> expected = tables();
        for (String table : TABLES) {
            database().run("TRUNCATE " + table);
        }
        return expected;
    }

    /** Starts the job so slowly that there is time to disturb it. */
    default JobID submit(double speed) throws Exception {
        StreamExecutionEnvironment env = LocalCluster.environment();
        MarketJob.define(
                env,
                PipelineConfig.bounded(2).withCheckpointInterval(Duration.ofMillis(500)),
                TestSources.of(market(), TestModels.general()).speed(speed),
                new TimescaleSinks(target()));
        return cluster().submit(env);
    }

    /** Waits for the end of a job: its tables are as expected, and nothing was restarted. */
    default void assertEndsAs(Map<String, List<String>> expected, JobID job) throws Exception {
        cluster().result(job);
        assertThat(tables()).isEqualTo(expected);
        assertThat(cluster().restarts(job)).isZero();
        assertThat(cluster().taskManagers()).isEqualTo(1);
    }

    /** Waits until so many bars are in the table. */
    default void awaitBars(long bars, JobID job) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        for (int look = 0; look < 600; look++) {
            if (barsNow() >= bars) {
                return;
            }
            assertThat(cluster().isOver(job)).as("job ended early").isFalse();
            assertThat(never.await(50, TimeUnit.MILLISECONDS)).isFalse();
        }
        throw new AssertionError("Bars did not come: wanted=" + bars + " found=" + barsNow());
    }

    /** Returns the number of bars in the table; 0 while the database is away. */
    default long barsNow() {
        try {
            return database().count("bars");
        } catch (SQLException e) {
            return 0;
        }
    }

    /** Runs the whole job to its end. */
    default void run(JobSinks sinks) throws Exception {
        StreamExecutionEnvironment env = LocalCluster.environment();
        MarketJob.define(
                env,
                PipelineConfig.bounded(2),
                TestSources.of(market(), TestModels.general()),
                sinks);
        cluster().run(env);
    }

    /** Writes bars by a job of its own, without stamps. */
    default void write(List<Bar> bars) throws Exception {
        write(bars, Bar.class, Tables.BARS);
    }

    /** Writes rows of one table by a job of its own, without stamps. */
    default <T> void write(List<T> rows, Class<T> type, TableSpec<T> table) throws Exception {
        StreamExecutionEnvironment env = LocalCluster.environment();
        PipelineConfig.bounded(1).applyTo(env);
        new TimescaleSinks(target())
                .write(
                        env.fromData(rows, TypeInformation.of(type))
                                .uid("given-rows")
                                .setParallelism(1),
                        table);
        cluster().run(env);
    }

    /**
     * Returns the rows of all tables, none of which is empty, each in the order of its key, without
     * the run they come from.
     */
    default Map<String, List<String>> tables() throws SQLException {
        Map<String, List<String>> tables = new TreeMap<>();
        for (TableSpec<?> table : Tables.RESULTS) {
            List<String> rows =
                    database()
                            .rows(
                                    "SELECT "
                                            + table.columns().stream()
                                                    .filter(column -> !TableSpec.isOrigin(column))
                                                    .map(Column::name)
                                                    .collect(Collectors.joining(", "))
                                            + " FROM "
                                            + table.name()
                                            + " ORDER BY "
                                            + table.keyOrder());
            assertThat(rows).as(table.name()).isNotEmpty();
            tables.put(table.name(), rows);
        }
        return tables;
    }

    /** Writes a bar and a row of each table that is made of bars, with stamps. */
    default void writeAll(Bar bar) throws Exception {
        StreamExecutionEnvironment env = LocalCluster.environment();
        PipelineConfig.bounded(1).applyTo(env);
        TimescaleSinks sinks = TimescaleSinks.stamped(target());
        sinks.write(given(env, bar, Bar.class), Tables.BARS);
        sinks.write(
                given(
                        env,
                        new FeatureVector(
                                bar.symbol(),
                                bar.openTimeMs(),
                                RollingFeatures.SCHEMA.version(),
                                bar.revision(),
                                new double[RollingFeatures.SCHEMA.size()],
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
        cluster().run(env);
    }

    /** Returns a stream of one row. */
    static <T> DataStream<T> given(StreamExecutionEnvironment env, T row, Class<T> type) {
        return env.fromData(List.of(row), TypeInformation.of(type))
                .setParallelism(1)
                .uid("given-" + type.getSimpleName());
    }
}
