package io.microstream.binance.replay.exchange;

/** The order book of a symbol as REST sees it. Prices and quantities in units of 1e-8. */
public interface BookView {

    /** Update id of the newest change. */
    long lastUpdateId();

    /**
     * Visits the best {@code limit} levels of a side, best first.
     *
     * @return how many there were
     */
    int levels(boolean bids, int limit, LevelVisitor visitor);

    /** Takes a level. */
    interface LevelVisitor {
        void level(long price, long quantity);
    }
}
