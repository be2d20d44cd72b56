package io.microstream.binance.replay.exchange.capture;

import io.microstream.market.Trade;
import java.util.Locale;
import java.util.Set;

/** What a first reading of the recordings found out about a symbol. */
final class RecordedSymbol {

    private static final long COARSEST = 100_000_000_000L;

    private byte[] snapshot;
    private long tickSize = COARSEST;
    private long lotSize = COARSEST;

    /** Keeps a snapshot unless there is one already. */
    void snapshot(byte[] body) {
        if (snapshot == null) {
            snapshot = body;
        }
    }

    byte[] snapshot() {
        return snapshot;
    }

    void trade(Trade trade) {
        tickSize = dividing(trade.price(), tickSize);
        lotSize = dividing(trade.quantity(), lotSize);
    }

    /** Returns the coarsest power of ten that all prices are multiples of. */
    long tickSize() {
        return tickSize;
    }

    /** Returns the coarsest power of ten that all quantities are multiples of. */
    long lotSize() {
        return lotSize;
    }

    /** Returns the first of a symbol's streams that was recorded, or null. */
    static String recorded(Set<String> streams, String symbol, String... suffixes) {
        String prefix = symbol.toLowerCase(Locale.ROOT) + "@";
        for (String suffix : suffixes) {
            if (streams.contains(prefix + suffix)) {
                return prefix + suffix;
            }
        }
        return null;
    }

    private static long dividing(long value, long step) {
        long divisor = step;
        while (value % divisor != 0) {
            divisor /= 10;
        }
        return divisor;
    }
}
