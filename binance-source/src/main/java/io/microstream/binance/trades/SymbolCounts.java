package io.microstream.binance.trades;

/** What the feed knows of one symbol, once a second; see {@link LiveCounts}. */
public final class SymbolCounts {

    /** Since its stream brought something last, in milliseconds of the loop's time. */
    public long silenceMs;

    /** Id of the newest trade that went out; −1 before the first. */
    public long lastId = -1;
}
