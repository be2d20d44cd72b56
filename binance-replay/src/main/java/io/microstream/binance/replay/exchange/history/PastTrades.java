package io.microstream.binance.replay.exchange.history;

import io.microstream.market.Trade;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The trades of one symbol that have happened, newest last: what REST remembers.
 *
 * <p>Index 0 is the oldest trade still remembered. Aggregate ids rise, with gaps allowed; an id
 * below the newest means that the ids restarted (testnets do that), and everything before is
 * forgotten. Times are weakly increasing but may step back; the searches are exact all the same.
 *
 * <p>Cost: 45 bytes a trade; appending is O(1); a search is O(log size), by time plus a scan of a
 * chunk and of the widest step back. One-minute bars are gathered on the way and outlive the
 * trades.
 */
public final class PastTrades {

    private static final int CHUNK_BITS = 12;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final int MASK = CHUNK - 1;

    private final String symbol;
    private final int retained;
    private final List<Chunk> chunks = new ArrayList<>();
    private final MinuteBars bars = new MinuteBars();

    private Chunk spare;
    private int forgotten;
    private int size;
    private long appended;
    private int resets;
    private long latestUs = Long.MIN_VALUE;
    private long widestStepBackUs;

    /**
     * @param symbol upper case
     * @param retained how many trades are remembered, ≥ 1
     */
    public PastTrades(String symbol, int retained) {
        this.symbol = Objects.requireNonNull(symbol, "symbol");
        if (retained < 1) {
            throw new IllegalArgumentException(
                    "Past trades must hold at least one trade: symbol="
                            + symbol
                            + " retained="
                            + retained);
        }
        this.retained = retained;
    }

    /** Adds a trade; its {@code missingBefore} and {@code closesMinute} are not kept. */
    public void append(Trade trade) {
        append(
                trade.id(),
                trade.price(),
                trade.quantity(),
                trade.firstTradeId(),
                trade.lastTradeId(),
                trade.timeUs(),
                trade.buyerIsMaker());
    }

    /** Adds a trade given by its fields; units as in {@link Trade}. */
    public void append(
            long id,
            long price,
            long quantity,
            long firstTradeId,
            long lastTradeId,
            long timeUs,
            boolean buyerIsMaker) {
        if (size > 0 && id < lastId()) {
            clear();
            resets++;
        }
        int at = forgotten + size;
        Chunk chunk = at == chunks.size() << CHUNK_BITS ? addChunk() : chunks.get(at >> CHUNK_BITS);
        latestUs = Math.max(latestUs, timeUs);
        widestStepBackUs = Math.max(widestStepBackUs, latestUs - timeUs);
        chunk.latestUs = latestUs;
        int cell = at & MASK;
        chunk.id[cell] = id;
        chunk.price[cell] = price;
        chunk.quantity[cell] = quantity;
        chunk.firstTradeId[cell] = firstTradeId;
        chunk.more[cell] = Math.toIntExact(lastTradeId - firstTradeId);
        chunk.timeUs[cell] = timeUs;
        chunk.buyerIsMaker[cell] = buyerIsMaker;
        bars.add(id, price, quantity, firstTradeId, lastTradeId, timeUs, buyerIsMaker);
        size++;
        appended++;
        if (size > retained) {
            forgetOldest();
        }
    }

    private Chunk addChunk() {
        Chunk chunk = spare == null ? new Chunk() : spare;
        spare = null;
        chunks.add(chunk);
        return chunk;
    }

    private void forgetOldest() {
        size--;
        forgotten++;
        if (forgotten == CHUNK) {
            spare = chunks.remove(0);
            forgotten = 0;
        }
    }

    private void clear() {
        chunks.clear();
        bars.clear();
        forgotten = 0;
        size = 0;
        latestUs = Long.MIN_VALUE;
        widestStepBackUs = 0;
    }

    /** Returns the symbol that all of the trades are of, upper case. */
    public String symbol() {
        return symbol;
    }

    /** Returns how many trades are remembered now. */
    public int size() {
        return size;
    }

    /** Returns how many trades were ever appended, forgotten ones too. */
    public long appended() {
        return appended;
    }

    /** Returns how often the ids restarted. */
    public int resets() {
        return resets;
    }

    /** Returns the one-minute bars of all trades since the last reset, forgotten trades too. */
    public MinuteBars bars() {
        return bars;
    }

    /** Returns the aggregate id of the oldest trade remembered; −1 if there is none. */
    public long firstId() {
        return size == 0 ? -1 : id(0);
    }

    /** Returns the aggregate id of the newest trade; −1 if there is none. */
    public long lastId() {
        return size == 0 ? -1 : id(size - 1);
    }

    public long id(int index) {
        return chunk(index).id[cell(index)];
    }

    /** Returns the price in units of 1e-8. */
    public long price(int index) {
        return chunk(index).price[cell(index)];
    }

    /** Returns the quantity in units of 1e-8. */
    public long quantity(int index) {
        return chunk(index).quantity[cell(index)];
    }

    public long firstTradeId(int index) {
        return chunk(index).firstTradeId[cell(index)];
    }

    public long lastTradeId(int index) {
        Chunk chunk = chunk(index);
        return chunk.firstTradeId[cell(index)] + chunk.more[cell(index)];
    }

    /** Returns the time in microseconds since the epoch. */
    public long timeUs(int index) {
        return chunk(index).timeUs[cell(index)];
    }

    public boolean buyerIsMaker(int index) {
        return chunk(index).buyerIsMaker[cell(index)];
    }

    /** Returns the trade as an object, as in a feed without gaps. */
    public Trade trade(int index) {
        return new Trade(
                symbol,
                id(index),
                price(index),
                quantity(index),
                firstTradeId(index),
                lastTradeId(index),
                timeUs(index),
                buyerIsMaker(index));
    }

    /**
     * Returns the index of the oldest trade whose aggregate id is at least {@code id}; size if
     * none.
     */
    public int firstFromId(long id) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (id(middle) < id) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * Returns the index of the oldest trade that holds single trade {@code tradeId} or a later one.
     */
    public int firstFromTradeId(long tradeId) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (lastTradeId(middle) < tradeId) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Returns the index of the oldest trade at or after a time; size if none. */
    public int firstAtOrAfter(long timeUs) {
        int index = startOfChunkReaching(timeUs);
        while (index < size && timeUs(index) < timeUs) {
            index++;
        }
        return index;
    }

    /** Returns the index of the newest trade at or before a time; −1 if none. */
    public int lastAtOrBefore(long timeUs) {
        long beyond = timeUs + widestStepBackUs + 1;
        int index = (beyond < timeUs ? size : firstAtOrAfter(beyond)) - 1;
        while (index >= 0 && timeUs(index) > timeUs) {
            index--;
        }
        return index;
    }

    private int startOfChunkReaching(long timeUs) {
        int low = 0;
        int high = chunks.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (chunks.get(middle).latestUs < timeUs) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return Math.min(size, Math.max(0, (low << CHUNK_BITS) - forgotten));
    }

    private Chunk chunk(int index) {
        return chunks.get((Objects.checkIndex(index, size) + forgotten) >> CHUNK_BITS);
    }

    private int cell(int index) {
        return (index + forgotten) & MASK;
    }

    /** Columns of consecutive trades; {@code latestUs} is the latest time up to its end. */
    private static final class Chunk {
        final long[] id = new long[CHUNK];
        final long[] price = new long[CHUNK];
        final long[] quantity = new long[CHUNK];
        final long[] firstTradeId = new long[CHUNK];
        final long[] timeUs = new long[CHUNK];
        final int[] more = new int[CHUNK];
        final boolean[] buyerIsMaker = new boolean[CHUNK];
        long latestUs;
    }
}
