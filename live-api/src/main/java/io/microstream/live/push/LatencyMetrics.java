package io.microstream.live.push;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How long it takes from a trade's receipt to the commit of its rows, from there to the clients,
 * and to their screens; of the last minutes. Two clocks that differ make a span too short or too
 * long; one below zero counts as zero. Safe for any thread.
 */
final class LatencyMetrics {

    private static final double MEDIAN = 0.5;
    private static final double TAIL = 0.99;

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
                .publishPercentiles(MEDIAN, TAIL)
                .distributionStatisticExpiry(Duration.ofMinutes(1))
                .register(meters);
    }

    /** Changes that are told at a time. */
    void told(List<Change> changes, Instant now) {
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

    /** What a client measured, milliseconds. */
    void seen(List<Double> latencies) {
        latencies.forEach(ms -> seen.record((long) (ms * 1e6), TimeUnit.NANOSECONDS));
    }

    PushMetrics figures(int clients, boolean databaseUp) {
        return new PushMetrics(
                clients, databaseUp, percentiles(committed), percentiles(sent), percentiles(seen));
    }

    private static PushMetrics.Percentiles percentiles(Timer timer) {
        HistogramSnapshot snapshot = timer.takeSnapshot();
        double median = 0;
        double tail = 0;
        for (ValueAtPercentile value : snapshot.percentileValues()) {
            if (value.percentile() == MEDIAN) {
                median = value.value(TimeUnit.MILLISECONDS);
            } else {
                tail = value.value(TimeUnit.MILLISECONDS);
            }
        }
        return new PushMetrics.Percentiles(snapshot.count(), median, tail);
    }
}
