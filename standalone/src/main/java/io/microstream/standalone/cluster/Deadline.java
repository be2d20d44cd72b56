package io.microstream.standalone.cluster;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A moment until which something in another process is looked at again and again. */
public final class Deadline {

    private static final long LOOK_MS = 150;

    private final long endNanos;

    private Deadline(long endNanos) {
        this.endNanos = endNanos;
    }

    /** Returns the deadline that is so far ahead. */
    public static Deadline in(Duration limit) {
        return new Deadline(System.nanoTime() + limit.toNanos());
    }

    /** Waits before the next look; returns false, at once, if the deadline is over. */
    public boolean isAhead() throws InterruptedException {
        if (System.nanoTime() - endNanos >= 0) {
            return false;
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        return true;
    }
}
