package io.microstream.binance.trades;

import io.microstream.market.DataQuality;
import io.microstream.market.TradeView;

/** Takes what the feed makes, in order by symbol. Loop thread only. */
public interface FeedOutput {

    /**
     * Takes the next trade; its id is the last one's plus 1, but for ids that are lost. The view
     * holds only during the call.
     */
    void trade(String symbol, TradeView trade);

    /**
     * The next trade is the symbol's first.
     *
     * @param proven true if nothing precedes it in its minute
     */
    void begins(String symbol, boolean proven);

    /** Ids restart with the next trade. */
    void restarts(String symbol);

    /** Why ids before the next trade are lost. */
    void loses(String symbol, String why);

    /** All trades before a moment, milliseconds since the epoch, have been passed on. */
    void completeUntil(String symbol, long untilMs);

    /** Something went wrong, and was seen. */
    void fault(DataQuality fault);

    /** The symbol has reached its last id. */
    void ended(String symbol);
}
