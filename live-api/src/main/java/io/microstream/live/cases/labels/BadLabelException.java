package io.microstream.live.cases.labels;

/** A label that cannot be taken; the message says in one line what to do. */
public final class BadLabelException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String part;

    public BadLabelException(String part, String message) {
        super(message);
        this.part = part;
    }

    /** Which part of it: {@code verdict}, {@code note} or {@code analyst}. */
    public String part() {
        return part;
    }
}
