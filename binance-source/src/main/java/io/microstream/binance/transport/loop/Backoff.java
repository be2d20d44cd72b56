package io.microstream.binance.transport.loop;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waiting times between attempts: uniform between a shortest one and a bound that doubles with each
 * failure, up to a longest one.
 */
public final class Backoff {

    private static final int MOST_DOUBLINGS = 30;

    private final long shortestNanos;
    private final long firstBoundNanos;
    private final long longestNanos;
    private final RandomGenerator chance;

    /**
     * @param shortest the shortest wait, which may be zero
     * @param firstBound the bound after the first failure
     * @param longest where the doubling of the bound ends
     */
    public Backoff(
            Duration shortest, Duration firstBound, Duration longest, RandomGenerator chance) {
        this.shortestNanos = shortest.toNanos();
        this.firstBoundNanos = firstBound.toNanos();
        this.longestNanos = longest.toNanos();
        this.chance = chance;
    }

    /** Returns how long to wait after the given number of failures, ≥ 1. */
    public long nanosAfter(int failures) {
        long bound = longestNanos;
        if (failures <= MOST_DOUBLINGS) {
            bound = (long) Math.min(bound, (double) firstBoundNanos * (1L << (failures - 1)));
        }
        return chance.nextLong(shortestNanos, Math.max(shortestNanos + 1, bound));
    }
}
