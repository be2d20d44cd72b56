package io.microstream.live.casefile;

/** The database holds no final bar of that symbol and minute; the message says what it holds. */
public final class NoSuchMinuteException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NoSuchMinuteException(String message) {
        super(message);
    }
}
