package io.microstream.binance.trades;

import io.microstream.market.TradeView;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Judges the times of a symbol's trades. Trades of the exchange follow one another in time, and
 * none lies in its future; one that does not keep to that must move no clock. A trade that is next
 * and long after the newest one is doubted until the exchange's clock has been asked; one that
 * waited behind a gap, or that REST brought, is held against what that clock showed last.
 */
final class TradeTimes {

    /** A pause longer than this is believed only if the exchange's clock has gone on as well. */
    static final Duration LONG_PAUSE = Duration.ofHours(1);

    private static final long LONG_PAUSE_US = LONG_PAUSE.toNanos() / 1000;
    private static final long CLOCK_TOLERANCE_US = 10_000_000;

    private final long toleranceUs;
    private final LongSupplier exchangeTimeUs;
    private final Map<Long, Long> doubted = new HashMap<>();
    private final Set<Long> refused = new HashSet<>();
    private long serverTimeUs;

    /**
     * @param tolerance by how much times may step back in the order of ids
     * @param exchangeTimeUs what the exchange's clock showed last, in a frame or an answer,
     *     microseconds since the epoch; 0 if that is not known yet
     */
    TradeTimes(Duration tolerance, LongSupplier exchangeTimeUs) {
        this.exchangeTimeUs = exchangeTimeUs;
        this.toleranceUs = tolerance.toNanos() / 1000;
    }

    /**
     * Returns true if a trade lies so far ahead of the newest one that the exchange's clock must be
     * asked before it can be believed.
     *
     * @param newestUs time of the newest trade; negative before the first
     */
    boolean isDoubtful(TradeView trade, long newestUs) {
        long knownUs = Math.max(newestUs, serverTimeUs);
        return newestUs >= 0
                && trade.timeUs() > knownUs + LONG_PAUSE_US
                && !refused.contains(trade.id());
    }

    /** Notes a trade that is doubted until {@link #serverTime}. */
    void doubt(TradeView trade) {
        doubted.put(trade.id(), trade.timeUs());
    }

    /** Decides about the trades doubted, as the exchange's clock is known now. */
    void serverTime(long timeUs) {
        serverTimeUs = Math.max(serverTimeUs, timeUs);
        doubted.forEach(
                (id, doubtedUs) -> {
                    if (doubtedUs > timeUs + CLOCK_TOLERANCE_US) {
                        refused.add(id);
                    }
                });
        doubted.clear();
    }

    /**
     * Returns why the time of the trade that is next in the order of ids cannot be right; null if
     * it can.
     *
     * @param newestUs time of the newest trade; negative before the first
     */
    String contradiction(TradeView trade, long newestUs) {
        long timeUs = trade.timeUs();
        if (!refused.isEmpty() && refused.remove(trade.id())) {
            return "time "
                    + at(timeUs)
                    + " lies ahead of the exchange's clock, "
                    + at(serverTimeUs);
        }
        long clockUs = exchangeTimeUs.getAsLong();
        if (clockUs > 0 && timeUs > clockUs + CLOCK_TOLERANCE_US && isDoubtful(trade, newestUs)) {
            return "time " + at(timeUs) + " lies ahead of the exchange's clock, " + at(clockUs);
        }
        return newestUs >= 0 && timeUs < newestUs - toleranceUs
                ? "time " + at(timeUs) + " lies before that of the trade before it, " + at(newestUs)
                : null;
    }

    private static Instant at(long timeUs) {
        return Instant.EPOCH.plus(timeUs, ChronoUnit.MICROS);
    }
}
