package io.microstream.benchmarks.live;

import java.time.Duration;

/**
 * Durations of the measurements.
 *
 * @param warmUp before each measurement
 * @param run a measurement
 * @param blocked how long the consumer stays blocked
 */
record Plan(Duration warmUp, Duration run, Duration blocked) {

    static final Plan FULL =
            new Plan(Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofMinutes(5));

    static final Plan QUICK =
            new Plan(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(30));

    /** Durations that only show that everything runs. */
    static final Plan SMOKE =
            new Plan(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1));
}
