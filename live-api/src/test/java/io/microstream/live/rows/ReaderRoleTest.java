package io.microstream.live.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microstream.testing.PostgresServer;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReaderRoleTest {

    @Test
    void superuserReadsAsTheReaderWhoCannotWrite() throws Exception {
        try (PostgresServer server = PostgresServer.start().migrated();
                DatabasePool database = open(server.url())) {
            assertThat(ask(database, "SELECT current_user")).isEqualTo("microstream_reader");
            assertThat(
                            ask(
                                    database,
                                    "SELECT current_setting('default_transaction_read_only') || ' ' || current_setting('statement_timeout') || ' ' || current_setting('TimeZone')"))
                    .isEqualTo("on 5s UTC");
            assertThatThrownBy(() -> ask(database, "DELETE FROM bars RETURNING symbol"))
                    .isInstanceOf(DatabaseAwayException.class);
            ask(database, "SET default_transaction_read_only = off; SELECT 1");
            assertThatThrownBy(() -> ask(database, "DELETE FROM bars RETURNING symbol"))
                    .hasMessageStartingWith("The database refuses to be read: sqlstate=42501");
        }
    }

    @Test
    void ownerWhoMayNotMakeRolesMigratesAndReadsAsHimself() throws Exception {
        try (PostgresServer server = PostgresServer.start()) {
            server.run("CREATE ROLE plain LOGIN", "CREATE DATABASE own OWNER plain");
            String url = server.url().replace("/postgres?user=postgres", "/own?user=plain");
            PostgresServer.migrate(url);
            assertThat(roles(server)).isZero();
            try (DatabasePool database = open(url)) {
                assertThat(ask(database, "SELECT current_user")).isEqualTo("plain");
                assertThatThrownBy(() -> ask(database, "DELETE FROM bars RETURNING symbol"))
                        .isInstanceOf(DatabaseAwayException.class);
            }
        }
    }

    @Test
    void readerWhoMayNotBeTakenIsLeftAlone() throws Exception {
        try (PostgresServer server = PostgresServer.start().migrated()) {
            server.run("CREATE ROLE plain LOGIN", "CREATE DATABASE own OWNER plain");
            String url = server.url().replace("/postgres?user=postgres", "/own?user=plain");
            PostgresServer.migrate(url);
            try (DatabasePool database = open(url)) {
                assertThat(ask(database, "SELECT current_user")).isEqualTo("plain");
                assertThat(ask(database, "SELECT count(*) FROM bars")).isEqualTo("0");
            }
        }
    }

    private static DatabasePool open(String url) {
        return DatabasePool.open(
                new DatabaseAddress(url, null, null), 1, Duration.ofSeconds(5), null);
    }

    private static long roles(PostgresServer server) {
        try (DatabasePool database = open(server.url())) {
            return Long.parseLong(
                    ask(
                            database,
                            "SELECT count(*) FROM pg_roles WHERE rolname = 'microstream_reader'"));
        }
    }

    private static String ask(DatabasePool database, String sql) {
        return database.read(
                connection -> {
                    try (Statement statement = connection.createStatement()) {
                        boolean isResult = statement.execute(sql);
                        while (!isResult) {
                            isResult = statement.getMoreResults();
                        }
                        try (ResultSet result = statement.getResultSet()) {
                            return result.next() ? result.getString(1) : null;
                        }
                    }
                });
    }
}
