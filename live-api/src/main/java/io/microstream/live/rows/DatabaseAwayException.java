package io.microstream.live.rows;

/** Thrown if the database cannot be reached, refuses, answers too late or has no tables yet. */
public final class DatabaseAwayException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public DatabaseAwayException(String message, Throwable cause) {
        super(message, cause);
    }
}
