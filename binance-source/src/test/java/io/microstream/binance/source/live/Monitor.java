package io.microstream.binance.source.live;

import java.util.concurrent.TimeUnit;

/** A number that only rises, and that others wait for. */
final class Monitor {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(40);

    private long value;

    synchronized void set(long newValue) {
        value = Math.max(value, newValue);
        notifyAll();
    }

    synchronized void add(long more) {
        value += more;
        notifyAll();
    }

    synchronized long value() {
        return value;
    }

    /** Waits until the number is at least {@code wanted}. */
    synchronized void await(long wanted) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (value < wanted) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError("Waited in vain: wanted=" + wanted + " is=" + value);
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }
}
