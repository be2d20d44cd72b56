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

    /** An ordinary role that owns its database may do what a run needs, whatever is half done. */
    @Test
    default void anOwnerWithoutAnyPrivilegeMigratesAnEmptyAndAHalfMigratedDatabase()
            throws Exception {
        String owner = database().name() + "_owner";
        try {
            database()
                    .run(
                            "CREATE ROLE " + owner + " LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB",
                            "GRANT ALL ON SCHEMA public TO " + owner);
            database().run("ALTER DATABASE " + database().name() + " OWNER TO " + owner);
            String url = database().url().replaceFirst("user=\\w+", "user=" + owner);
            for (String half : new String[] {"1", "3"}) {
                migrateTo(half, url);
                assertThatThrownBy(() -> Schema.requireCurrent(Database.at(url)))
                        .isInstanceOf(DatabaseRefusedException.class)
                        .hasMessageContaining("Database schema is outdated")
                        .hasMessageContaining("schema=V" + half)
                        .message()
                        .hasLineCount(1);
            }
            Schema.migrate(Database.at(url));
            Schema.requireCurrent(Database.at(url));
            assertThat(database().rows("SELECT tableowner FROM pg_tables WHERE tablename = 'bars'"))
                    .containsExactly(owner);
        } finally {
            database().run("REASSIGN OWNED BY " + owner + " TO CURRENT_USER");
            database().run("DROP OWNED BY " + owner, "DROP ROLE " + owner);
        }
    }

    /** V2 was released with another text; its checksum is in the databases of that release. */
    @Test
    default void aDatabaseThatTheFirstTextOfV2MigratedGoesOn() throws Exception {
        migrateTo("7", database().url());
        database()
                .run(
                        "UPDATE microstream_schema_history SET checksum = 583998254 WHERE version = '2'");
        Schema.migrate(target());
        Schema.migrate(target());
        database().run("UPDATE microstream_schema_history SET checksum = 1 WHERE version = '2'");
        assertThatThrownBy(() -> Schema.migrate(target()))
                .isInstanceOf(DatabaseRefusedException.class)
                .message()
                .hasLineCount(1);
    }

    @Test
    default void aForeignDatabaseIsRefusedInOneLine() throws Exception {
        database().run("CREATE TABLE bars (x int)");
        assertThatThrownBy(() -> Schema.requireCurrent(target()))
                .isInstanceOf(DatabaseRefusedException.class)
                .hasMessageContaining("schema=none");
        assertThatThrownBy(() -> Schema.migrate(target()))
                .isInstanceOf(DatabaseRefusedException.class)
                .hasMessageContaining("Give another database")
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
        migrateTo(version, database().url());
    }

    private void migrateTo(String version, String url) {
        Flyway.configure(getClass().getClassLoader())
                .dataSource(url, null, null)
                .locations("classpath:sql")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .table("microstream_schema_history")
                .target(version)
                .load()
                .migrate();
    }
}
