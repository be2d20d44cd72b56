package io.microstream.standalone.report;

import java.util.Set;

/** What a run is fed with, as far as it is known before. */
public interface RunInput {

    /** {@link #rows} of a feed without end. */
    long UNKNOWN = -1;

    /** In a line, for a person. */
    String describe();

    /** Upper case. */
    Set<String> symbols();

    /** Rows that will come, readable or not; {@link #UNKNOWN} if nobody knows. */
    long rows();

    /** Earliest event time, microseconds. */
    long firstTimeUs();

    /** Latest event time, microseconds. */
    long lastTimeUs();

    /** True if finished bars come rather than trades. */
    boolean isKlines();
}
