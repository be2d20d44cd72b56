package io.microstream.binance.source.split;

import io.microstream.binance.trades.FeedStart;
import java.io.Serializable;
import java.util.Objects;

/**
 * The live part of a split, behind its archive if it has one.
 *
 * @param start where it begins if nothing of the symbol has been emitted yet
 * @param stopId the last id; {@link #ENDLESS} for a feed without end
 */
public record LiveRange(FeedStart start, long stopId) implements Serializable {

    /** {@link #stopId} of a feed that never ends. */
    public static final long ENDLESS = Long.MAX_VALUE;

    public LiveRange {
        Objects.requireNonNull(start, "start");
    }

    /** Returns true if the range never ends. */
    public boolean isEndless() {
        return stopId == ENDLESS;
    }
}
