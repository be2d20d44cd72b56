package io.microstream.binance.trades;

import java.io.Serializable;

/**
 * Where a symbol's feed begins.
 *
 * @param kind how to read {@code value}
 * @param value an id, or milliseconds since the epoch; not used for {@link Kind#LATEST}
 */
public record FeedStart(Kind kind, long value) implements Serializable {

    /** What the value of a start means. */
    public enum Kind {
        /** The feed begins with the next trade of the stream. */
        LATEST,
        /** The feed begins with the first trade at or after a time. */
        TIME,
        /** The feed begins with the trade of an id. */
        ID
    }

    /** The start with the next trade that the stream shows. */
    public static final FeedStart LATEST = new FeedStart(Kind.LATEST, 0);

    /** Returns the start with the first trade at or after a time, milliseconds since the epoch. */
    public static FeedStart atTimeMs(long timeMs) {
        return new FeedStart(Kind.TIME, timeMs);
    }

    /** Returns the start with the trade of an id. */
    public static FeedStart atId(long id) {
        return new FeedStart(Kind.ID, id);
    }
}
