package io.microstream.binance.trades;

import java.io.Serializable;

/**
 * Where a symbol's feed begins.
 *
 * @param kind how to read {@code value}
 * @param value an id, or milliseconds since the epoch; not used for {@link Kind#LATEST}
 */
public record FeedStart(Kind kind, long value) implements Serializable {

    /** Kinds of beginnings. */
    public enum Kind {
        /** With the next trade. */
        LATEST,
        /** With the first trade at or after a time. */
        TIME,
        /** With a trade. */
        ID
    }

    /** With the next trade that the stream shows. */
    public static final FeedStart LATEST = new FeedStart(Kind.LATEST, 0);

    /** With the first trade at or after a time. */
    public static FeedStart atTimeMs(long timeMs) {
        return new FeedStart(Kind.TIME, timeMs);
    }

    /** With a trade. */
    public static FeedStart atId(long id) {
        return new FeedStart(Kind.ID, id);
    }
}
