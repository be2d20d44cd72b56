package io.microstream.binance.replay.exchange.history;

import io.microstream.binance.replay.Chance;

/**
 * Splits an aggregate trade into the single trades it stands for, the same ones every time.
 *
 * <p>The quantities sum exactly to the aggregate's. Each is a multiple of the coarsest power of ten
 * that divides the aggregate's quantity and still leaves every single trade one step, so the pieces
 * keep to the lot size; only an aggregate of more trades than units has empty ones.
 *
 * <p>The idea: the first {@code k} of {@code n} trades hold {@code k/n} of the quantity and a
 * pseudo-random part of one share more, which rises with {@code k} and is exact at both ends. Any
 * trade costs O(1). Price, time and side are the aggregate's.
 */
public final class SingleTrades {

    private static final long COARSEST_STEP = 100_000_000L;

    private SingleTrades() {}

    /** Receives a single trade: its id and its quantity in units of 1e-8. */
    public interface Visitor {
        void single(long tradeId, long quantity);
    }

    /** Visits the single trades of an aggregate in id order. */
    public static void split(long quantity, long firstTradeId, long lastTradeId, Visitor visitor) {
        long step = step(quantity, lastTradeId - firstTradeId + 1);
        long before = 0;
        for (long id = firstTradeId; id <= lastTradeId; id++) {
            long upTo = upTo(id + 1, quantity, firstTradeId, lastTradeId, step);
            visitor.single(id, upTo - before);
            before = upTo;
        }
    }

    /** Returns the quantity of single trade {@code tradeId} of an aggregate, in units of 1e-8. */
    public static long quantity(long tradeId, long quantity, long firstTradeId, long lastTradeId) {
        long step = step(quantity, lastTradeId - firstTradeId + 1);
        return upTo(tradeId + 1, quantity, firstTradeId, lastTradeId, step)
                - upTo(tradeId, quantity, firstTradeId, lastTradeId, step);
    }

    private static long step(long quantity, long trades) {
        long step = COARSEST_STEP;
        while (step > 1 && (quantity % step != 0 || quantity / step < trades)) {
            step /= 10;
        }
        return step;
    }

    /** Returns the quantity of all single trades before {@code tradeId} together. */
    private static long upTo(long tradeId, long quantity, long first, long last, long step) {
        long trades = last - first + 1;
        long k = tradeId - first;
        if (k == 0 || k == trades) {
            return k == 0 ? 0 : quantity;
        }
        long steps = quantity / step;
        long reserved = steps < trades ? 0 : 1;
        long free = steps - reserved * trades;
        long share = free / trades;
        long bits = Chance.seedOf(first, k);
        long extra = share == 0 ? 0 : Math.multiplyHigh(bits >>> 1, share << 1);
        return step * (reserved * k + share * k + free % trades * k / trades + extra);
    }
}
