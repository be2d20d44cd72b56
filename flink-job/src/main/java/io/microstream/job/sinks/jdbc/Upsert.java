package io.microstream.job.sinks.jdbc;

import static io.microstream.tables.TableSpec.COMMITTED_AT;
import static io.microstream.tables.TableSpec.COMMITTED_IN;
import static io.microstream.tables.TableSpec.RECEIVED_AT;

import io.microstream.tables.Column;
import io.microstream.tables.ColumnType;
import io.microstream.tables.TableSpec;
import io.microstream.tables.Tables;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The idempotent write of a batch of a table's rows: insert, or replace the row of the same key
 * unless that row is of a newer revision of the same run, or of another run and ranks higher
 * ({@link BarOrder}). A row that is computed from a bar is written if its bar is, or was, written:
 * it asks for the bar that is stored beside it, so the sinks need not wait for each other.
 *
 * <p>One statement writes the whole batch, an array for each column: a statement for each row costs
 * the database several times the row. No two rows of a batch may have the same key.
 */
final class Upsert {

    private final TableSpec<?> table;
    private final boolean isStamped;
    private final boolean overwrites;
    private final List<Column> written;
    private final List<Column> bound;

    /**
     * Prepares the upsert of a table.
     *
     * @param isStamped true to note with each row when it was received and when and in which
     *     transaction it was written; false leaves these columns null
     * @param overwrites true to replace complete bars of other runs by complete ones
     */
    Upsert(TableSpec<?> table, boolean isStamped, boolean overwrites) {
        this.table = table;
        this.isStamped = isStamped;
        this.overwrites = overwrites;
        this.written =
                table.columns().stream()
                        .filter(
                                column ->
                                        table.written().contains(column)
                                                || TableSpec.isOrigin(column))
                        .toList();
        this.bound = table.columns().stream().filter(this::isBound).toList();
    }

    /**
     * Returns the SQL, with a placeholder for each array that {@link #bind} fills in. It returns
     * the keys of the rows written.
     */
    String sql() {
        String revision = table.revisionColumn();
        return "INSERT INTO "
                + table.name()
                + " AS t ("
                + joined(written, Column::name)
                + ") SELECT "
                + joined(written, this::value)
                + " FROM unnest("
                + joined(bound, column -> "?::" + column.type().sqlName() + "[]")
                + ") AS a ("
                + joined(bound, Column::name)
                + ")"
                + (table.hasOrigin() && !isBars(table) ? " WHERE " + unlessItsBarStays() : "")
                + " ON CONFLICT ("
                + String.join(", ", table.key())
                + ") DO UPDATE SET "
                + joined(written.subList(table.key().size(), written.size()), this::update)
                + (revision == null ? "" : " WHERE " + replaces(revision))
                + " RETURNING "
                + table.key().stream().map(key -> "t." + key).collect(Collectors.joining(", "));
    }

    /** Returns whether a table, which may have come over the network, is that of bars. */
    static boolean isBars(TableSpec<?> table) {
        return table.name().equals(Tables.BARS.name());
    }

    /**
     * Returns a condition that refuses the row if the bar stored beside it is of another run and
     * stays, unless an earlier revision of the row has been written already: its bar, on its way in
     * another sink, takes the place of the stored one.
     */
    private String unlessItsBarStays() {
        return "NOT EXISTS (SELECT FROM bars AS s WHERE s.symbol = a.symbol"
                + " AND s.open_time = a.open_time AND s.run_id IS DISTINCT FROM a.run_id AND "
                + BarOrder.stays("s", "a", table.revisionColumn(), overwrites)
                + " AND NOT EXISTS (SELECT FROM "
                + table.name()
                + " AS m WHERE "
                + table.key().stream()
                        .map(key -> "m." + key + " = a." + key + " AND ")
                        .collect(Collectors.joining())
                + "m.run_id = a.run_id AND m.is_final))";
    }

    /** Returns the condition on which the arriving row replaces the stored row {@code t}. */
    private String replaces(String revision) {
        String isNewer = "EXCLUDED." + revision + " >= t." + revision;
        if (!table.hasOrigin()) {
            return isNewer;
        }
        String stays =
                isBars(table)
                        ? BarOrder.stays("t", "EXCLUDED", revision, overwrites)
                        : "t." + revision + " >= 0 AND EXCLUDED." + revision + " < 0";
        return "CASE WHEN t.run_id IS NOT DISTINCT FROM EXCLUDED.run_id THEN "
                + isNewer
                + " ELSE ("
                + stays
                + ") IS NOT TRUE END";
    }

    /** Fills in the placeholders with rows that {@link TableSpec#values} gave for records. */
    void bind(PreparedStatement statement, List<Object[]> rows) throws SQLException {
        for (int i = 0; i < bound.size(); i++) {
            int at = table.columns().indexOf(bound.get(i));
            statement.setArray(
                    i + 1,
                    bound.get(i)
                            .type()
                            .array(
                                    statement.getConnection(),
                                    rows.stream().map(row -> row[at]).toList()));
        }
    }

    /** Reads the key of a row written, each value as {@link TableSpec#values} gives it. */
    List<Object> readKey(ResultSet result) throws SQLException {
        List<Object> key = new ArrayList<>();
        for (int i = 0; i < table.key().size(); i++) {
            ColumnType type = table.columns().get(i).type();
            Object value = type.read(result, i + 1);
            key.add(type == ColumnType.INT4 ? (Object) ((Long) value).intValue() : value);
        }
        return key;
    }

    private boolean isBound(Column column) {
        return column.name().equals(RECEIVED_AT)
                ? isStamped
                : table.fingerprint().contains(column.name()) || TableSpec.isOrigin(column);
    }

    private String value(Column column) {
        if (isBound(column)) {
            return "a." + column.name();
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
