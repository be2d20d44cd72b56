package io.microstream.live.push;

/**
 * A token bucket for messages: a rate in the long run, three times that in a burst. For one thread;
 * the caller passes the time.
 */
final class MessageBudget {

    private static final int BURST = 3;

    private final double perNano;
    private final double most;
    private double left;
    private long at;

    MessageBudget(int perSecond, long nowNanos) {
        this.perNano = perSecond / 1e9;
        this.most = (double) perSecond * BURST;
        this.left = most;
        this.at = nowNanos;
    }

    /** Takes a token; returns false if there is none. */
    boolean take(long nowNanos) {
        left = Math.min(most, left + (nowNanos - at) * perNano);
        at = nowNanos;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
