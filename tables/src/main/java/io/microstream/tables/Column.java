package io.microstream.tables;

import java.io.Serializable;

/**
 * A column of a table or of a query's result.
 *
 * @param name the same in the database, in JSON and in CSV
 * @param type how its values are stored, read and written
 * @param isNullable true if a row may have no value there
 */
public record Column(String name, ColumnType type, boolean isNullable) implements Serializable {

    /** Returns a {@code boolean} column that is not null. */
    public static Column bool(String name) {
        return new Column(name, ColumnType.BOOL, false);
    }

    /** Returns an {@code integer} column that is not null. */
    public static Column int4(String name) {
        return new Column(name, ColumnType.INT4, false);
    }

    /** Returns a {@code bigint} column that is not null. */
    public static Column int8(String name) {
        return new Column(name, ColumnType.INT8, false);
    }

    /** Returns a {@code double precision} column that is not null. */
    public static Column float8(String name) {
        return new Column(name, ColumnType.FLOAT8, false);
    }

    /** Returns a {@code numeric} column that is not null. */
    public static Column numeric(String name) {
        return new Column(name, ColumnType.NUMERIC, false);
    }

    /** Returns a {@code text} column that is not null. */
    public static Column text(String name) {
        return new Column(name, ColumnType.TEXT, false);
    }

    /** Returns a {@code jsonb} column that is not null. */
    public static Column jsonb(String name) {
        return new Column(name, ColumnType.JSONB, false);
    }

    /** Returns a {@code timestamptz} column that is not null. */
    public static Column timestamptz(String name) {
        return new Column(name, ColumnType.TIMESTAMPTZ, false);
    }

    /** Returns the same column, which may be null. */
    public Column nullable() {
        return new Column(name, type, true);
    }
}
