package io.microstream.binance.trades;

import io.microstream.binance.transport.loop.EventLoop;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A clock that is set, and a loop that runs by it: hours pass in milliseconds. */
final class VirtualTime {

    final EventLoop loop = new EventLoop(() -> this.nanos);
    private long nanos;

    long nanos() {
        return nanos;
    }

    long seconds() {
        return nanos / 1_000_000_000;
    }

    /** Runs all that falls due in that time, each at its moment. */
    void pass(Duration time) {
        passUntil(time, () -> false);
    }

    void passSeconds(long seconds) {
        pass(Duration.ofSeconds(seconds));
    }

    void passMillis(long millis) {
        pass(Duration.ofMillis(millis));
    }

    /** The same, but ends when {@code done}; true if that came to be. */
    boolean passUntil(Duration atMost, BooleanSupplier done) {
        long end = nanos + atMost.toNanos();
        settle();
        while (!done.getAsBoolean()) {
            long due = loop.nextDueNanos();
            if (due > end) {
                nanos = end;
                return done.getAsBoolean();
            }
            nanos = Math.max(nanos, due);
            settle();
        }
        return true;
    }

    /** Runs what is due now. */
    void settle() {
        while (loop.runDue() || loop.hasPosted()) {
            continue;
        }
    }
}
