package io.microstream.standalone.cli;

/** Summarises a failure in one line. */
final class Failures {

    private Failures() {}

    /**
     * Returns the message of the first of our own exceptions in the chain of causes, since these
     * are written for users. If there is none, returns class and message of the innermost cause:
     * Flink and futures wrap what they throw.
     */
    static String oneLine(Throwable failure) {
        Throwable innermost = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isOurs(cause)) {
                return plain(cause);
            }
            innermost = cause;
        }
        return innermost.getClass().getSimpleName() + ": " + plain(innermost);
    }

    private static boolean isOurs(Throwable cause) {
        return cause instanceof IllegalArgumentException
                || cause.getClass().getName().startsWith("io.microstream");
    }

    private static String plain(Throwable cause) {
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return message.replaceAll("\\s*\\R\\s*", " ").strip();
    }
}
