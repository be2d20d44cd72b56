package io.microstream.binance.replay.exchange.book;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** The levels of an order book. Prices and quantities in units of 1e-8, all above 0. */
public final class BookLevels implements BookView {

    private final TreeMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
    private final TreeMap<Long, Long> asks = new TreeMap<>();
    private long lastUpdateId;

    /** Creates an empty book with an update id. */
    public BookLevels(long lastUpdateId) {
        this.lastUpdateId = lastUpdateId;
    }

    /** Copies the levels of another book. */
    public BookLevels(BookView other) {
        this(other.lastUpdateId());
        other.levels(true, Integer.MAX_VALUE, bids::put);
        other.levels(false, Integer.MAX_VALUE, asks::put);
    }

    @Override
    public long lastUpdateId() {
        return lastUpdateId;
    }

    @Override
    public int levels(boolean isBids, int limit, LevelVisitor visitor) {
        int visited = 0;
        for (Map.Entry<Long, Long> level : side(isBids).entrySet()) {
            if (visited >= limit) {
                break;
            }
            visitor.level(level.getKey(), level.getValue());
            visited++;
        }
        return visited;
    }

    /**
     * Sets the quantity at a price, 0 to remove the level.
     *
     * @return what was there before; 0 where there was no level
     */
    public long set(boolean isBids, long price, long quantity, long updateId) {
        lastUpdateId = updateId;
        Long before =
                quantity == 0 ? side(isBids).remove(price) : side(isBids).put(price, quantity);
        return before == null ? 0 : before;
    }

    /** Applies a published change without checking that it follows the last one. */
    public void apply(DepthChange change) {
        change.bids().forEach(level -> set(true, level.price(), level.quantity(), 0));
        change.asks().forEach(level -> set(false, level.price(), level.quantity(), 0));
        lastUpdateId = change.lastUpdateId();
    }

    /** Returns the quantity at a price; 0 where there is no level. */
    public long at(boolean isBids, long price) {
        return side(isBids).getOrDefault(price, 0L);
    }

    /** Returns the best price of a side; 0 where it is empty. */
    public long best(boolean isBids) {
        return side(isBids).isEmpty() ? 0 : side(isBids).firstKey();
    }

    /** Returns the worst price of a side; 0 where it is empty. */
    public long worst(boolean isBids) {
        return side(isBids).isEmpty() ? 0 : side(isBids).lastKey();
    }

    /** Returns the nearest level of a side at {@code price} or worse; 0 where there is none. */
    public long atOrBeyond(boolean isBids, long price) {
        Long level = side(isBids).ceilingKey(price);
        return level == null ? 0 : level;
    }

    /** Returns how many levels a side has. */
    public int size(boolean isBids) {
        return side(isBids).size();
    }

    /** Returns the best level of both sides. */
    public TopOfBook top() {
        long bid = best(true);
        long ask = best(false);
        return new TopOfBook(lastUpdateId, bid, at(true, bid), ask, at(false, ask));
    }

    private TreeMap<Long, Long> side(boolean isBids) {
        return isBids ? bids : asks;
    }
}
