package io.microstream.binance.replay.exchange.session;

/** At most so many events within a window that slides. */
final class RateWindow {

    private final long[] nanos;
    private final long windowNanos;
    private long count;

    RateWindow(int events, long windowNanos) {
        this.nanos = new long[events];
        this.windowNanos = windowNanos;
    }

    /** Counts an event; false if it is one too many, and then it does not count. */
    boolean admit(long nowNanos) {
        int at = (int) (count % nanos.length);
        if (count >= nanos.length && nowNanos - nanos[at] < windowNanos) {
            return false;
        }
        nanos[at] = nowNanos;
        count++;
        return true;
    }
}
