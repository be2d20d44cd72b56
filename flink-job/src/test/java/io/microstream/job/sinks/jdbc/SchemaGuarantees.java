package io.microstream.job.sinks.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** The schema is migrated once, from every older release, and never backwards. */
interface SchemaGuarantees extends SinksFixture {

    @Test
    default void theSchemaIsAppliedOnceHoweverOftenItIsAskedFor() throws Exception {
        Schema.migrate(target());
        database()
                .run(
                        "INSERT INTO models SELECT 'm', 1, 'REGIME', '*', 1, 'x', NULL, NULL, now(), 'CHAMPION', '{}'");
        Schema.migrate(target());
        assertThat(database().count("models")).isEqualTo(1);
        assertThat(
                        database()
                                .rows(
                                        "SELECT version FROM microstream_schema_history WHERE type = 'SQL' ORDER BY installed_rank"))
                .startsWith("1", "2", "3", "4", "5")
                .doesNotHaveDuplicates();
        for (String table : TABLES) {
            assertThat(database().count(table)).isGreaterThanOrEqualTo(0);
        }
    }

    @Test
    default void aSchemaOfANewerReleaseIsRefusedInOneLine() throws Exception {
        Schema.migrate(target());
        database()
                .run(
                        "INSERT INTO microstream_schema_history SELECT 99, '99', 'later', 'SQL', 'V99__later.sql', 1, 'x', now(), 1, true");
        assertThatThrownBy(() -> Schema.migrate(target()))
                .isInstanceOf(DatabaseRefusedException.class)
                .hasMessageContaining("Database of a newer schema")
                .hasMessageContaining("schema=V99")
                .message()
                .hasLineCount(1);
    }

    @Test
    default void anUnknownDatabaseIsRefusedInOneLine() {
        String url = database().url().replace(database().name(), "no_such_database");
        assertThatThrownBy(() -> Schema.migrate(Database.at(url)))
                .isInstanceOf(DatabaseRefusedException.class)
                .hasMessageContaining("no_such_database")
                .message()
                .hasLineCount(1);
    }

    /** A database of the first release, with its rows, goes on. */
    @Test
    default void rowsWrittenBeforeTheSurpriseThresholdStayWithoutOne() throws Exception {
        migrateTo("3");
        database()
                .run(
                        "INSERT INTO regimes SELECT 'BTCUSDT', now(), 'm', 1, 'STABLE_LIQUIDITY',"
                                + " 'STABLE_LIQUIDITY', 1, 0, 0, 2.5, false, 0");
        Schema.migrate(target());
        assertThat(
                        database()
                                .rows(
                                        "SELECT surprise, surprise_threshold IS NULL, is_surprising IS NULL FROM regimes"))
                .containsExactly("2.5|t|t");
        assertThat(database().count("anomaly_signs")).isZero();
    }

    /** Every row that is there before rows can be provisional is final. */
    @Test
    default void rowsWrittenBeforeProvisionalOnesAreFinalAndUnstamped() throws Exception {
        migrateTo("4");
        for (int month = 1; month <= 3; month++) {
            String at = "timestamptz '2026-0" + month + "-01 00:00Z'";
            database()
                    .run(
                            "INSERT INTO bars SELECT 'BTCUSDT', "
                                    + at
                                    + ", 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, true, true, 1");
            database()
                    .run(
                            "INSERT INTO features SELECT 'BTCUSDT', "
                                    + at
                                    + ", 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1");
            database()
                    .run(
                            "INSERT INTO regimes SELECT 'BTCUSDT', "
                                    + at
                                    + ", 'm', 1, 'HIGH_VOLATILITY', 'HIGH_VOLATILITY', 0, 1, 0, 9, false, 1, 5, true");
            database()
                    .run(
                            "INSERT INTO anomalies SELECT 'BTCUSDT', "
                                    + at
                                    + ", 'm', 1, 0.8, 0.6, true, 9, '{}', false, 1");
        }
        Schema.migrate(target());
        for (String table : List.of("bars", "features", "regimes", "anomalies")) {
            assertThat(
                            database()
                                    .rows(
                                            "SELECT is_final, received_at, committed_at, committed_in, count(*)"
                                                    + " FROM "
                                                    + table
                                                    + " GROUP BY 1, 2, 3, 4"))
                    .as(table)
                    .containsExactly("t|null|null|null|3");
        }
        assertThat(database().count("anomaly_signs")).isEqualTo(6);
        database().run("UPDATE regimes SET bar_revision = -2");
        database().run("UPDATE anomalies SET bar_revision = -2");
        assertThat(database().count("anomaly_signs")).isZero();
    }

    /** The schema as an older release left it. */
    private void migrateTo(String version) {
        Flyway.configure(getClass().getClassLoader())
                .dataSource(database().url(), null, null)
                .locations("classpath:sql")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .table("microstream_schema_history")
                .target(version)
                .load()
                .migrate();
    }
}
