package io.microstream.live.push;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Meters of the latency from the receipt of a trade to the commit of its rows, from there to the
 * clients, and to their screens, over the last minutes. Clocks that differ make a latency too short
 * or too long; a negative one counts as zero. Safe for any thread.
 */
final class LatencyMetrics {

    private final Timer committed;
    private final Timer sent;
    private final Timer seen;

    LatencyMetrics(MeterRegistry meters) {
        committed = timer(meters, "received.to.committed", "A trade's receipt to its row's commit");
        sent = timer(meters, "committed.to.sent", "A row's commit to its message to the clients");
        seen = timer(meters, "received.to.seen", "A trade's receipt to the client's screen");
    }

    private static Timer timer(MeterRegistry meters, String name, String description) {
        return Timer.builder("microstream.push." + name)
                .description(description)
                .publishPercentiles(0.5, 0.99)
                .distributionStatisticExpiry(Duration.ofMinutes(1))
                .register(meters);
    }

    /** Records the latencies of changes that are sent at this time. */
    void sent(List<Change> changes, Instant now) {
        for (Change change : changes) {
            if (change.committedAt() == null) {
                continue;
            }
            record(sent, change.committedAt(), now);
            if (change.receivedAt() != null) {
                record(committed, change.receivedAt(), change.committedAt());
            }
        }
    }

    private static void record(Timer timer, Instant from, Instant to) {
        timer.record(Math.max(0, Duration.between(from, to).toNanos()), TimeUnit.NANOSECONDS);
    }

    /** Records what a client measured, in milliseconds. */
    void seen(List<Double> latencies) {
        latencies.forEach(ms -> seen.record((long) (ms * 1e6), TimeUnit.NANOSECONDS));
    }
}
