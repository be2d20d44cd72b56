package io.microstream.binance.replay.exchange.book;

/** The last changes of a book, so that it can be shown as it was. */
final class BookMemory {

    static final int LONGEST = 1024;

    private final long[] prices = new long[LONGEST];
    private final long[] before = new long[LONGEST];
    private final boolean[] ofBids = new boolean[LONGEST];
    private long changes;

    /** Remembers what was there before the change. */
    void changed(boolean bids, long price, long quantityBefore) {
        int slot = (int) (changes++ % LONGEST);
        ofBids[slot] = bids;
        prices[slot] = price;
        before[slot] = quantityBefore;
    }

    /** Returns true if the last {@code updates} changes are all remembered. */
    boolean knows(int updates) {
        return updates <= Math.min(changes, LONGEST);
    }

    /** Returns a book with its last {@code updates} changes taken back. */
    BookLevels undone(BookView now, int updates) {
        BookLevels then = new BookLevels(now);
        for (long change = changes - 1; change >= changes - updates; change--) {
            int slot = (int) (change % LONGEST);
            then.set(ofBids[slot], prices[slot], before[slot], then.lastUpdateId() - 1);
        }
        return then;
    }
}
