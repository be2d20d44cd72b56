package io.microstream.job.bars;

import io.microstream.market.Bar;
import io.microstream.market.BarBuilder;
import io.microstream.market.Trade;

/**
 * State of one symbol's bars: the newest minute and what is known about its trades. Closed minutes
 * that can still be revised are kept beside it.
 *
 * <p>This is a state type: savepoints hold its fields by name, so none is removed or renamed. That
 * is why some names are not the terms used elsewhere: {@code proven} means covered by a {@link
 * io.microstream.market.CompletenessMark}, {@code hole} means a gap in the ids.
 */
public final class SymbolMinutes {

    /** Open time of the newest minute, in milliseconds since the epoch. */
    public long minuteMs;

    /**
     * Bar so far of the newest minute; null once the minute is closed and no later trade has come.
     */
    public BarBuilder current;

    /** Close of the newest minute that is closed, in units of 1e-8. */
    public long close;

    /** Whether the source marked the newest trade as the last of its minute. */
    public boolean closeProven;

    /** Open time of the minute of the trade that came last; 0 in state from before this field. */
    public long tradeMinuteMs;

    /**
     * Moment before which all trades have come, by a completeness mark after the last trade, in
     * milliseconds since the epoch; 0 if unknown.
     */
    public long provenMs;

    /**
     * Whether a gap in the ids has no known end: it came before a trade of a closed minute, whose
     * time may be wrong, and no trade in order has come since.
     */
    public boolean holeOpen;

    /** Whether a timer of processing time runs, until which no provisional bar is emitted. */
    public boolean provisionalPaused;

    /**
     * Moment from which on a trade ends the minutes that are disputed, microseconds since the
     * epoch; 0 if none are.
     */
    public long disputedUntilUs;

    /** Rows of the running minute in its last provisional bar; 0 if it has had none. */
    public long provisionalRows;

    /** Open time of the first minute of the run; 0 in state from before this field. */
    public long firstMinuteMs;

    public SymbolMinutes() {}

    /** Returns the open time of the first minute of the run; the newest if it is not known. */
    long runFromMs() {
        if (firstMinuteMs == 0) {
            firstMinuteMs = minuteMs;
        }
        return firstMinuteMs;
    }

    /** Returns whether the minute that opens at {@code openTimeMs} is closed. */
    boolean isPast(long openTimeMs) {
        return openTimeMs < minuteMs || (openTimeMs == minuteMs && current == null);
    }

    /**
     * Returns the first minute that ids missing right before {@code next} can belong to.
     *
     * <p>They are later than the last trade, and than a completeness mark that followed it: no
     * minute before the mark is touched, unless {@code next} itself lies before the mark and so
     * contradicts it.
     */
    long gapFromMs(Trade next) {
        long fromMs = tradeMinuteMs == 0 ? minuteMs : tradeMinuteMs;
        if (provenMs <= Math.floorDiv(next.timeUs(), 1000)) {
            fromMs = Math.max(fromMs, minuteOf(provenMs));
        }
        return Math.min(fromMs, next.minuteMs());
    }

    /**
     * Records the trade that came last, before which earlier completeness marks no longer count.
     * That a dump's name calls it the last of its minute is no proof against ids that are missing
     * behind it.
     */
    void remember(Trade trade) {
        tradeMinuteMs = trade.minuteMs();
        provenMs = 0;
    }

    /** Returns the open time of the minute that holds {@code timeMs}. */
    static long minuteOf(long timeMs) {
        return Math.floorDiv(timeMs, Bar.MINUTE_MS) * Bar.MINUTE_MS;
    }
}
