package io.microstream.benchmarks.live;

import io.microstream.market.Decimal8;
import io.microstream.market.Trade;
import java.util.Iterator;

/**
 * Trades of a symbol without end, ids from 0 on, so many a second of market time: cheap to make,
 * since the exchange that plays them shares the machine with what is measured.
 */
final class SteadyTrades implements Iterator<Trade> {

    private static final long CENT = Decimal8.ONE / 100;
    private static final long FIRST_PRICE = 60_000 * Decimal8.ONE;
    private static final long MULTIPLIER = 6_364_136_223_846_793_005L;
    private static final long INCREMENT = 1_442_695_040_888_963_407L;

    private final String symbol;
    private final double microsEach;
    private final long startUs;
    private long state;
    private long price = FIRST_PRICE;
    private long id;
    private long tradeId;

    /**
     * @param perSecond trades a second of market time
     * @param startUs time of the first, microseconds since the epoch
     */
    SteadyTrades(String symbol, double perSecond, long startUs, long seed) {
        this.symbol = symbol;
        this.microsEach = 1_000_000 / perSecond;
        this.startUs = startUs;
        this.state = seed;
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public Trade next() {
        state = state * MULTIPLIER + INCREMENT;
        int bits = (int) (state >>> 32);
        price = Math.max(CENT, price + ((bits & 7) - 3) * CENT);
        long quantity = (1 + (bits >>> 8 & 0xffff)) * 1_000L;
        long firstTradeId = tradeId;
        tradeId += 1 + (bits >>> 4 & 1);
        long timeUs = startUs + (long) (id * microsEach);
        boolean buyerIsMaker = bits < 0;
        return new Trade(
                symbol, id++, price, quantity, firstTradeId, tradeId - 1, timeUs, buyerIsMaker);
    }
}
