package io.microstream.live.cases.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microstream.live.cases.CaseMarket;
import io.microstream.live.rows.DatabaseAddress;
import io.microstream.live.rows.DatabaseAwayException;
import io.microstream.live.rows.Row;
import io.microstream.testing.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LabelRightsTest {

    private static final Instant MINUTE = CaseMarket.minute(CaseMarket.CRASH);
    private static final Label LABEL = new Label(Label.Verdict.TRUE, "note", "ann");

    private static PostgresServer database;

    @BeforeAll
    static void start() throws Exception {
        database = PostgresServer.start().migrated();
        new CaseMarket().writeTo(database);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    private static void as(String role, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url());
                Statement statement = connection.createStatement()) {
            statement.execute("SET ROLE " + role);
            statement.execute(sql);
        }
    }

    @Test
    void readerReadsLabelsOnly() throws Exception {
        as("microstream_reader", "SELECT * FROM labels");
        assertRefused(
                "microstream_reader",
                "INSERT INTO labels VALUES ('BTCUSDT', '2026-01-05T00:30Z', 'x', 'TRUE')");
        assertRefused("microstream_reader", "DELETE FROM labels");
    }

    @Test
    void labellerWritesOnlyLabels() throws Exception {
        as(
                "microstream_labeller",
                "INSERT INTO labels VALUES ('BTCUSDT', '2026-01-05T00:30Z', 'x', 'TRUE')");
        as("microstream_labeller", "DELETE FROM labels WHERE analyst = 'x'");
        assertRefused("microstream_labeller", "UPDATE bars SET close = 1");
        assertRefused("microstream_labeller", "DELETE FROM bars");
        assertRefused("microstream_labeller", "INSERT INTO models SELECT * FROM models");
        assertRefused("microstream_labeller", "SELECT * FROM anomalies");
        assertRefused("microstream_labeller", "DROP TABLE labels");
        assertRefused("microstream_labeller", "CREATE TABLE mine (x int)");
    }

    private static void assertRefused(String role, String sql) {
        assertThatThrownBy(() -> as(role, sql))
                .as(sql)
                .isInstanceOf(SQLException.class)
                .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("42501"));
    }

    @Test
    void secondLabelOfAnAnalystReplacesTheFirst() {
        Labels labels = new Labels(new DatabaseAddress(database.url(), null, null));
        Row first = labels.put("BTCUSDT", MINUTE, LABEL).orElseThrow();
        Row second =
                labels.put("BTCUSDT", MINUTE, new Label(Label.Verdict.FALSE, null, "ann"))
                        .orElseThrow();
        assertThat(first.text("verdict")).isEqualTo("TRUE");
        assertThat(second.text("verdict")).isEqualTo("FALSE");
        assertThat(second.text("note")).isEmpty();
        assertThat(second.time("labelled_at")).isAfter(first.time("labelled_at"));
        assertThat(labels.put("BTCUSDT", CaseMarket.minute(-1), LABEL)).isEmpty();
        assertThat(labels.delete("BTCUSDT", MINUTE, "ann")).isTrue();
        assertThat(labels.delete("BTCUSDT", MINUTE, "ann")).isFalse();
    }

    @Test
    void userWithoutRoleRightsMigratesAndLabels() throws Exception {
        database.run(
                "CREATE ROLE plain LOGIN NOSUPERUSER NOCREATEROLE",
                "CREATE DATABASE plain OWNER plain");
        String url = database.url().replace("/postgres?user=postgres", "/plain?user=plain");
        PostgresServer.migrate(url);
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO bars VALUES ('BTCUSDT', '2026-01-05T00:30Z', 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, true, true, 0)");
        }
        Labels labels = new Labels(new DatabaseAddress(url, null, null));
        assertThat(labels.put("BTCUSDT", MINUTE, LABEL)).isPresent();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT note FROM labels")) {
            result.next();
            assertThat(result.getString(1)).isEqualTo("note");
        }
    }

    @Test
    void unavailableDatabaseIsReportedInOneLine() {
        Labels labels =
                new Labels(
                        new DatabaseAddress(
                                "jdbc:postgresql://127.0.0.1:1/x?user=postgres&password=secret",
                                null,
                                null));
        assertThatThrownBy(() -> labels.put("BTCUSDT", MINUTE, LABEL))
                .isInstanceOf(DatabaseAwayException.class)
                .hasMessageContaining("The database is away")
                .hasMessageNotContaining("secret");
    }
}
