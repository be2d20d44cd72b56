package io.microstream.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.testing.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Compares the descriptions with the database that the migrations of {@code sql/} make. */
class TablesMatchSqlTest {

    private static final String HISTORY = "flyway_schema_history";

    private static PostgresServer server;
    private static Connection connection;

    @BeforeAll
    static void migrate() throws Exception {
        server = PostgresServer.start().migrated();
        connection = DriverManager.getConnection(server.url());
    }

    @AfterAll
    static void stop() throws Exception {
        connection.close();
        server.close();
    }

    @Test
    void everyTableIsDescribedAndEveryDescriptionIsATable() throws SQLException {
        assertThat(
                        rows(
                                "SELECT table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE'"
                                        + " AND table_schema = 'public' AND table_name <> '"
                                        + HISTORY
                                        + "'"))
                .containsExactlyInAnyOrderElementsOf(tables().map(TableSpec::name).toList());
    }

    @Test
    void columnsHaveTheNamesTypesAndNullabilityOfTheDatabase() throws SQLException {
        Map<String, String> described = new TreeMap<>();
        tables().forEach(
                        table ->
                                table.columns()
                                        .forEach(
                                                column ->
                                                        described.put(
                                                                table.name() + "." + column.name(),
                                                                describe(column))));
        Map<String, String> migrated = new TreeMap<>();
        // PostgreSQL calls generated columns nullable; they are null where what they are made of
        // is.
        for (String row :
                rows(
                        "SELECT table_name || '.' || column_name || ' ' || udt_name || CASE WHEN is_nullable = 'YES'"
                                + " AND is_generated = 'NEVER' THEN ' or null' ELSE '' END"
                                + " FROM information_schema.columns WHERE table_schema = 'public'")) {
            String[] parts = row.split(" ", 2);
            migrated.put(parts[0], parts[1]);
        }
        migrated.keySet()
                .removeIf(name -> tables().noneMatch(table -> name.startsWith(table.name() + ".")));
        assertThat(described).isEqualTo(migrated);
    }

    private static String describe(Column column) {
        return column.type().sqlName() + (column.isNullable() ? " or null" : "");
    }

    @Test
    void keysArePrimaryKeys() throws SQLException {
        for (TableSpec<?> table : tables().toList()) {
            assertThat(
                            rows(
                                    "SELECT column_name FROM information_schema.key_column_usage k"
                                            + " JOIN information_schema.table_constraints c USING (constraint_name, table_name)"
                                            + " WHERE constraint_type = 'PRIMARY KEY' AND table_name = '"
                                            + table.name()
                                            + "' ORDER BY ordinal_position"))
                    .as(table.name())
                    .isEqualTo(table.key());
        }
    }

    @Test
    void columnsThatNoRecordFillsAreGenerated() throws SQLException {
        List<String> unrecorded =
                Tables.RESULTS.stream()
                        .flatMap(
                                table ->
                                        table.columns().stream()
                                                .filter(
                                                        c ->
                                                                !table.written().contains(c)
                                                                        && !TableSpec.isOrigin(c))
                                                .map(c -> table.name() + "." + c.name()))
                        .toList();
        assertThat(
                        rows(
                                "SELECT table_name || '.' || column_name FROM information_schema.columns"
                                        + " WHERE is_generated = 'ALWAYS' AND table_schema = 'public'"))
                .containsExactlyInAnyOrderElementsOf(unrecorded);
    }

    private static Stream<TableSpec<?>> tables() {
        return Stream.concat(Tables.RESULTS.stream(), Stream.of(Tables.LABELS));
    }

    private static List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (ResultSet result = connection.createStatement().executeQuery(sql)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }
}
