package io.microstream.binance.replay.exchange.book;

/** The order book of a symbol as REST sees it. Prices and quantities in units of 1e-8. */
public interface BookView {

    /** Returns the update id of the newest change. */
    long lastUpdateId();

    /**
     * Visits the best {@code limit} levels of a side, best first.
     *
     * @return how many there were
     */
    int levels(boolean bids, int limit, LevelVisitor visitor);

    /**
     * Returns the book as it was {@code updates} update ids ago. A book that keeps no history shows
     * its current levels under the older id: levels are absolute, so whoever applies the changes
     * since ends with the right book.
     */
    default BookView ago(int updates) {
        BookView now = this;
        return new BookView() {
            @Override
            public long lastUpdateId() {
                return Math.max(0, now.lastUpdateId() - updates);
            }

            @Override
            public int levels(boolean bids, int limit, LevelVisitor visitor) {
                return now.levels(bids, limit, visitor);
            }
        };
    }

    /** Receives the levels of a side one after the other. */
    interface LevelVisitor {
        void level(long price, long quantity);
    }
}
