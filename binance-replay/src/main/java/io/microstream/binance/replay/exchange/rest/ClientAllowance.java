package io.microstream.binance.replay.exchange.rest;

/**
 * One client's account of request weight: the window it is in, how long it is refused, its bans.
 *
 * <p>Windows are whole minutes of the clock given. A client that is refused and goes on is banned
 * once the patience is used up; each ban is twice as long as the one before.
 */
final class ClientAllowance {

    /** The outcome of a request for weight. */
    enum Verdict {
        SERVED,
        REFUSED,
        BANNED
    }

    private static final long SECOND = 1_000_000_000L;
    private static final long WINDOW = 60 * SECOND;

    private final RestLimits limits;

    private long window = Long.MIN_VALUE;
    private int used;
    private long waitUntil = Long.MIN_VALUE;
    private int impatience;
    private long bannedUntil = Long.MIN_VALUE;
    private int bans;

    ClientAllowance(RestLimits limits) {
        this.limits = limits;
    }

    Verdict request(int weight, long nowNanos) {
        if (Math.floorDiv(nowNanos, WINDOW) != window) {
            window = Math.floorDiv(nowNanos, WINDOW);
            used = 0;
        }
        used += weight;
        if (nowNanos < bannedUntil) {
            return Verdict.BANNED;
        }
        if (nowNanos < waitUntil) {
            return goOn(nowNanos);
        }
        if (used > limits.weightPerMinute()) {
            refuseFor(0, nowNanos);
            return Verdict.REFUSED;
        }
        return Verdict.SERVED;
    }

    private Verdict goOn(long nowNanos) {
        if (++impatience <= limits.patience()) {
            return Verdict.REFUSED;
        }
        ban(0, nowNanos);
        return Verdict.BANNED;
    }

    /** Refuses requests for a time, until the window ends if {@code seconds} is not positive. */
    void refuseFor(long seconds, long nowNanos) {
        waitUntil =
                seconds > 0
                        ? nowNanos + seconds * SECOND
                        : (Math.floorDiv(nowNanos, WINDOW) + 1) * WINDOW;
        impatience = 0;
    }

    /** Bans the client, twice as long as before if {@code seconds} is not positive. */
    void ban(long seconds, long nowNanos) {
        long growing = limits.firstBanSeconds() << Math.min(bans, 20);
        long length = seconds > 0 ? seconds : Math.min(growing, limits.longestBanSeconds());
        bannedUntil = nowNanos + length * SECOND;
        waitUntil = Long.MIN_VALUE;
        bans++;
    }

    /** Returns the weight used in the window of the last request. */
    int used() {
        return used;
    }

    /** Returns what is left of the ban or the refusal. */
    long leftNanos(long nowNanos) {
        return Math.max(0, Math.max(bannedUntil, waitUntil) - nowNanos);
    }

    /** Returns the same in seconds of the client, rounded up, at least 1. */
    long retryAfterSeconds(long nowNanos) {
        double seconds = leftNanos(nowNanos) / limits.timeFactor() / SECOND;
        return Math.max(1, (long) Math.ceil(seconds));
    }
}
