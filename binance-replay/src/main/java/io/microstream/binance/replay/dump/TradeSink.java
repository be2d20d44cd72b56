package io.microstream.binance.replay.dump;

import io.microstream.market.Trade;
import java.io.IOException;

/**
 * Takes aggregate trades of one symbol in the order of their ids, field by field, so that nothing
 * is allocated for a trade. Units as in {@link Trade}.
 */
@FunctionalInterface
public interface TradeSink {

    /** Takes the next trade, field by field. */
    void trade(
            long id,
            long price,
            long quantity,
            long firstTradeId,
            long lastTradeId,
            long timeUs,
            boolean buyerIsMaker)
            throws IOException;

    /** Takes the next trade as an object. */
    default void trade(Trade trade) throws IOException {
        trade(
                trade.id(),
                trade.price(),
                trade.quantity(),
                trade.firstTradeId(),
                trade.lastTradeId(),
                trade.timeUs(),
                trade.buyerIsMaker());
    }
}
