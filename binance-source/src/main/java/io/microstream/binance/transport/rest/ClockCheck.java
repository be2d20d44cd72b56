package io.microstream.binance.transport.rest;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * How far this machine's clock is from the exchange's. Trades do not depend on it, for they carry
 * the exchange's time; certificates, latencies and logs do.
 *
 * @param offset this machine's clock minus the exchange's, taken in the middle of the request
 * @param uncertainty half the time that the request took
 */
public record ClockCheck(Duration offset, Duration uncertainty) {

    private static final Duration TOLERATED = Duration.ofSeconds(1);

    /**
     * Compares two clocks.
     *
     * @param asked this machine's time before the request
     * @param serverTimeUs the answer, microseconds since the epoch
     * @param answered this machine's time after the request
     */
    public static ClockCheck of(Instant asked, long serverTimeUs, Instant answered) {
        Duration half = Duration.between(asked, answered).dividedBy(2);
        Instant server = Instant.EPOCH.plus(serverTimeUs, ChronoUnit.MICROS);
        return new ClockCheck(Duration.between(server, asked.plus(half)), half);
    }

    /** One line if the clocks differ by more than a second beyond doubt. */
    public Optional<String> warning() {
        boolean off = offset.abs().minus(uncertainty.abs()).compareTo(TOLERATED) > 0;
        return off ? Optional.of(line()) : Optional.empty();
    }

    private String line() {
        return String.format(
                Locale.ROOT,
                "This machine's clock is %s the exchange's: offset=%.3fs uncertainty=%.3fs. Set it by"
                        + " NTP; trades are not affected, latencies and certificates are",
                offset.isNegative() ? "behind" : "ahead of",
                seconds(offset),
                seconds(uncertainty));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
