package io.microstream.live.push;

import io.microstream.live.rows.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads the newest minutes of a symbol from every table, oldest first, the minute in progress
 * included.
 *
 * <p>The newest minute is that of any table; a symbol without any has no minutes. Of faults the
 * newest hundred of these minutes are given, of models the newest twenty whenever they were made.
 */
final class SnapshotQuery {

    private static final int MOST_FAULTS = 100;
    private static final int MOST_MODELS = 20;

    private static final List<Table> BY_MINUTE =
            List.of(Table.BARS, Table.FEATURES, Table.REGIMES, Table.ANOMALIES);

    private static final String NEWEST =
            BY_MINUTE.stream()
                    .map(
                            table ->
                                    String.format(
                                            Locale.ROOT,
                                            "(SELECT open_time FROM %s WHERE symbol = ? ORDER BY open_time DESC LIMIT 1)",
                                            table.name()))
                    .collect(
                            Collectors.joining(
                                    " UNION ALL ", "SELECT max(open_time) FROM (", ") newest"));

    private SnapshotQuery() {}

    /**
     * Reads the newest minutes of a symbol.
     *
     * @param minutes at least 0
     * @return rows by table, as JSON; empty lists of a symbol that has no minutes
     */
    static SymbolRows read(String symbol, int minutes, Connection connection) throws SQLException {
        OffsetDateTime newest = newest(symbol, connection);
        if (newest == null) {
            return new SymbolRows(symbol, false, Map.of());
        }
        OffsetDateTime from = newest.minusMinutes(minutes - 1L);
        Map<Table, List<byte[]>> rows = new HashMap<>();
        for (Table table : BY_MINUTE) {
            String sql =
                    String.format(
                            Locale.ROOT,
                            "SELECT %s FROM %s WHERE symbol = ? AND open_time >= ? ORDER BY open_time",
                            table.select(),
                            table.name());
            rows.put(table, rows(table, sql, symbol, from, connection));
        }
        rows.put(Table.DATA_QUALITY, newestRows(Table.DATA_QUALITY, symbol, from, connection));
        rows.put(
                Table.MODELS,
                newestRows(
                        Table.MODELS,
                        symbol,
                        OffsetDateTime.ofInstant(Instant.EPOCH, ZoneOffset.UTC),
                        connection));
        return new SymbolRows(symbol, true, rows);
    }

    private static OffsetDateTime newest(String symbol, Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NEWEST)) {
            for (int i = 1; i <= BY_MINUTE.size(); i++) {
                statement.setString(i, symbol);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getObject(1, OffsetDateTime.class);
            }
        }
    }

    private static List<byte[]> newestRows(
            Table table, String symbol, OffsetDateTime from, Connection connection)
            throws SQLException {
        boolean models = table == Table.MODELS;
        String sql =
                String.format(
                        Locale.ROOT,
                        "SELECT * FROM (SELECT %1$s FROM %2$s WHERE symbol %5$s AND %3$s >= ? ORDER BY %3$s DESC LIMIT %4$d) newest ORDER BY %3$s",
                        table.select(),
                        table.name(),
                        table.timeColumn(),
                        models ? MOST_MODELS : MOST_FAULTS,
                        models ? "IN (?, '*')" : "= ?");
        return rows(table, sql, symbol, from, connection);
    }

    private static List<byte[]> rows(
            Table table, String sql, String symbol, OffsetDateTime from, Connection connection)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, symbol);
            statement.setObject(2, from);
            try (ResultSet result = statement.executeQuery()) {
                List<byte[]> rows = new ArrayList<>();
                while (result.next()) {
                    rows.add(Change.json(table.read(result)));
                }
                return rows;
            }
        }
    }
}
