package io.microstream.live.market;

import io.microstream.tables.Column;
import io.microstream.tables.ColumnType;
import io.microstream.tables.TableSpec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Upserts rows as a job that stamps them does: received 25 ms before they are written. */
final class MarketRows {

    private MarketRows() {}

    /** Writes the row of each record in the connection's transaction. */
    static <T> void write(Connection connection, TableSpec<T> table, List<T> records)
            throws SQLException {
        List<Column> columns = table.columns();
        try (PreparedStatement statement = connection.prepareStatement(upsert(table))) {
            for (T each : records) {
                Object[] values = table.values().of(each);
                int at = 0;
                for (int i = 0; i < values.length; i++) {
                    if (table.fingerprint().contains(columns.get(i).name())) {
                        columns.get(i).type().bind(statement, ++at, values[i]);
                    }
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static String upsert(TableSpec<?> table) {
        List<Column> all = table.written();
        return "INSERT INTO %s AS t (%s) VALUES (%s) ON CONFLICT (%s) DO UPDATE SET %s%s"
                .formatted(
                        table.name(),
                        joined(all, Column::name),
                        joined(all, MarketRows::value),
                        String.join(", ", table.key()),
                        joined(
                                all.subList(table.key().size(), all.size()),
                                column -> "%1$s = EXCLUDED.%1$s".formatted(column.name())),
                        table.revisionColumn() == null
                                ? ""
                                : " WHERE EXCLUDED.%1$s >= t.%1$s"
                                        .formatted(table.revisionColumn()));
    }

    private static String value(Column column) {
        return switch (column.name()) {
            case TableSpec.RECEIVED_AT -> "clock_timestamp() - interval '25 milliseconds'";
            case TableSpec.COMMITTED_AT -> "clock_timestamp()";
            case TableSpec.COMMITTED_IN -> "pg_current_xact_id()";
            default -> column.type() == ColumnType.JSONB ? "?::jsonb" : "?";
        };
    }

    private static String joined(List<Column> columns, Function<Column, String> text) {
        return columns.stream().map(text).collect(Collectors.joining(", "));
    }
}
