package io.microstream.standalone.cli;

/**
 * Signals an invalid option or combination of options. The message is one line: what is wrong,
 * where, and what to do.
 */
final class BadUsage extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadUsage(String message) {
        super(message);
    }
}
