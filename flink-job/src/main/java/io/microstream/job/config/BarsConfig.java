package io.microstream.job.config;

import java.time.Duration;

/**
 * The settings of the one-minute bars.
 *
 * @param allowedLateness how long after its minute a trade can still revise the bar, in whole
 *     minutes; a later one goes to {@code late_trades}
 * @param provisionalEvery how often the bar of a running minute is emitted while trades change it;
 *     zero for never, else 10 ms to a minute. Results of closed minutes do not depend on it
 */
public record BarsConfig(Duration allowedLateness, Duration provisionalEvery) {

    /**
     * Two hours of allowed lateness, longer than any outage that the source repairs; no provisional
     * bars.
     */
    public static final BarsConfig DEFAULT = new BarsConfig(Duration.ofHours(2));

    private static final Duration SHORTEST_PERIOD = Duration.ofMillis(10);

    public BarsConfig {
        boolean wholeMinutes =
                allowedLateness.equals(Duration.ofMinutes(allowedLateness.toMinutes()));
        if (allowedLateness.isNegative()
                || allowedLateness.compareTo(Duration.ofHours(2)) > 0
                || !wholeMinutes) {
            throw new IllegalArgumentException(
                    "Allowed lateness must be 0 to 120 whole minutes, as far as features can be revised:"
                            + " allowedLateness="
                            + allowedLateness);
        }
        if (!provisionalEvery.isZero()
                && (provisionalEvery.compareTo(SHORTEST_PERIOD) < 0
                        || provisionalEvery.compareTo(Duration.ofMinutes(1)) > 0)) {
            throw new IllegalArgumentException(
                    "Period of provisional bars must be 0 for none, or 10 ms to a minute: provisionalEvery="
                            + provisionalEvery);
        }
    }

    /** Makes a configuration without provisional bars. */
    public BarsConfig(Duration allowedLateness) {
        this(allowedLateness, Duration.ZERO);
    }

    /** Returns this configuration with another period of provisional bars. */
    public BarsConfig withProvisionalEvery(Duration period) {
        return new BarsConfig(allowedLateness, period);
    }
}
