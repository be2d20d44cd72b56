package io.microstream.live.rows;

/** Thrown if the database cannot take a value (SQLSTATE class 22), with one line for clients. */
public final class BadValueException extends RuntimeException {

    private static final long serialVersionUID = 1;

    BadValueException(String message, Throwable cause) {
        super(message, cause);
    }
}
