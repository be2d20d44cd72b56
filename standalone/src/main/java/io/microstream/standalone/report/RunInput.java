package io.microstream.standalone.report;

import java.util.List;
import java.util.Set;

/** The input of a run, as far as it is known before the start. */
public interface RunInput {

    /** Value of {@link #rows} for a feed without end. */
    long UNKNOWN = -1;

    /** Returns a description in one line for users. */
    String describe();

    /** Returns the symbols in upper case. */
    Set<String> symbols();

    /** Returns the number of rows, readable or not; {@link #UNKNOWN} for a feed without end. */
    long rows();

    /** Returns the earliest event time in microseconds since the epoch. */
    long firstTimeUs();

    /** Returns the latest event time in microseconds since the epoch. */
    long lastTimeUs();

    /** Returns what the inspection of the input warns of, as text for users. */
    default List<String> warnings() {
        return List.of();
    }

    /** Returns what of the input is lost already, as text for users. */
    default List<String> losses() {
        return List.of();
    }

    /**
     * Returns the first row that cannot be read, with file, line, reason and text; null if there is
     * none.
     */
    default String firstUnreadable() {
        return null;
    }

    /** Returns whether the input holds finished bars instead of trades. */
    boolean isKlines();
}
