package io.microstream.market;

/**
 * What a feed emits: an event of a symbol's trade stream, a finished kline where klines are the
 * input, or a fault of the feed. Trades of a symbol come in id order, each once; a gap comes right
 * before the trade that revealed it, a completeness mark right after the trades it covers.
 */
public sealed interface FeedEvent permits StreamEvent, Bar, DataQuality {

    /** Returns the symbol, upper case, e.g. {@code BTCUSDT}. */
    String symbol();
}
