package io.microstream.job.sinks.jdbc;

import io.microstream.tables.Secrets;

/** Thrown if the database cannot be used as it is, with one line that says why. */
public final class DatabaseRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DatabaseRefusedException(String message, Throwable cause) {
        super(Secrets.masked(message), cause);
    }
}
