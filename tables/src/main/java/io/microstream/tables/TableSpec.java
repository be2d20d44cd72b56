package io.microstream.tables;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The description of a table: what its rows are called, hold, and are written from.
 *
 * <p>A column is filled by the record, by a stamp ({@link #RECEIVED_AT}, {@link #COMMITTED_AT},
 * {@link #COMMITTED_IN}), or by neither: the database generates it, or somebody else writes it.
 *
 * @param <T> the record that rows are written from
 * @param name in the database
 * @param key columns of the natural key, which are the first columns
 * @param timeColumn column by which rows are ordered and ranges are chosen
 * @param columns all columns, in the order of JSON and CSV
 * @param revisionColumn column an older value of which never overwrites a newer one; null if rows
 *     have no revisions
 * @param fingerprint columns that the record fills, in the order in which they are hashed; a hash
 *     that was noted once is good for ever, so a column added later stands last
 * @param values takes the values of a record: one for each column, null where the record fills none
 */
public record TableSpec<T>(
        String name,
        List<String> key,
        String timeColumn,
        List<Column> columns,
        String revisionColumn,
        List<String> fingerprint,
        Value<T, Object[]> values)
        implements Serializable {

    /** When the last trade of the row was received; null where it was read from a recording. */
    public static final String RECEIVED_AT = "received_at";

    /** When the row was written, by the database's clock. */
    public static final String COMMITTED_AT = "committed_at";

    /** The transaction that wrote the row. */
    public static final String COMMITTED_IN = "committed_in";

    /** The run that a row's bar comes from; null for runs of releases that had no ids. */
    public static final String RUN_ID = "run_id";

    /** The first minute that the run made for the symbol. */
    public static final String RUN_FROM = "run_from";

    /** How much of its minute the bar is known to hold. */
    public static final String BAR_RANK = "bar_rank";

    /** Digest of the bar's numbers. */
    public static final String BAR_DIGEST = "bar_digest";

    /** The newest run that made the same bar and left the stored one; of bars only. */
    public static final String CONFIRMED_BY = "confirmed_by";

    /** The newest run whose bar had other numbers and was refused; of bars only. */
    public static final String CONTESTED_BY = "contested_by";

    private static final String IS_FINAL = "is_final";
    private static final List<String> ORIGIN =
            List.of(RUN_ID, RUN_FROM, BAR_RANK, BAR_DIGEST, CONFIRMED_BY, CONTESTED_BY);
    private static final List<String> STAMPS = List.of(RECEIVED_AT, COMMITTED_AT, COMMITTED_IN);

    public TableSpec {
        key = List.copyOf(key);
        columns = List.copyOf(columns);
        fingerprint = List.copyOf(fingerprint);
    }

    /** Begins the description of a table. */
    public static <T> Builder<T> named(String name) {
        return new Builder<>(name);
    }

    /**
     * Returns a column.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public Column column(String columnName) {
        return columns.stream()
                .filter(column -> column.name().equals(columnName))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "No such column: table=" + name + " column=" + columnName));
    }

    /** Returns true for the columns that say when and by which transaction a row was written. */
    public static boolean isStamp(Column column) {
        return STAMPS.contains(column.name());
    }

    /**
     * Returns true for the columns that say which run's bar a row comes from. They decide whether a
     * row replaces another; they are no part of a result.
     */
    public static boolean isOrigin(Column column) {
        return ORIGIN.contains(column.name());
    }

    /** Returns whether rows of the table come from bars and say from which. */
    public boolean hasOrigin() {
        return columns.stream().anyMatch(TableSpec::isOrigin);
    }

    /**
     * Returns the columns that are written from a record or stamped, the key first; without those
     * of the origin.
     */
    public List<Column> written() {
        return columns.stream()
                .filter(column -> isStamp(column) || fingerprint.contains(column.name()))
                .toList();
    }

    /**
     * Returns SQL that is true of final rows: {@code true} for tables without {@code is_final}, all
     * of whose rows are final.
     */
    public String finalCondition() {
        return columns.stream().anyMatch(column -> column.name().equals(IS_FINAL))
                ? IS_FINAL
                : "true";
    }

    /**
     * Returns the columns by which rows are ordered alike in every database: those of the key, text
     * by its bytes.
     */
    public String keyOrder() {
        return String.join(
                ", ",
                key.stream()
                        .map(this::column)
                        .map(
                                column ->
                                        column.type() == ColumnType.TEXT
                                                ? column.name() + " COLLATE \"C\""
                                                : column.name())
                        .toList());
    }

    /** Returns the same table, written from another record that {@code row} turns into this one. */
    public <U> TableSpec<U> from(Value<U, T> row) {
        Value<T, Object[]> cells = values;
        return new TableSpec<>(
                name,
                key,
                timeColumn,
                columns,
                revisionColumn,
                fingerprint,
                other -> cells.of(row.of(other)));
    }

    /** Describes a table, column by column, the key first. */
    public static final class Builder<T> {

        private final String name;
        private final List<Column> columns = new ArrayList<>();
        private final ArrayList<Value<T, ?>> values = new ArrayList<>();
        private final List<String> fingerprint = new ArrayList<>();
        private List<String> key;
        private String revisionColumn;

        private Builder(String name) {
            this.name = name;
        }

        /** Adds a column of type {@code bool}. */
        public Builder<T> bool(String column, Value<T, Boolean> value) {
            return recorded(Column.bool(column), value);
        }

        /** Adds a column of type {@code int4}. */
        public Builder<T> int4(String column, Value<T, Integer> value) {
            return recorded(Column.int4(column), value);
        }

        /** Adds a column of type {@code int8}. */
        public Builder<T> int8(String column, Value<T, Long> value) {
            return recorded(Column.int8(column), value);
        }

        /** Adds a column of type {@code float8}. */
        public Builder<T> float8(String column, Value<T, Double> value) {
            return recorded(Column.float8(column), value);
        }

        /** Adds a column of type {@code numeric}. */
        public Builder<T> numeric(String column, Value<T, BigDecimal> value) {
            return recorded(Column.numeric(column), value);
        }

        /** Adds a column of type {@code text}. */
        public Builder<T> text(String column, Value<T, String> value) {
            return recorded(Column.text(column), value);
        }

        /** Adds a column of type {@code jsonb}, whose value is given as JSON text. */
        public Builder<T> jsonb(String column, Value<T, String> value) {
            return recorded(Column.jsonb(column), value);
        }

        /** Adds a column of type {@code timestamptz}. */
        public Builder<T> timestamptz(String column, Value<T, Instant> value) {
            return recorded(Column.timestamptz(column), value);
        }

        /** Adds an {@code int4} column an older value of which never overwrites a newer one. */
        public Builder<T> revision(String column, Value<T, Integer> value) {
            revisionColumn = column;
            return int4(column, value);
        }

        /** Adds a column that the database generates or that somebody else writes. */
        public Builder<T> unrecorded(Column column) {
            return column(column, null);
        }

        /**
         * Adds the stamp {@link #RECEIVED_AT}.
         *
         * @param ms milliseconds since the epoch; 0 if the row was read from a recording
         */
        public Builder<T> receivedAt(Value<T, Long> ms) {
            return column(
                    Column.timestamptz(RECEIVED_AT).nullable(),
                    row -> ms.of(row) == 0 ? null : Instant.ofEpochMilli(ms.of(row)));
        }

        /** Adds the columns that say which run's bar a row comes from. */
        public Builder<T> origin(
                Value<T, Long> runId,
                Value<T, Long> runFromMs,
                Value<T, Long> rank,
                Value<T, Long> digest) {
            return column(Column.int8(RUN_ID).nullable(), runId)
                    .column(
                            Column.timestamptz(RUN_FROM).nullable(),
                            row -> {
                                Long ms = runFromMs.of(row);
                                return ms == null ? null : Instant.ofEpochMilli(ms);
                            })
                    .column(Column.int8(BAR_RANK).nullable(), rank)
                    .column(Column.int8(BAR_DIGEST).nullable(), digest);
        }

        /** Adds the stamps {@link #COMMITTED_AT} and {@link #COMMITTED_IN}. */
        public Builder<T> committed() {
            return unrecorded(Column.timestamptz(COMMITTED_AT).nullable())
                    .unrecorded(new Column(COMMITTED_IN, ColumnType.XID8, true));
        }

        /** Makes the last column nullable. */
        public Builder<T> nullable() {
            columns.add(columns.remove(columns.size() - 1).nullable());
            return this;
        }

        /** Makes the columns so far the natural key. */
        public Builder<T> key() {
            key = columns.stream().map(Column::name).toList();
            return this;
        }

        /** Moves columns that were added to the table later to the end of its fingerprint. */
        public Builder<T> lastInFingerprint(String... later) {
            fingerprint.removeAll(List.of(later));
            fingerprint.addAll(List.of(later));
            return this;
        }

        /** Ends the description with the column that rows are ordered by. */
        public TableSpec<T> orderedBy(String timeColumn) {
            ArrayList<Value<T, ?>> cells = values;
            return new TableSpec<>(
                    name,
                    key,
                    timeColumn,
                    columns,
                    revisionColumn,
                    fingerprint,
                    row -> valuesOf(cells, row));
        }

        private static <T> Object[] valuesOf(List<Value<T, ?>> cells, T row) {
            Object[] values = new Object[cells.size()];
            for (int i = 0; i < values.length; i++) {
                Value<T, ?> value = cells.get(i);
                values[i] = value == null ? null : value.of(row);
            }
            return values;
        }

        private Builder<T> recorded(Column column, Value<T, ?> value) {
            fingerprint.add(column.name());
            return column(column, value);
        }

        private Builder<T> column(Column column, Value<T, ?> value) {
            columns.add(column);
            values.add(value);
            return this;
        }
    }
}
