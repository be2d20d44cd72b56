package io.microstream.binance.archive;

/** Names what a recorded file contains. */
public enum DumpKind {
    /** A dump of aggregate trades as Binance publishes it. */
    AGG_TRADES,
    /** A dump of single trades as Binance publishes it. */
    TRADES,
    /** Binance's dump of one-minute klines, whole (12 columns) or cut to the first 6. */
    KLINES,
    /** Frames of the market streams as received, one a line, with or without a receive time. */
    CAPTURE
}
