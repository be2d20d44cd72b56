package io.microstream.live.push;

/**
 * So many messages a second in the long run, three times that in a burst. One thread; the clock is
 * the caller's.
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

    /** Takes one, if there is one. */
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
