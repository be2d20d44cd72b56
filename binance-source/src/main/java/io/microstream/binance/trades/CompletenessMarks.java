package io.microstream.binance.trades;

import io.microstream.market.Bar;
import java.time.Duration;

/**
 * Emits the completeness marks of a symbol without trades: whole minutes, each once. An exchange
 * that has nothing newer, asked after its clock was read, proves that all trades up to that clock,
 * less what REST may lag, have arrived.
 */
final class CompletenessMarks {

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
    private static final long SPREAD_MS = 4000;

    private final String symbol;
    private final FeedOutput out;
    private final long lagMs;
    private long completeUntilMs;

    CompletenessMarks(String symbol, FeedParts parts) {
        this.symbol = symbol;
        this.out = parts.out();
        this.lagMs = parts.config().restLag().toMillis();
    }

    /**
     * Nothing was known to follow, asked when the exchange's clock was past {@code serverTimeUs}.
     *
     * @param sinceUs time of the newest trade, or of the beginning
     */
    void prove(long serverTimeUs, long sinceUs) {
        long provenMs = Bar.minuteOf(serverTimeUs - lagMs * 1000);
        if (provenMs > completeUntilMs && provenMs > sinceUs / 1000) {
            completeUntilMs = provenMs;
            out.completeUntil(symbol, provenMs);
        }
    }

    /** How long to wait until the minute is over and can be proven; not all symbols at once. */
    long pauseNanos(long serverTimeUs) {
        long spreadMs = Math.floorMod(symbol.hashCode(), SPREAD_MS);
        long provableMs = serverTimeUs / 1000 - lagMs;
        long nextMs = Bar.minuteOf(provableMs * 1000) + Bar.MINUTE_MS + spreadMs - provableMs;
        return Math.min(Duration.ofMillis(nextMs).toNanos(), LONGEST_PAUSE.toNanos());
    }
}
