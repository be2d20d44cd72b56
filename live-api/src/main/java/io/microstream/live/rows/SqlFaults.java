package io.microstream.live.rows;

import java.sql.SQLException;

/** Turns errors of the database into what they mean to a client, without its inner names. */
public final class SqlFaults {

    private SqlFaults() {}

    /**
     * Returns the exception to throw: {@link BadValueException} for a value that the database
     * cannot take, {@link DatabaseAwayException} for anything else.
     */
    public static RuntimeException toThrow(SQLException fault) {
        return stateOf(fault).startsWith("22")
                ? new BadValueException(inWords(fault), fault)
                : new DatabaseAwayException(inWords(fault), fault);
    }

    /** Returns one line that says what failed, where, and what to do. */
    public static String inWords(SQLException fault) {
        String state = stateOf(fault);
        if (state.startsWith("22")) {
            return "The database cannot take a value: sqlstate="
                    + state
                    + ". Check the values and the cursor, and begin without cursor";
        }
        return switch (state) {
            case "57014" ->
                    "The database took too long: sqlstate=57014."
                            + " Ask for less: a shorter range, a smaller limit or a longer interval";
            case "42P01", "42703", "3F000", "42883" ->
                    "The database has no tables of this release yet: sqlstate="
                            + state
                            + ". Wait until the job has migrated it";
            case "42501" ->
                    "The database refuses to be read: sqlstate=42501."
                            + " Grant SELECT to the server's user or to role microstream_reader";
            case "28000", "28P01", "3D000" ->
                    "The database refuses the server: sqlstate="
                            + state
                            + ". Check the server's URL, user and password";
            default -> "The database is away: sqlstate=" + state + ". Try again shortly";
        };
    }

    private static String stateOf(SQLException fault) {
        for (Throwable t = fault; t != null; t = t.getCause()) {
            if (t instanceof SQLException cause
                    && cause.getSQLState() != null
                    && t.getCause() == null) {
                return cause.getSQLState();
            }
        }
        return fault.getSQLState() == null ? "none" : fault.getSQLState();
    }
}
