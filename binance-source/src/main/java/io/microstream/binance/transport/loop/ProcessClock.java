package io.microstream.binance.transport.loop;

import io.microstream.binance.transport.rest.WeightBudget;

/**
 * Monotonic nanoseconds since this class was loaded: the one origin that all event loops of a
 * process need which share a {@link WeightBudget}.
 */
public final class ProcessClock {

    private static final long ORIGIN = System.nanoTime();

    private ProcessClock() {}

    /** Returns the nanoseconds since this class was loaded, never negative. */
    public static long nanoTime() {
        return System.nanoTime() - ORIGIN;
    }
}
