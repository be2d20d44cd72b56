package io.microstream.binance.source.reader;

import io.microstream.binance.archive.CheckedTrades;
import io.microstream.market.Bar;
import io.microstream.market.DataQuality;
import io.microstream.market.TradeView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Consecutive rows of one split on their way from the fetcher to the task: columns rather than
 * objects, so the hand-over costs no object a trade. Not changed after the hand-over.
 */
final class FeedBatch implements CheckedTrades.Columns {

    private static final int LIVE_ROWS = 32;

    /** What the live feed reports between two trades. */
    sealed interface Note {

        /** Returns the index of the row that this note precedes. */
        int at();

        /** The next trade is the symbol's first. */
        record Begins(int at, boolean proven) implements Note {}

        /** Ids restart with the next trade. */
        record Restarts(int at) implements Note {}

        /** Ids before the next trade are lost. */
        record Loses(int at, String why) implements Note {}

        /** All trades before a moment have arrived. */
        record CompleteUntil(int at, long ms) implements Note {}

        /** A trade of the exchange that is in no bar. */
        record Quarantined(int at, SetAside row) implements Note {}

        /** A fault of the feed, for the table of data quality. */
        record Fault(int at, DataQuality quality) implements Note {}
    }

    /**
     * A row that is in no bar.
     *
     * @param at its index among the rows; of the live feed the index of the row it precedes
     * @param kind why
     * @param number id of the row, or the number of its line if its kind is {@code MALFORMED}
     * @param usedId id that it uses up; −1 if that is not known, or if a trade has the same id
     * @param lastTradeId last single trade that it uses up; −1 if that is not known
     * @param timeUs time that it states, microseconds since the epoch; −1 if that is not known
     * @param detail the reason, the place and the text in one line
     */
    record SetAside(
            int at,
            DataQuality.Kind kind,
            long number,
            long usedId,
            long lastTradeId,
            long timeUs,
            String detail) {
        SetAside at(int position) {
            return new SetAside(position, kind, number, usedId, lastTradeId, timeUs, detail);
        }
    }

    long[] ids;
    long[] prices;
    long[] quantities;
    long[] firstTradeIds;
    long[] lastTradeIds;
    long[] timesUs;
    boolean[] buyersAreMakers;

    /** When trades of the live feed came; null for recorded rows. */
    long[] receivedAtMs;

    /** Klines instead of trades, or null. */
    final List<Bar> klines;

    /** Rows that are in no bar, by ascending position. */
    final List<SetAside> setAside = new ArrayList<>(0);

    /** Positions of trades of whose id another row has other values. */
    final BitSet contradicted = new BitSet(0);

    /** What else the live feed reports, by the row that it precedes; null for recorded rows. */
    final List<Note> notes;

    /** Rows in the batch, those set aside included. */
    int rows;

    /** True if these are the last rows of the split. */
    boolean last;

    private FeedBatch(int capacity, List<Bar> klines, List<Note> notes) {
        this.klines = klines;
        this.notes = notes;
        ids = new long[capacity];
        prices = new long[capacity];
        quantities = new long[capacity];
        firstTradeIds = new long[capacity];
        lastTradeIds = new long[capacity];
        timesUs = new long[capacity];
        buyersAreMakers = new boolean[capacity];
        receivedAtMs = notes == null ? null : new long[capacity];
    }

    static FeedBatch ofTrades(int capacity) {
        return new FeedBatch(capacity, null, null);
    }

    static FeedBatch ofKlines() {
        return new FeedBatch(0, new ArrayList<>(), null);
    }

    /** Returns an empty batch of live trades; its columns grow as needed. */
    static FeedBatch ofLiveTrades() {
        return new FeedBatch(LIVE_ROWS, null, new ArrayList<>(0));
    }

    /** True if its rows are trades of the live feed, which no file counts. */
    boolean isLive() {
        return notes != null;
    }

    @Override
    public void take(
            int from,
            int count,
            long[] fromIds,
            long[] fromPrices,
            long[] fromQuantities,
            long[] fromFirstTradeIds,
            long[] fromLastTradeIds,
            long[] fromTimesUs,
            boolean[] fromMakers) {
        System.arraycopy(fromIds, from, ids, rows, count);
        System.arraycopy(fromPrices, from, prices, rows, count);
        System.arraycopy(fromQuantities, from, quantities, rows, count);
        System.arraycopy(fromFirstTradeIds, from, firstTradeIds, rows, count);
        System.arraycopy(fromLastTradeIds, from, lastTradeIds, rows, count);
        System.arraycopy(fromTimesUs, from, timesUs, rows, count);
        System.arraycopy(fromMakers, from, buyersAreMakers, rows, count);
        rows += count;
    }

    void add(TradeView trade) {
        if (rows == ids.length) {
            grow(2 * rows);
        }
        ids[rows] = trade.id();
        prices[rows] = trade.price();
        quantities[rows] = trade.quantity();
        firstTradeIds[rows] = trade.firstTradeId();
        lastTradeIds[rows] = trade.lastTradeId();
        timesUs[rows] = trade.timeUs();
        buyersAreMakers[rows] = trade.buyerIsMaker();
        if (receivedAtMs != null) {
            receivedAtMs[rows] = trade.receivedAtMs();
        }
        rows++;
    }

    private void grow(int capacity) {
        ids = Arrays.copyOf(ids, capacity);
        prices = Arrays.copyOf(prices, capacity);
        quantities = Arrays.copyOf(quantities, capacity);
        firstTradeIds = Arrays.copyOf(firstTradeIds, capacity);
        lastTradeIds = Arrays.copyOf(lastTradeIds, capacity);
        timesUs = Arrays.copyOf(timesUs, capacity);
        buyersAreMakers = Arrays.copyOf(buyersAreMakers, capacity);
        if (receivedAtMs != null) {
            receivedAtMs = Arrays.copyOf(receivedAtMs, capacity);
        }
    }
}
