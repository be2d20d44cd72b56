package io.microstream.live.web;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.microstream.live.rest.Limits;
import io.microstream.live.rest.Problem;
import io.microstream.live.rest.ProblemException;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A token bucket for each client address; the oldest unused of too many addresses are forgotten.
 * Safe for any number of threads.
 */
final class RateLimit {

    private static final int ADDRESSES = 10_000;

    private final Limits limits;
    private final TimeMeter time;
    private final Map<String, Bucket> buckets =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                    return size() > ADDRESSES;
                }
            };

    RateLimit(Limits limits, Clock clock) {
        this.limits = limits;
        this.time = new ClockMeter(clock);
    }

    /**
     * Admits a request.
     *
     * @throws ProblemException (429) if its address has made too many
     */
    void admit(HttpServerRequest request) {
        String address = request.remoteAddress().hostAddress();
        ConsumptionProbe probe = bucket(address).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            long seconds = Duration.ofNanos(probe.getNanosToWaitForRefill()).toSeconds() + 1;
            throw new ProblemException(
                    Problem.tooManyRequests(
                            "Too many requests: address="
                                    + address
                                    + " allowedPerSecond="
                                    + limits.requestsPerSecond()
                                    + " burst="
                                    + limits.burst()
                                    + ". Ask again in "
                                    + seconds
                                    + " s, or for more rows at once",
                            (int) seconds));
        }
    }

    private synchronized Bucket bucket(String address) {
        return buckets.computeIfAbsent(
                address == null ? "unknown" : address,
                each ->
                        Bucket.builder()
                                .addLimit(
                                        limit ->
                                                limit.capacity(limits.burst())
                                                        .refillGreedy(
                                                                limits.requestsPerSecond(),
                                                                Duration.ofSeconds(1)))
                                .withCustomTimePrecision(time)
                                .build());
    }

    /** The server's clock, as Bucket4j reads it. */
    private record ClockMeter(Clock clock) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return Duration.between(java.time.Instant.EPOCH, clock.instant()).toNanos();
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
