package io.microstream.models;

/**
 * Thrown for a model that must not be used: unreadable, inconsistent or made for other features.
 * The message is one line, of at most {@value #LONGEST} characters, that says what, where and what
 * to do.
 */
public final class ModelRejectedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Maximum length of a message; a longer one, which only a damaged file causes, is cut in its
     * middle.
     */
    static final int LONGEST = 1_000;

    private static final int KEPT_AT_THE_END = 200;

    /** Rejects a model for a defect that was found. */
    public ModelRejectedException(String message) {
        super(line(message));
    }

    /** Rejects a model because reading it failed. */
    public ModelRejectedException(String message, Throwable cause) {
        super(line(message), cause);
    }

    private static String line(String message) {
        String line = message.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}|\\p{Cs}", "?");
        if (line.length() <= LONGEST) {
            return line;
        }
        int tail = line.length() - KEPT_AT_THE_END;
        return line.substring(0, LONGEST - KEPT_AT_THE_END - 3) + "..." + line.substring(tail);
    }
}
