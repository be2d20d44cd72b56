package io.microstream.live.cases;

/** Trades cannot be had; the message says in one line why, and what to do. */
public final class TradesUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    public TradesUnavailableException(String message) {
        super(message);
    }

    public TradesUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
