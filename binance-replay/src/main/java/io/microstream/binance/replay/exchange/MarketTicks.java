package io.microstream.binance.replay.exchange;

import java.util.Collection;

/** Moves the market's clock, and lets happen what is due on the way. */
final class MarketTicks {

    private static final long TENTH = 100_000;
    private static final long TWO_SECONDS = 2_000_000;
    private static final long MINUTE = 60_000_000;

    private final ExchangeClock clock;
    private final Collection<SymbolMarket> markets;
    private final KlineBroadcast klines;
    private final TradeBroadcast trades;

    MarketTicks(
            ExchangeClock clock,
            Collection<SymbolMarket> markets,
            KlineBroadcast klines,
            TradeBroadcast trades) {
        this.clock = clock;
        this.markets = markets;
        this.klines = klines;
        this.trades = trades;
    }

    /** Moves on to a time. Between trades nothing changes, so each border counts once. */
    void moveTo(long us) {
        long from = clock.marketUs();
        if (us >= after(from, TENTH)) {
            if (us >= after(from, TWO_SECONDS)) {
                clock.moveTo(after(from, TWO_SECONDS));
                markets.forEach(klines::refresh);
            }
            if (us >= after(from, MINUTE)) {
                clock.moveTo(after(from, MINUTE));
                markets.forEach(klines::close);
            }
        }
        clock.moveTo(us);
        for (SymbolMarket market : markets) {
            if (market.held != null && market.held.over(clock.marketUs())) {
                trades.release(market);
            }
        }
    }

    /** Market time of the next thing that happens without a trade. */
    long nextUs() {
        long now = clock.marketUs();
        long next = Long.MAX_VALUE;
        for (SymbolMarket market : markets) {
            if (market.held != null) {
                next = Math.min(next, market.held.untilUs());
            }
            if (market.runningMinuteMs >= 0 && !market.klines().isEmpty()) {
                next = Math.min(next, after(now, market.klineChanged ? TWO_SECONDS : MINUTE));
            }
        }
        return next;
    }

    private static long after(long us, long period) {
        return (Math.floorDiv(us, period) + 1) * period;
    }
}
