package io.microstream.live.rows;

/**
 * A column as clients see it.
 *
 * @param name the same in the table, in JSON and in CSV
 * @param kind how its values are read and written
 */
public record Column(String name, Kind kind) {

    /** What a column holds, and what that becomes in JSON. */
    public enum Kind {
        /** Text: a string. */
        TEXT,
        /** {@code numeric}: a string, every digit as stored. */
        EXACT,
        /** {@code double precision}: a number; not-a-number and the infinities are null. */
        REAL,
        /** {@code integer} or {@code bigint}: a number without fraction. */
        COUNT,
        /** {@code boolean}. */
        TRUTH,
        /** {@code timestamptz}: ISO-8601 in UTC, a fraction only where there is one. */
        TIME,
        /** {@code jsonb}: the value itself. */
        JSON
    }

    static Column text(String name) {
        return new Column(name, Kind.TEXT);
    }

    static Column exact(String name) {
        return new Column(name, Kind.EXACT);
    }

    static Column real(String name) {
        return new Column(name, Kind.REAL);
    }

    static Column count(String name) {
        return new Column(name, Kind.COUNT);
    }

    static Column truth(String name) {
        return new Column(name, Kind.TRUTH);
    }

    static Column time(String name) {
        return new Column(name, Kind.TIME);
    }

    static Column json(String name) {
        return new Column(name, Kind.JSON);
    }
}
