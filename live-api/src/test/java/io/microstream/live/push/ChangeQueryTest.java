package io.microstream.live.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.live.rows.Table;
import io.microstream.testing.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ChangeQueryTest {

    private static PostgresServer database;

    @BeforeAll
    static void start() throws Exception {
        database = PostgresServer.start().migrated();
        database.run(
                """
                INSERT INTO bars (symbol, open_time, open, high, low, close, volume, is_final,
                                  complete, revision, committed_at, committed_in)
                SELECT 'AAA', timestamptz '2026-01-05Z' + n * interval '1 minute', 1, 1, 1, 1, 1,
                       true, true, 0, now(), pg_current_xact_id()
                  FROM generate_series(1, 50000) n
                """,
                "ANALYZE");
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @Test
    void everyTableIsReadByItsTransactionIndex() throws Exception {
        ChangeQuery query = new ChangeQuery(20_000);
        try (Connection connection = DriverManager.getConnection(database.url())) {
            connection.setAutoCommit(false);
            ChangeQuery.begin(connection);
            for (Table table : Table.ALL) {
                String plan = plan(query.sql(table), connection);
                assertThat(plan)
                        .contains("using " + table.name() + "_committed_in")
                        .contains("Index Cond: (committed_in >= ")
                        .contains("Index Cond: (committed_in = ANY")
                        .doesNotContain("Seq Scan")
                        .doesNotContain("Filter");
            }
        }
    }

    private static String plan(String sql, Connection connection) throws SQLException {
        try (PreparedStatement explain = connection.prepareStatement("EXPLAIN " + sql)) {
            explain.setString(1, "5");
            explain.setArray(2, connection.createArrayOf("text", new String[] {"3", "4"}));
            StringBuilder plan = new StringBuilder();
            try (ResultSet lines = explain.executeQuery()) {
                while (lines.next()) {
                    plan.append(lines.getString(1)).append('\n');
                }
            }
            return plan.toString();
        }
    }

    @Test
    void tooManyRowsAreRefusedAndOtherSymbolsSkipped() throws Exception {
        try (Connection connection = DriverManager.getConnection(database.url())) {
            connection.setAutoCommit(false);
            ChangeQuery.begin(connection);
            StreamCursor first = new StreamCursor(new DatabaseIdentity(1, 1, 1, 1), 0, List.of());
            assertThat(new ChangeQuery(49_999).since(first, Set.of("AAA"), connection)).isEmpty();
            assertThat(new ChangeQuery(50_000).since(first, Set.of("AAA"), connection))
                    .hasValueSatisfying(changes -> assertThat(changes).hasSize(50_000));
            assertThat(new ChangeQuery(50_000).since(first, Set.of("BBB"), connection))
                    .hasValueSatisfying(changes -> assertThat(changes).isEmpty());
        }
    }
}
