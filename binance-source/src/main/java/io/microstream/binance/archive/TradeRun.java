package io.microstream.binance.archive;

/**
 * Holds a block of trades in heap as eight longs a trade: filled in file order, then sorted by id,
 * keeping the order of equal ids.
 */
final class TradeRun {

    static final int LONGS = 8;

    private static final long BUYER_IS_MAKER = 1;
    private static final long NOT_A_TRADE = 2;

    final long[] data;
    int size;

    private int[] order;

    TradeRun(int capacity) {
        data = new long[capacity * LONGS];
    }

    boolean isFull() {
        return size * LONGS == data.length;
    }

    void add(TradeRow row) {
        int at = size++ * LONGS;
        data[at] = row.id;
        data[at + 1] = row.price;
        data[at + 2] = row.quantity;
        data[at + 3] = row.firstTradeId;
        data[at + 4] = row.lastTradeId;
        data[at + 5] = row.timeUs;
        data[at + 6] =
                (row.buyerIsMaker ? BUYER_IS_MAKER : 0)
                        | (row.noTradeReason != null ? NOT_A_TRADE : 0);
        data[at + 7] = row.line;
    }

    static void read(long[] data, int at, TradeRow into) {
        into.id = data[at];
        into.price = data[at + 1];
        into.quantity = data[at + 2];
        into.firstTradeId = data[at + 3];
        into.lastTradeId = data[at + 4];
        into.timeUs = data[at + 5];
        into.buyerIsMaker = (data[at + 6] & BUYER_IS_MAKER) != 0;
        into.noTradeReason =
                (data[at + 6] & NOT_A_TRADE) != 0
                        ? "the exchange declares it to be no trade"
                        : null;
        into.line = data[at + 7];
    }

    /** Returns where in {@link #data} the trade of a rank starts; valid after {@link #sort}. */
    int at(int rank) {
        return order[rank] * LONGS;
    }

    /** Orders the trades: a bottom-up merge sort of indices, which is stable. */
    void sort() {
        int[] from = new int[size];
        int[] to = new int[size];
        for (int i = 0; i < size; i++) {
            from[i] = i;
        }
        for (int width = 1; width < size; width *= 2) {
            for (int low = 0; low < size; low += 2 * width) {
                merge(from, to, low, Math.min(low + width, size), Math.min(low + 2 * width, size));
            }
            int[] swap = from;
            from = to;
            to = swap;
        }
        order = from;
    }

    private void merge(int[] from, int[] to, int low, int middle, int high) {
        int left = low;
        int right = middle;
        for (int at = low; at < high; at++) {
            boolean takeLeft =
                    right >= high
                            || (left < middle
                                    && data[from[left] * LONGS] <= data[from[right] * LONGS]);
            to[at] = takeLeft ? from[left++] : from[right++];
        }
    }

    void clear() {
        size = 0;
    }
}
