package io.microstream.binance.archive;

/** A recorded file that cannot be used: one line that says what, where and what to do. */
public class ArchiveException extends RuntimeException {

    public ArchiveException(String message) {
        super(message);
    }

    public ArchiveException(String message, Throwable cause) {
        super(message, cause);
    }
}
