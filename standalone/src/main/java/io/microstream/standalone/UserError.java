package io.microstream.standalone;

/** Something the user can mend; the message is one line: what, where, what to do. */
final class UserError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UserError(String message) {
        super(message);
    }

    UserError(String message, Throwable cause) {
        super(message + " cause=" + cause.getMessage());
    }
}
