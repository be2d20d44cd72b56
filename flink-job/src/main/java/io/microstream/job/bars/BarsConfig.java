package io.microstream.job.bars;

import java.time.Duration;

/**
 * @param allowedLateness how long after its minute a trade can still revise the bar, whole minutes;
 *     a later one goes to {@code late_trades}
 */
public record BarsConfig(Duration allowedLateness) {

    /** Two hours: longer than any outage that is repaired by itself. */
    public static final BarsConfig DEFAULT = new BarsConfig(Duration.ofHours(2));

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
    }
}
