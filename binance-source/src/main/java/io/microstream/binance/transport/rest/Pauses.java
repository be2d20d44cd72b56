package io.microstream.binance.transport.rest;

import java.time.Duration;
import java.util.function.UnaryOperator;

/** Decides how long all requests pause after an answer that demands it. */
final class Pauses {

    /** The HTTP status of the exchange's firewall. */
    static final int FORBIDDEN = 403;

    private static final int LIMITED = 429;
    private static final int BANNED = 418;
    private static final Duration LIMITED_PAUSE = Duration.ofMinutes(1);
    private static final Duration BANNED_PAUSE = Duration.ofMinutes(2);
    private static final Duration FORBIDDEN_PAUSE = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofDays(3);

    private Pauses() {}

    /**
     * Returns the pause; zero after a status that demands none.
     *
     * @param retryAfter seconds; below 0 if the server does not say
     * @param ofClock of a length of the time that the server speaks of, that of the pause
     */
    static Duration after(int status, long retryAfter, UnaryOperator<Duration> ofClock) {
        return switch (status) {
            case LIMITED -> requested(retryAfter, LIMITED_PAUSE, ofClock);
            case BANNED -> requested(retryAfter, BANNED_PAUSE, ofClock);
            case FORBIDDEN -> requested(retryAfter, FORBIDDEN_PAUSE, ofClock);
            default -> Duration.ZERO;
        };
    }

    private static Duration requested(
            long seconds, Duration otherwise, UnaryOperator<Duration> ofClock) {
        if (seconds < 0) {
            return otherwise;
        }
        Duration pause = ofClock.apply(Duration.ofSeconds(Math.max(1, seconds)));
        return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }
}
