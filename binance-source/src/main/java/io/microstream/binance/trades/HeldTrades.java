package io.microstream.binance.trades;

/**
 * Trades that wait behind a gap, by rising id: columns in a ring that grows up to a limit. An id
 * may stand twice if the single trades inside differ.
 */
final class HeldTrades {

    private static final int FIRST_CAPACITY = 64;

    private final int limit;
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

    /** Id of the oldest; there must be one. */
    long firstId() {
        return ids[head];
    }

    /** Id of the newest; −1 without one. */
    long lastId() {
        return size == 0 ? -1 : ids[at(size - 1)];
    }

    /** Time of the oldest; there must be one. */
    long firstTimeUs() {
        return timesUs[head];
    }

    /** First single trade of the oldest; there must be one. */
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
    boolean add(
            long id,
            long price,
            long quantity,
            long firstTradeId,
            long lastTradeId,
            long timeUs,
            boolean buyerIsMaker,
            long receivedAtMs) {
        if (size == ids.length && !grow()) {
            return false;
        }
        int slot = at(size++);
        ids[slot] = id;
        prices[slot] = price;
        quantities[slot] = quantity;
        firstTradeIds[slot] = firstTradeId;
        lastTradeIds[slot] = lastTradeId;
        timesUs[slot] = timeUs;
        makers[slot] = buyerIsMaker;
        receivedMs[slot] = receivedAtMs;
        return true;
    }

    /** Gives the oldest to {@code taker} and forgets it. */
    void poll(Taker taker) {
        int slot = head;
        head = at(1);
        size--;
        taker.take(
                ids[slot],
                prices[slot],
                quantities[slot],
                firstTradeIds[slot],
                lastTradeIds[slot],
                timesUs[slot],
                makers[slot],
                receivedMs[slot]);
    }

    /** Forgets the oldest. */
    void drop() {
        head = at(1);
        size--;
    }

    /** Forgets all, and the memory they took. */
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

    /** Takes a trade. */
    interface Taker {
        void take(
                long id,
                long price,
                long quantity,
                long firstTradeId,
                long lastTradeId,
                long timeUs,
                boolean buyerIsMaker,
                long receivedAtMs);
    }
}
