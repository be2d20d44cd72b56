package io.microstream.models;

/**
 * A model that must not be used: unreadable, inconsistent or made for other features. The message
 * is one line that says what, where and what to do.
 */
public final class ModelRejectedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Rejected for what was found. */
    public ModelRejectedException(String message) {
        super(message);
    }

    /** Rejected because reading failed. */
    public ModelRejectedException(String message, Throwable cause) {
        super(message, cause);
    }
}
