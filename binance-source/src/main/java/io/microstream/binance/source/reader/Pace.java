package io.microstream.binance.source.reader;

import java.io.Serializable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Releases recorded rows at a multiple of the speed at which they happened: {@code speed}
 * event-time seconds a second, from the first row on. Speed 0 means as fast as possible.
 *
 * <p>The fetcher waits in {@link #await}; any thread may {@link #wakeUp}.
 */
final class Pace {

    /** Monotonic nanoseconds; an argument so that tests need no clock. */
    interface NanoClock extends LongSupplier, Serializable {}

    private final double speed;
    private final NanoClock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private boolean wakeUp;
    private long firstTimeUs = Long.MIN_VALUE;
    private long firstNanos;

    Pace(double speed, NanoClock clock) {
        this.speed = speed;
        this.clock = clock;
    }

    boolean isUnlimited() {
        return speed == 0;
    }

    /**
     * Waits until rows of {@code timeUs} are due.
     *
     * @param timeUs not positive where it is not known (unreadable rows before the first readable
     *     one): these are due at once
     * @return false if woken before
     */
    boolean await(long timeUs) {
        if (isUnlimited() || timeUs <= 0) {
            return true;
        }
        lock.lock();
        try {
            if (firstTimeUs == Long.MIN_VALUE) {
                firstTimeUs = timeUs;
                firstNanos = clock.getAsLong();
            }
            long due = firstNanos + (long) ((timeUs - firstTimeUs) * 1000.0 / speed);
            long left = due - clock.getAsLong();
            while (left > 0 && !wakeUp) {
                left = awaitNanos(left) ? due - clock.getAsLong() : 0;
            }
            boolean isDue = !wakeUp;
            wakeUp = false;
            return isDue;
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitNanos(long nanos) {
        try {
            return woken.await(nanos, TimeUnit.NANOSECONDS) || !wakeUp;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            wakeUp = true;
            return false;
        }
    }

    void wakeUp() {
        lock.lock();
        try {
            wakeUp = true;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
