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
 * @param rows rows of the feed that are in no bar: duplicates dropped, or the row quarantined; of a
 *     {@link Kind#TRADE_ID_JUMP} the single trades that came twice
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
         * Aggregate ids follow on, but the single-trade ids inside them do not: {@link #missing}
         * single trades are in no aggregate, or {@link #rows} came in an earlier one already. The
         * bars they touch are {@code complete = false}.
         */
        TRADE_ID_JUMP,
        /** The connection that carried the symbol ended; the detail says how. */
        DISCONNECT,
        /** The stream stayed silent although the exchange had newer trades. */
        STALL,
        /** The exchange has stopped trading in the symbol: silence is expected. */
        HALT,
        /** Ids began anew: what follows is judged afresh, and its first bar is incomplete. */
        ID_RESET,
        /**
         * A readable row whose time contradicts its neighbours in the order of ids, or lies outside
         * the period that its file is named after: quarantined, with its text. Its id counts as
         * known, so it is no gap, but the minute of its neighbours is {@code complete = false}.
         */
        TIME_OUTLIER,
        /**
         * A row with the id of another and other values: quarantined, with both texts. The row of
         * the first file is kept, and its bar is {@code complete = false}.
         */
        CONFLICT,
        /**
         * An entry that the exchange itself declares to be no trade of the market (field {@code X}:
         * {@code NA}, {@code INSURANCE_FUND}): it uses up its id and is in no bar.
         */
        NOT_A_TRADE,
        /**
         * A pause in trading longer than the longest that is filled with empty minutes: its minutes
         * have no bars.
         */
        LONG_PAUSE,
        /** The exchange refuses requests for the symbol for good: its feed has ended. */
        REFUSED
    }
}
