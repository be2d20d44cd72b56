package io.microstream.job.sinks.jdbc;

import java.io.Serializable;
import java.time.Duration;

/**
 * Says how rows are written: with stamps or without, and how soon.
 *
 * @param isStamped true to note with each row when its last trade was received and when and in
 *     which transaction it was written: what a page follows. False leaves these columns null, and
 *     the rows are a function of the input alone
 * @param longestWait how long the first row of a batch waits at most for others, 1 ms or more
 * @param overwrites true to replace complete bars that other runs made by complete ones; false
 *     leaves those with other numbers as they are
 */
public record Writing(boolean isStamped, Duration longestWait, boolean overwrites)
        implements Serializable {

    /** Writes rows without stamps, in batches of up to half a second. */
    public static final Writing PLAIN = new Writing(false, Duration.ofMillis(500), false);

    /** Writes rows with stamps, in batches of up to 50 ms, for clients that follow them. */
    public static final Writing STAMPED = new Writing(true, Duration.ofMillis(50), false);

    /** Returns the same, replacing complete bars of other runs or not. */
    public Writing overwriting(boolean isOverwriting) {
        return new Writing(isStamped, longestWait, isOverwriting);
    }

    public Writing {
        if (longestWait.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "Longest wait of a row must be 1 ms or more: longestWait=" + longestWait);
        }
    }
}
