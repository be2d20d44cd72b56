package io.microstream.binance.wire;

import java.util.Locale;

/** The kinds of market streams that are read, each under a name of its own for every symbol. */
public enum StreamKind {
    /** Fills of one taker order at one price and time, joined; ids of their own. */
    AGG_TRADE("aggTrade"),
    /** Single trades, one event for each fill. */
    TRADE("trade"),
    /** One-minute klines; the running one is updated about every two seconds. */
    KLINE_1M("kline_1m"),
    /** The stream of order book updates, one every 100 milliseconds. */
    DEPTH("depth@100ms");

    private final String suffix;

    StreamKind(String suffix) {
        this.suffix = suffix;
    }

    /** Returns true if the stream carries trades, single or joined. */
    public boolean carriesTrades() {
        return this == AGG_TRADE || this == TRADE;
    }

    /** Returns the name of a symbol's stream, such as {@code btcusdt@aggTrade}. */
    public String streamOf(String symbol) {
        return symbol.toLowerCase(Locale.ROOT) + "@" + suffix;
    }
}
