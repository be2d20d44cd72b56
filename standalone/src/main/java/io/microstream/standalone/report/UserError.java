package io.microstream.standalone.report;

import io.microstream.tables.Secrets;

/**
 * Signals an error that the user can fix. The message is one line: what is wrong, where, and what
 * to do. It holds no secret.
 */
public final class UserError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UserError(String message) {
        super(Secrets.masked(message));
    }

    public UserError(String message, Throwable cause) {
        super(Secrets.masked(message + " cause=" + cause.getMessage()));
    }
}
