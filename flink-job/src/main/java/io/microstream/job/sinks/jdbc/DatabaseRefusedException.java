package io.microstream.job.sinks.jdbc;

/** The database cannot be used as it is; the message is one line for a person. */
public final class DatabaseRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DatabaseRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
