package io.microstream.binance.replay.exchange.market;

import io.microstream.market.Trade;

/** Keeps the last trades that a stream has carried. */
final class TradeRing {

    private static final int SIZE = 4_096;

    private final Trade[] trades = new Trade[SIZE];
    private long count;

    void add(Trade trade) {
        trades[(int) (count++ & (SIZE - 1))] = trade;
    }

    void clear() {
        count = 0;
    }

    /** Returns how many of the last {@code rows} trades there are. */
    int available(int rows) {
        return (int) Math.min(Math.min(rows, SIZE), count);
    }

    /** Returns the trade {@code back} before the newest; 0 is the newest. */
    Trade fromNewest(int back) {
        return trades[(int) ((count - 1 - back) & (SIZE - 1))];
    }
}
