package io.microstream.standalone.report;

/** Something the user can mend; the message is one line: what, where, what to do. */
public final class UserError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UserError(String message) {
        super(message);
    }

    public UserError(String message, Throwable cause) {
        super(message + " cause=" + cause.getMessage());
    }
}
