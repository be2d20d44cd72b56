package io.microstream.binance.source;

import io.microstream.market.Bar;
import io.microstream.market.CompletenessMark;
import io.microstream.market.DataQuality;
import io.microstream.market.Trade;

/**
 * What the source emits: exactly one of a trade, a finished kline (where klines are the input), a
 * fault of the feed and a proof of quiet. Trades of a symbol come in id order, each once; a gap
 * comes right before the trade that revealed it, a proof right after the trades it covers.
 *
 * @param trade a trade, or null
 * @param kline a kline, or null
 * @param quality a fault, or null
 * @param quiet a proof that the trades before a moment are all out, or null
 */
public record FeedEvent(Trade trade, Bar kline, DataQuality quality, CompletenessMark quiet) {

    public static FeedEvent of(Trade trade) {
        return new FeedEvent(trade, null, null, null);
    }

    public static FeedEvent of(Bar kline) {
        return new FeedEvent(null, kline, null, null);
    }

    public static FeedEvent of(DataQuality quality) {
        return new FeedEvent(null, null, quality, null);
    }

    public static FeedEvent of(CompletenessMark quiet) {
        return new FeedEvent(null, null, null, quiet);
    }
}
