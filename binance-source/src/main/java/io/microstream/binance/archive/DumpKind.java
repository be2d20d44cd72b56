package io.microstream.binance.archive;

/** What a recorded file holds. */
public enum DumpKind {
    /** Binance's dump of aggregate trades. */
    AGG_TRADES,
    /** Binance's dump of single trades. */
    TRADES,
    /** Binance's dump of one-minute klines, whole (12 columns) or cut to the first 6. */
    KLINES,
    /** Frames of the market streams as received, one a line, with or without a receive time. */
    CAPTURE
}
