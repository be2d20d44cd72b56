package io.microstream.job.sinks.jdbc;

import static io.microstream.tables.TableSpec.COMMITTED_AT;
import static io.microstream.tables.TableSpec.COMMITTED_IN;
import static io.microstream.tables.TableSpec.RECEIVED_AT;

import io.microstream.tables.Column;
import io.microstream.tables.ColumnType;
import io.microstream.tables.TableSpec;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The idempotent write of a table's rows: insert, or replace the row of the same key unless that
 * row is of a newer revision.
 *
 * @param table the table and its columns
 * @param isStamped true to note with each row when it was received and when and in which
 *     transaction it was written; false leaves these columns null
 */
record Upsert(TableSpec<?> table, boolean isStamped) {

    /** Returns the SQL, with a placeholder for each value that {@link #bind} fills in. */
    String sql() {
        List<Column> all = table.written();
        return "INSERT INTO "
                + table.name()
                + " AS t ("
                + joined(all, Column::name)
                + ") VALUES ("
                + joined(all, this::value)
                + ") ON CONFLICT ("
                + String.join(", ", table.key())
                + ") DO UPDATE SET "
                + joined(all.subList(table.key().size(), all.size()), this::update)
                + (table.revisionColumn() == null
                        ? ""
                        : " WHERE EXCLUDED.%1$s >= t.%1$s".formatted(table.revisionColumn()));
    }

    /** Fills in the placeholders of a row with what {@link TableSpec#values} gave for a record. */
    void bind(PreparedStatement statement, Object[] values) throws SQLException {
        int at = 0;
        for (int i = 0; i < values.length; i++) {
            Column column = table.columns().get(i);
            if (isBound(column)) {
                column.type().bind(statement, ++at, values[i]);
            }
        }
    }

    private boolean isBound(Column column) {
        return column.name().equals(RECEIVED_AT)
                ? isStamped
                : table.fingerprint().contains(column.name());
    }

    private String value(Column column) {
        if (isBound(column)) {
            return column.type() == ColumnType.JSONB ? "?::jsonb" : "?";
        } else if (!isStamped) {
            return "NULL";
        }
        return switch (column.name()) {
            case COMMITTED_AT -> "clock_timestamp()";
            case COMMITTED_IN -> "pg_current_xact_id()";
            default -> throw new IllegalStateException("Not a stamp: column=" + column.name());
        };
    }

    /** A row that is computed again may not know when it was received: the older stamp stays. */
    private String update(Column column) {
        return column.name().equals(RECEIVED_AT) && isStamped
                ? "received_at = coalesce(EXCLUDED.received_at, t.received_at)"
                : "%1$s = EXCLUDED.%1$s".formatted(column.name());
    }

    private static String joined(List<Column> columns, Function<Column, String> text) {
        return columns.stream().map(text).collect(Collectors.joining(", "));
    }
}
