package io.microstream.market;

/**
 * A fault of the feed, as found: one row of the table {@code data_quality}.
 *
 * @param symbol upper case
 * @param detectedAtUs event time at which the fault was found, microseconds since the epoch
 * @param kind what is wrong
 * @param firstId first id concerned (line number for {@link Kind#MALFORMED})
 * @param lastId last id concerned
 * @param missing how many ids are missing and stay missing
 * @param repaired how many missing ids were fetched after all
 * @param rows rows of the feed that were set aside: duplicates dropped, or the malformed row
 * @param detail one line for a person
 */
public record DataQuality(
        String symbol,
        long detectedAtUs,
        Kind kind,
        long firstId,
        long lastId,
        long missing,
        long repaired,
        long rows,
        String detail)
        implements FeedEvent {

    /** What kind of fault a row reports. */
    public enum Kind {
        /**
         * Ids did not come by the stream or are not in the input. Those {@link #repaired} were
         * fetched and stand in their place; those {@link #missing} are lost, and the bars they
         * touch are {@code complete = false}.
         */
        GAP,
        /** Ids that came again and were dropped: one row for each unbroken run. */
        DUPLICATE,
        /** A row or frame that cannot be read: quarantined, with its text and the reason. */
        MALFORMED,
        /**
         * Aggregate ids follow on, but the single-trade ids inside them jump. An alarm, no proof of
         * loss.
         */
        TRADE_ID_JUMP,
        /** The connection that carried the symbol ended; the detail says how. */
        DISCONNECT,
        /** The stream stayed silent although the exchange had newer trades. */
        STALL,
        /** The exchange has stopped trading in the symbol: silence is expected. */
        HALT,
        /** Ids began anew: what follows is judged afresh, and its first bar is incomplete. */
        ID_RESET
    }
}
