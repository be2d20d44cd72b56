package io.microstream.job.bars;

import io.microstream.market.BarBuilder;

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

    public SymbolMinutes() {}
}
