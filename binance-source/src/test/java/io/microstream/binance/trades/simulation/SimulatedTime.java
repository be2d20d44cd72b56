package io.microstream.binance.trades.simulation;

import io.microstream.binance.transport.loop.EventLoop;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * One clock for two loops: the world's, by which the exchange and the network live, and the
 * client's, which may be stuck for a while as a real one is when nobody takes what it makes.
 */
final class SimulatedTime {

    final EventLoop world = new EventLoop(() -> this.nanos);
    final EventLoop client = new EventLoop(() -> this.nanos);
    private long nanos;
    private long stuckUntil;

    long nanos() {
        return nanos;
    }

    /** Nobody drives the client's loop for that long. */
    void stick(Duration time) {
        stuckUntil = nanos + time.toNanos();
    }

    /**
     * Lets time pass, all that falls due running at its moment, until {@code done}.
     *
     * @return false if that did not come to be in time
     */
    boolean passUntil(BooleanSupplier done, Duration atMost) {
        long end = nanos + atMost.toNanos();
        settle();
        while (!done.getAsBoolean()) {
            long due = Math.min(world.nextDueNanos(), clientDue());
            if (due > end) {
                nanos = end;
                return false;
            }
            nanos = Math.max(nanos, due);
            settle();
        }
        return true;
    }

    void pass(Duration time) {
        passUntil(() -> false, time);
    }

    private boolean isStuck() {
        return nanos < stuckUntil;
    }

    private long clientDue() {
        if (isStuck()) {
            return stuckUntil;
        }
        return client.hasPosted() ? nanos : client.nextDueNanos();
    }

    private void settle() {
        boolean ran = true;
        while (ran) {
            ran = world.runDue();
            if (!isStuck()) {
                ran |= client.runDue();
                ran |= client.hasPosted();
            }
        }
    }
}
