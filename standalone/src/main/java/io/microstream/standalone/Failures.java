package io.microstream.standalone;

/** What went wrong, in one line. */
final class Failures {

    private Failures() {}

    /** The message of the innermost cause: Flink and futures wrap what we threw. */
    static String oneLine(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        String plain = message.replaceAll("\\s*\\R\\s*", " ").strip();
        boolean ours =
                cause instanceof IllegalArgumentException
                        || cause.getClass().getName().startsWith("io.microstream");
        return ours ? plain : cause.getClass().getSimpleName() + ": " + plain;
    }
}
