package io.microstream.binance.trades;

import io.microstream.market.TradeView;
import java.util.function.Consumer;

/**
 * Trades that wait behind a gap, by rising id: columns in a ring that grows up to a limit. An id
 * may stand twice if the single trades inside differ.
 */
final class HeldTrades {

    private static final int FIRST_CAPACITY = 64;

    private final int limit;
    private final Cursor cursor = new Cursor();
    private long[] ids = new long[0];
    private long[] prices = new long[0];
    private long[] quantities = new long[0];
    private long[] firstTradeIds = new long[0];
    private long[] lastTradeIds = new long[0];
    private long[] timesUs = new long[0];
    private boolean[] makers = new boolean[0];
    private long[] receivedMs = new long[0];
    private int head;
    private int size;

    HeldTrades(int limit) {
        this.limit = limit;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** Returns the id of the oldest trade; there must be one. */
    long firstId() {
        return ids[head];
    }

    /** Returns the id of the newest trade; −1 without one. */
    long lastId() {
        return size == 0 ? -1 : ids[at(size - 1)];
    }

    /** Returns the time of the oldest trade, microseconds; there must be one. */
    long firstTimeUs() {
        return timesUs[head];
    }

    /** Returns the first single trade of the oldest trade; there must be one. */
    long firstTradeId() {
        return firstTradeIds[head];
    }

    /** True if a trade comes after all that are held. */
    boolean isNewer(long id, long firstTradeId) {
        if (size == 0) {
            return true;
        }
        int newest = at(size - 1);
        return id > ids[newest] || (id == ids[newest] && firstTradeId > lastTradeIds[newest]);
    }

    /** True if a trade of that id is held. */
    boolean contains(long id) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long found = ids[at(middle)];
            if (found == id) {
                return true;
            }
            low = found < id ? middle + 1 : low;
            high = found < id ? high : middle - 1;
        }
        return false;
    }

    /**
     * Holds a trade that {@linkplain #isNewer is newer} than all that are held.
     *
     * @return false if there is no room
     */
    boolean add(TradeView trade) {
        if (size == ids.length && !grow()) {
            return false;
        }
        int slot = at(size++);
        ids[slot] = trade.id();
        prices[slot] = trade.price();
        quantities[slot] = trade.quantity();
        firstTradeIds[slot] = trade.firstTradeId();
        lastTradeIds[slot] = trade.lastTradeId();
        timesUs[slot] = trade.timeUs();
        makers[slot] = trade.buyerIsMaker();
        receivedMs[slot] = trade.receivedAtMs();
        return true;
    }

    /** Passes the oldest to {@code taker}, which adds nothing meanwhile, and forgets it. */
    void poll(Consumer<TradeView> taker) {
        int slot = head;
        head = at(1);
        size--;
        cursor.slot = slot;
        taker.accept(cursor);
    }

    /** Removes the oldest of the held trades. */
    void drop() {
        head = at(1);
        size--;
    }

    /** Removes all trades and releases their memory. */
    void clear() {
        resize(0);
        size = 0;
    }

    private int at(int offset) {
        int slot = head + offset;
        return slot >= ids.length ? slot - ids.length : slot;
    }

    private boolean grow() {
        if (size >= limit) {
            return false;
        }
        resize(Math.min(limit, Math.max(FIRST_CAPACITY, 2 * size)));
        return true;
    }

    private void resize(int capacity) {
        ids = resized(ids, capacity);
        prices = resized(prices, capacity);
        quantities = resized(quantities, capacity);
        firstTradeIds = resized(firstTradeIds, capacity);
        lastTradeIds = resized(lastTradeIds, capacity);
        timesUs = resized(timesUs, capacity);
        receivedMs = resized(receivedMs, capacity);
        boolean[] flags = new boolean[capacity];
        for (int i = 0; i < Math.min(size, capacity); i++) {
            flags[i] = makers[(head + i) % makers.length];
        }
        makers = flags;
        head = 0;
    }

    private long[] resized(long[] column, int capacity) {
        long[] copy = new long[capacity];
        int kept = Math.min(size, capacity);
        int first = Math.min(kept, column.length - head);
        System.arraycopy(column, head, copy, 0, first);
        System.arraycopy(column, 0, copy, first, kept - first);
        return copy;
    }

    /** Shows the trade in a slot. */
    private final class Cursor implements TradeView {

        private int slot;

        @Override
        public long id() {
            return ids[slot];
        }

        @Override
        public long price() {
            return prices[slot];
        }

        @Override
        public long quantity() {
            return quantities[slot];
        }

        @Override
        public long firstTradeId() {
            return firstTradeIds[slot];
        }

        @Override
        public long lastTradeId() {
            return lastTradeIds[slot];
        }

        @Override
        public long timeUs() {
            return timesUs[slot];
        }

        @Override
        public boolean buyerIsMaker() {
            return makers[slot];
        }

        @Override
        public long receivedAtMs() {
            return receivedMs[slot];
        }
    }
}
