package io.microstream.binance.replay.exchange.market;

import io.microstream.binance.replay.exchange.faults.Injection;
import io.microstream.binance.replay.exchange.session.StreamFeed;
import io.microstream.binance.replay.exchange.session.StreamName;

/**
 * Mutes all streams of one type for a number of trades: they are acknowledged and carry nothing.
 */
final class StreamMute {

    private String type;
    private Injection injection;
    private int left;

    /** Mutes a type of stream, e.g. {@code aggTrade}, for the next {@code trades} trades. */
    void begin(String streamType, int trades, Injection by) {
        type = streamType;
        left = trades;
        injection = by;
    }

    /** Returns true while a type is muted. */
    boolean isOn() {
        return left > 0;
    }

    /** Returns true if the feed carries nothing now. */
    boolean concerns(StreamFeed feed) {
        return isOn() && mutes(feed.name);
    }

    private boolean mutes(StreamName name) {
        String other = name.type();
        return other.equals(type)
                || other.startsWith(type)
                        && (other.charAt(type.length()) == '@'
                                || other.charAt(type.length()) == '_');
    }

    /** Counts a trade that happened while a type was muted. */
    void pass(SymbolMarket market, long tradeId) {
        boolean aggregates = market.aggTrades().carried() && mutes(market.aggTrades().name);
        boolean singles = market.singleTrades().carried() && mutes(market.singleTrades().name);
        if (aggregates || singles) {
            injection.withhold(market.symbol(), tradeId);
        }
        left--;
    }
}
