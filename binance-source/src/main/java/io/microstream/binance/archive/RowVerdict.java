package io.microstream.binance.archive;

/** Says what becomes of a row of recorded trades. */
public enum RowVerdict {
    /** The row is a trade. Rows that repeat one with equal values are trades too. */
    TRADE,
    /** The row cannot be read. */
    MALFORMED,
    /** The row's time contradicts its neighbours in id order, or the period of its file's name. */
    TIME_OUTLIER,
    /** Another row of the same id, which comes first, has other values. */
    CONFLICT,
    /** The exchange declares the entry to be no trade. */
    NOT_A_TRADE
}
