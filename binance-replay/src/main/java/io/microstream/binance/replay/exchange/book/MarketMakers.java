package io.microstream.binance.replay.exchange.book;

import io.microstream.binance.replay.Chance;

/** Market makers of a simulated book: they place, change and cancel its levels. */
final class MarketMakers {

    static final int MOST_LEVELS = 200;
    static final int FEWEST_LEVELS = 25;
    static final int NEAR_TICKS = 3;

    private static final int NEAREST_MEAN_TICKS = 20;
    private static final int MEAN_DISTANCE_SHARE = 2000;
    private static final int MOST_CHANGES = 8;
    private static final int MOST_TRIES = 4 * FEWEST_LEVELS;
    private static final int TRADES_IN_MEAN = 64;
    private static final double LARGEST = 1e18;

    private final PublishedBook book;
    private final long tickSize;
    private final long lotSize;
    private final Chance chance;
    private double meanQuantity;

    MarketMakers(PublishedBook book, long tickSize, long lotSize, long seed) {
        this.book = book;
        this.tickSize = tickSize;
        this.lotSize = lotSize;
        this.chance = new Chance(seed);
        this.meanQuantity = 100.0 * lotSize;
    }

    /** Places levels on both sides of a price. */
    void open(long price) {
        stay(true, price);
        stay(false, price);
    }

    /** Fills a taker who trades {@code quantity} at {@code price} with the makers of that side. */
    void traded(boolean bids, long price, long quantity) {
        meanQuantity += (quantity - meanQuantity) / TRADES_IN_MEAN;
        clear(bids, bids ? price + 1 : price - 1);
        clear(!bids, price);
        long had = book.levels().at(bids, price);
        boolean eaten = had <= quantity && chance.below(2) == 0;
        book.set(bids, price, had > quantity ? had - quantity : eaten ? 0 : size());
        stay(bids, price);
        stay(!bids, price);
    }

    /** Lets some of them place, change or cancel a level. */
    void step() {
        long changes = chance.below(MOST_CHANGES + 1);
        for (long i = 0; i < changes; i++) {
            boolean bids = chance.below(2) == 0;
            long best = book.levels().best(bids);
            if (best != 0) {
                change(bids, best, (int) chance.below(10));
            }
        }
        prune(true);
        prune(false);
    }

    private void change(boolean bids, long best, int whim) {
        long price = off(bids, best, distance(best));
        long beyond = price > 0 ? book.levels().atOrBeyond(bids, price) : 0;
        if (whim == 0) {
            improve(bids, best);
        } else if (whim <= 2) {
            book.set(bids, best, size());
        } else if (whim <= 6) {
            put(bids, price);
        } else if (beyond != 0 && whim == 7) {
            book.set(bids, beyond, size());
        } else if (beyond != 0 && book.levels().size(bids) > FEWEST_LEVELS) {
            book.set(bids, beyond, 0);
        }
    }

    private void improve(boolean bids, long best) {
        long price = off(!bids, best, 1);
        long opposite = book.levels().best(!bids);
        if (opposite == 0 || (bids ? price < opposite : price > opposite)) {
            put(bids, price);
        }
    }

    /** Cancels all levels of a side as good as {@code price} or better. */
    private void clear(boolean bids, long price) {
        long best = book.levels().best(bids);
        while (best != 0 && (bids ? best >= price : best <= price)) {
            book.set(bids, best, 0);
            best = book.levels().best(bids);
        }
    }

    /** Keeps a side near a price, and neither thin nor endless. */
    private void stay(boolean bids, long price) {
        long best = book.levels().best(bids);
        if (best == 0 || Math.abs(best - price) > NEAR_TICKS * tickSize) {
            put(bids, off(bids, price, 1 + chance.below(2)));
        }
        best = book.levels().best(bids);
        for (int tries = best == 0 ? 0 : MOST_TRIES;
                tries > 0 && book.levels().size(bids) < FEWEST_LEVELS;
                tries--) {
            put(bids, off(bids, best, distance(best)));
        }
        prune(bids);
    }

    private void prune(boolean bids) {
        while (book.levels().size(bids) > MOST_LEVELS) {
            book.set(bids, book.levels().worst(bids), 0);
        }
    }

    private void put(boolean bids, long price) {
        if (price > 0) {
            book.set(bids, price, size());
        }
    }

    /**
     * Returns the price a number of ticks worse than another, on the tick; it is not positive where
     * no price is left.
     */
    private long off(boolean bids, long price, long ticks) {
        return bids
                ? ((price - 1) / tickSize - (ticks - 1)) * tickSize
                : (price / tickSize + ticks) * tickSize;
    }

    private long distance(long price) {
        double mean = Math.max(NEAREST_MEAN_TICKS, price / tickSize / MEAN_DISTANCE_SHARE);
        return 1 + (long) (mean * exponential());
    }

    private long size() {
        double lots = Math.min(3 * meanQuantity * exponential(), LARGEST) / lotSize;
        return Math.max(1, (long) lots) * lotSize;
    }

    private double exponential() {
        return -StrictMath.log(1 - chance.unit());
    }
}
