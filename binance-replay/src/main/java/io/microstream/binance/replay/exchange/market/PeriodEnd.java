package io.microstream.binance.replay.exchange.market;

import java.util.Collection;

/** Determines where the clock stands after the last trade. */
final class PeriodEnd {

    private static final long MINUTE_US = 60_000_000;

    private PeriodEnd() {}

    /**
     * Returns a minute after the end of the period if it is known for all symbols, else the time
     * now.
     */
    static long after(long marketUs, Collection<SymbolMarket> markets) {
        long end = marketUs;
        for (SymbolMarket market : markets) {
            long of = market.listing().periodEndUs();
            if (of == Listing.OPEN_END) {
                return marketUs;
            }
            end = Math.max(end, of + MINUTE_US);
        }
        return end;
    }
}
