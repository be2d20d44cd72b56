package io.microstream.standalone.cli;

/**
 * An option with a value that is not possible; the message is one line: what, where, what to do.
 */
final class BadUsage extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadUsage(String message) {
        super(message);
    }
}
