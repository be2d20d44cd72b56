package io.microstream.binance.replay.exchange.session;

/** Admits a limited number of events within a sliding window. */
final class RateWindow {

    private final long[] nanos;
    private final long windowNanos;
    private long count;

    RateWindow(int events, long windowNanos) {
        this.nanos = new long[events];
        this.windowNanos = windowNanos;
    }

    /** Counts an event; returns false, and does not count it, if it is one too many. */
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
