package io.microstream.binance.replay.exchange.market;

import java.util.Collection;
import java.util.Map;

/** Moves the market's clock and publishes what is due on the way. */
final class MarketTicks {

    private static final long TENTH = 100_000;
    private static final long SECOND = 1_000_000;
    private static final long TWO_SECONDS = 2_000_000;
    private static final long MINUTE = 60_000_000;

    private final ExchangeClock clock;
    private final Map<String, SymbolMarket> markets;
    private final KlineBroadcast klines;
    private final BookBroadcast books;
    private final TradeBroadcast trades;
    private final StreamMute mute;
    private final RecordedPlay recorded;

    MarketTicks(
            ExchangeClock clock,
            Map<String, SymbolMarket> markets,
            KlineBroadcast klines,
            BookBroadcast books,
            TradeBroadcast trades,
            StreamMute mute,
            RecordedPlay recorded) {
        this.clock = clock;
        this.markets = markets;
        this.klines = klines;
        this.books = books;
        this.trades = trades;
        this.mute = mute;
        this.recorded = recorded;
    }

    /** Moves the clock forward to a time. */
    void moveTo(long us) {
        while (recorded.nextUs() <= us) {
            pass(recorded.nextUs());
            recorded.play(markets, mute);
        }
        pass(us);
        for (SymbolMarket market : markets.values()) {
            if (market.held != null && market.held.over(clock.marketUs())) {
                trades.release(market);
            }
        }
    }

    private void pass(long us) {
        long from = clock.marketUs();
        if (us >= after(from, TENTH)) {
            if (books.isOpen()) {
                borders(from, us);
            } else {
                bordersWithoutBooks(from, us);
            }
        }
        clock.moveTo(us);
    }

    /** Books move by themselves, but remember two seconds at most. */
    private void borders(long from, long us) {
        long restart = Math.max(from, us - TWO_SECONDS);
        bordersWithoutBooks(from, restart);
        clock.moveTo(restart);
        for (long border = after(restart, TENTH); border <= us; border += TENTH) {
            clock.moveTo(border);
            for (SymbolMarket market : markets.values()) {
                books.tick(market, border % SECOND == 0);
            }
            if (border % TWO_SECONDS == 0) {
                all().forEach(klines::refresh);
            }
            if (border % MINUTE == 0) {
                all().forEach(klines::close);
            }
        }
    }

    /** Klines change by trades only, so between trades each border counts once. */
    private void bordersWithoutBooks(long from, long us) {
        if (us >= after(from, TWO_SECONDS)) {
            clock.moveTo(after(from, TWO_SECONDS));
            all().forEach(klines::refresh);
        }
        if (us >= after(from, MINUTE)) {
            clock.moveTo(after(from, MINUTE));
            all().forEach(klines::close);
        }
    }

    private Collection<SymbolMarket> all() {
        return markets.values();
    }

    /** Returns the market time of the next publication without a trade. */
    long nextUs() {
        long now = clock.marketUs();
        long next =
                Math.min(recorded.nextUs(), books.isOpen() ? after(now, TENTH) : Long.MAX_VALUE);
        for (SymbolMarket market : all()) {
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
