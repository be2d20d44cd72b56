package io.microstream.binance.replay.exchange.history;

import io.microstream.market.Bar;
import io.microstream.market.BarBuilder;
import java.util.TreeMap;

/**
 * The one-minute bars of a symbol as its trades made them, the running one last.
 *
 * <p>A minute without trades has no builder here. A trade whose time steps back into an earlier
 * minute changes that minute's bar. The oldest minutes beyond {@value #RETAINED_MINUTES} with
 * trades are forgotten (about 300 bytes each).
 */
public final class MinuteBars {

    /** The minutes of a month of 31 days. */
    static final int RETAINED_MINUTES = 31 * 24 * 60;

    private final TreeMap<Long, BarBuilder> minutes = new TreeMap<>();

    private boolean forgetful;
    private long currentMs;
    private BarBuilder current;

    MinuteBars() {}

    void add(
            long id,
            long price,
            long quantity,
            long firstTradeId,
            long lastTradeId,
            long timeUs,
            boolean buyerIsMaker) {
        long minuteMs = Bar.minuteOf(timeUs);
        if (current == null || minuteMs != currentMs) {
            turnTo(minuteMs);
        }
        current.add(id, price, quantity, firstTradeId, lastTradeId, buyerIsMaker);
    }

    private void turnTo(long minuteMs) {
        currentMs = minuteMs;
        current = minutes.computeIfAbsent(minuteMs, minute -> new BarBuilder());
        if (minutes.size() > RETAINED_MINUTES) {
            minutes.pollFirstEntry();
            forgetful = true;
        }
    }

    void clear() {
        minutes.clear();
        forgetful = false;
        current = null;
    }

    /** Returns true if no trade was added. */
    public boolean isEmpty() {
        return minutes.isEmpty();
    }

    /** Returns true if old minutes were forgotten. */
    public boolean forgetful() {
        return forgetful;
    }

    /**
     * Returns the open time of the first minute with trades, in milliseconds; fails if there is
     * none.
     */
    public long firstMs() {
        return minutes.firstKey();
    }

    /**
     * Returns the open time of the last minute with trades, in milliseconds; fails if there is
     * none.
     */
    public long lastMs() {
        return minutes.lastKey();
    }

    /** Returns the open time of the last minute with trades before a time; null if none. */
    public Long lastBefore(long openTimeMs) {
        return minutes.lowerKey(openTimeMs);
    }

    /** Returns the builder of a minute, to be read only; null if no trade fell into it. */
    public BarBuilder builder(long openTimeMs) {
        return minutes.get(openTimeMs);
    }

    /**
     * Returns the newest builder that opened at or before a time, to be read only; null if none.
     */
    public BarBuilder builderAtOrBefore(long openTimeMs) {
        var entry = minutes.floorEntry(openTimeMs);
        return entry == null ? null : entry.getValue();
    }
}
