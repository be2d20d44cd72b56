package io.microstream.binance.replay.exchange.market;

import io.microstream.market.Trade;
import java.util.ArrayList;
import java.util.List;

/** Makes trades and listings for tests. */
public final class Market {

    /** Time of the first trade: 2026-01-01T00:00:00Z in microseconds. */
    public static final long START_US = 1_767_225_600_000_000L;

    private Market() {}

    /** Trades 1…count, {@code stepUs} apart, of one to three single trades each. */
    public static List<Trade> trades(String symbol, int count, long stepUs) {
        List<Trade> trades = new ArrayList<>(count);
        long single = 1_000;
        for (int i = 1; i <= count; i++) {
            long last = single + i % 3;
            trades.add(
                    new Trade(
                            symbol,
                            i,
                            297_142_000_000L + i % 7 * 1_000_000L,
                            51_230_000L + i * 1_000L,
                            single,
                            last,
                            START_US + (i - 1) * stepUs,
                            i % 2 == 0));
            single = last + 1;
        }
        return trades;
    }

    public static Listing listing(String symbol, int count, long stepUs) {
        return Listing.of(symbol, trades(symbol, count, stepUs).iterator());
    }
}
