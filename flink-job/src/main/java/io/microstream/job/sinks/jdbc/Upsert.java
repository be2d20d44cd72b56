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
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The idempotent write of a table's rows: insert, or replace the row of the same key unless that
 * row is of a newer revision.
 */
final class Upsert {

    private final TableSpec<?> table;
    private final boolean isStamped;
    private final int[] bound;

    /**
     * Prepares the upsert of a table.
     *
     * @param isStamped true to note with each row when it was received and when and in which
     *     transaction it was written; false leaves these columns null
     */
    Upsert(TableSpec<?> table, boolean isStamped) {
        this.table = table;
        this.isStamped = isStamped;
        this.bound =
                IntStream.range(0, table.columns().size())
                        .filter(i -> isBound(table.columns().get(i)))
                        .toArray();
    }

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
                        : String.format(
                                Locale.ROOT,
                                " WHERE EXCLUDED.%1$s >= t.%1$s",
                                table.revisionColumn()));
    }

    /** Fills in the placeholders of a row with what {@link TableSpec#values} gave for a record. */
    void bind(PreparedStatement statement, Object[] values) throws SQLException {
        for (int i = 0; i < bound.length; i++) {
            table.columns().get(bound[i]).type().bind(statement, i + 1, values[bound[i]]);
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
                : String.format(Locale.ROOT, "%1$s = EXCLUDED.%1$s", column.name());
    }

    private static String joined(List<Column> columns, Function<Column, String> text) {
        return columns.stream().map(text).collect(Collectors.joining(", "));
    }
}
