package io.microstream.standalone.report;

/**
 * Signals an error that the user can fix. The message is one line: what is wrong, where, and what
 * to do.
 */
public final class UserError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UserError(String message) {
        super(message);
    }

    public UserError(String message, Throwable cause) {
        super(message + " cause=" + cause.getMessage());
    }
}
