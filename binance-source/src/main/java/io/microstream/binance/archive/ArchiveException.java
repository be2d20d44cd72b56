package io.microstream.binance.archive;

/**
 * Signals that a recorded file cannot be used; the message says in one line what, where and what to
 * do.
 */
public class ArchiveException extends RuntimeException {

    public ArchiveException(String message) {
        super(message);
    }

    public ArchiveException(String message, Throwable cause) {
        super(message, cause);
    }
}
