package io.microstream.live.cases;

/** The database holds no final bar of that symbol and minute; the message says what it holds. */
public final class NoSuchMinuteException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean symbolUnknown;

    public NoSuchMinuteException(String message, boolean symbolUnknown) {
        super(message);
        this.symbolUnknown = symbolUnknown;
    }

    /** True if there is no bar of the symbol at all. */
    public boolean isSymbolUnknown() {
        return symbolUnknown;
    }
}
