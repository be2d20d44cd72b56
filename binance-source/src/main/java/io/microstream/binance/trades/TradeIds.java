package io.microstream.binance.trades;

import io.microstream.market.Trade;

/**
 * Judges the next trade of a symbol by its id and that of the newest one: it follows, repeats, or
 * comes after a gap. Recorded and live trades are judged by this class alone. An aggregate id that
 * comes twice with other single trades inside is two trades: Binance did that at day borders.
 */
public final class TradeIds {

    private long lastId = -1;
    private long lastTradeId = -1;

    /** Goes on to a trade: it is the newest from now on. */
    public void moveTo(long id, long lastTradeIdOfIt) {
        lastId = id;
        lastTradeId = lastTradeIdOfIt;
    }

    /** Forgets the newest trade, as ids restart: the next is judged as the very first. */
    public void restart() {
        moveTo(-1, -1);
    }

    /** Returns the id of the newest trade; −1 before the first. */
    public long lastId() {
        return lastId;
    }

    /** Returns the last single trade in the newest trade; −1 if that is not known. */
    public long lastTradeId() {
        return lastTradeId;
    }

    /** Returns true if nothing is missing between the newest trade and this one. */
    public boolean isNext(long id, long firstTradeId) {
        return id == lastId + 1 || isTwin(id, firstTradeId);
    }

    /** Returns true if the trade has been already. */
    public boolean isRepeat(long id, long firstTradeId) {
        return id <= lastId && !isTwin(id, firstTradeId);
    }

    private boolean isTwin(long id, long firstTradeId) {
        return id == lastId && lastTradeId >= 0 && firstTradeId > lastTradeId;
    }

    /** Returns how many ids are missing before one; {@link Trade#UNKNOWN} before the first. */
    public long missingBefore(long id) {
        return lastId < 0 ? Trade.UNKNOWN : Math.max(0, id - lastId - 1);
    }
}
