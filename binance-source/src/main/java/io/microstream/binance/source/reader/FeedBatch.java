package io.microstream.binance.source.reader;

import io.microstream.market.Bar;
import java.util.ArrayList;
import java.util.List;

/**
 * Consecutive rows of one split on their way from the fetcher to the task: columns rather than
 * objects, so the hand-over costs no object a trade. Not changed after the hand-over.
 */
final class FeedBatch {

    /** A row that could not be read. */
    record MalformedRow(int at, long line, String reason, String text) {
        MalformedRow at(int position) {
            return new MalformedRow(position, line, reason, text);
        }
    }

    final long[] ids;
    final long[] prices;
    final long[] quantities;
    final long[] firstTradeIds;
    final long[] lastTradeIds;
    final long[] timesUs;
    final boolean[] buyersAreMakers;

    /** Klines instead of trades, or null. */
    final List<Bar> klines;

    /** Rows that could not be read, by ascending position. */
    final List<MalformedRow> malformed = new ArrayList<>(0);

    /** Rows in the batch, malformed ones included. */
    int rows;

    /** True if these are the last rows of the split. */
    boolean last;

    private FeedBatch(int capacity, List<Bar> klines) {
        this.klines = klines;
        ids = new long[capacity];
        prices = new long[capacity];
        quantities = new long[capacity];
        firstTradeIds = new long[capacity];
        lastTradeIds = new long[capacity];
        timesUs = new long[capacity];
        buyersAreMakers = new boolean[capacity];
    }

    static FeedBatch ofTrades(int capacity) {
        return new FeedBatch(capacity, null);
    }

    static FeedBatch ofKlines() {
        return new FeedBatch(0, new ArrayList<>());
    }
}
