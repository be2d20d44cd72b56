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
     * Called before the first trade of a symbol.
     *
     * @param proven true if nothing precedes it in its minute
     */
    void begins(String symbol, boolean proven);

    /** Called when ids restart with the next trade. */
    void restarts(String symbol);

    /** Called when ids before the next trade are lost; {@code why} goes into the fault's detail. */
    void loses(String symbol, String why);

    /** Called when all trades before a moment, milliseconds since the epoch, have been emitted. */
    void completeUntil(String symbol, long untilMs);

    /**
     * Takes a trade that is set aside; its id is the last one's plus 1. The view holds only during
     * the call.
     *
     * @param why one line for a person
     */
    void quarantined(String symbol, TradeView trade, DataQuality.Kind kind, String why);

    /** Takes a fault of the feed that was detected. */
    void fault(DataQuality fault);

    /** Called once, when the symbol has reached its last id. */
    void ended(String symbol);
}
