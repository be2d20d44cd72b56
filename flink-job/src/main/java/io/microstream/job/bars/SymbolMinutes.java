package io.microstream.job.bars;

import io.microstream.market.Bar;
import io.microstream.market.BarBuilder;
import io.microstream.market.Trade;

/**
 * State of one symbol's bars: the minute that runs. Closed minutes that can still be revised are
 * kept beside it. A state type: never remove a field.
 */
public final class SymbolMinutes {

    /** Open time of the newest minute, in milliseconds. */
    public long minuteMs;

    /** Its trades; null once the minute is closed and no trade of a later one has come. */
    public BarBuilder current;

    /** Close of the newest minute, units of 1e-8. */
    public long close;

    /** True if the source has proof that the newest trade is the last of its minute. */
    public boolean closeProven;

    /** Open time of the minute of the trade that came last; 0 in state from before this field. */
    public long tradeMinuteMs;

    /**
     * Every trade before this moment has come, says a proof that came after the last trade; 0 if
     * there was none.
     */
    public long provenMs;

    /**
     * True while ids are missing of which nobody knows how late they are: they were missed before a
     * trade of the past, whose time may be wrong, and no trade in order has come since.
     */
    public boolean holeOpen;

    /** True while a timer of processing time runs, until which nothing provisional is told. */
    public boolean provisionalPaused;

    /** Trades of the running minute when it was told last; 0 if it was not. */
    public long provisionalRows;

    public SymbolMinutes() {}

    /** True if the minute is closed. */
    boolean isPast(long openTimeMs) {
        return openTimeMs < minuteMs || (openTimeMs == minuteMs && current == null);
    }

    /**
     * The first minute that ids missing right before {@code next} can belong to.
     *
     * <p>They were made after the last trade, and after the proof if one followed it: nothing
     * before the proof is in doubt, unless {@code next} itself lies before it and so refutes it.
     */
    long holeFromMs(Trade next) {
        long fromMs = tradeMinuteMs == 0 ? minuteMs : tradeMinuteMs;
        if (provenMs <= Math.floorDiv(next.timeUs(), 1000)) {
            fromMs = Math.max(fromMs, minuteOf(provenMs));
        }
        return Math.min(fromMs, next.minuteMs());
    }

    /** Takes note of the trade that came last. */
    void remember(Trade trade) {
        tradeMinuteMs = trade.minuteMs();
        provenMs = trade.closesMinute() ? tradeMinuteMs + Bar.MINUTE_MS : 0;
    }

    /** The open time of the minute that holds {@code timeMs}. */
    static long minuteOf(long timeMs) {
        return Math.floorDiv(timeMs, Bar.MINUTE_MS) * Bar.MINUTE_MS;
    }
}
