package io.microstream.binance.trades;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waiting times between attempts: exponential with full jitter, between a shortest and a longest.
 */
final class Backoff {

    private final long shortestNanos;
    private final long longestNanos;
    private final RandomGenerator chance;
    private int attempts;

    Backoff(Duration shortest, Duration longest, RandomGenerator chance) {
        this.shortestNanos = shortest.toNanos();
        this.longestNanos = longest.toNanos();
        this.chance = chance;
    }

    long nextNanos() {
        long ceiling = Math.min(longestNanos, shortestNanos << Math.min(attempts + 1, 20));
        attempts++;
        return chance.nextLong(shortestNanos, Math.max(shortestNanos + 1, ceiling));
    }

    void reset() {
        attempts = 0;
    }
}
