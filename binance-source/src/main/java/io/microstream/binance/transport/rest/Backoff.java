package io.microstream.binance.transport.rest;

import java.time.Duration;
import java.util.SplittableRandom;

/** Exponential backoff with full jitter: uniform between nothing and a bound that doubles. */
final class Backoff {

    private static final int MOST_DOUBLINGS = 30;

    private final long first;
    private final long max;
    private final SplittableRandom random;

    Backoff(Duration first, Duration max, long seed) {
        this.first = first.toNanos();
        this.max = max.toNanos();
        this.random = new SplittableRandom(seed);
    }

    /** How long to wait after the given number of failures, ≥ 1. */
    long nanosAfter(int failures) {
        long bound = max;
        if (failures <= MOST_DOUBLINGS) {
            bound = (long) Math.min(max, (double) first * (1L << (failures - 1)));
        }
        return random.nextLong(Math.max(1, bound));
    }
}
