package io.microstream.binance.replay.exchange.server;

import io.microstream.binance.replay.exchange.market.ExchangeCore;
import io.netty.channel.EventLoop;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Advances the exchange on the event loop: after each request or message, and when something is
 * due. All methods but {@link #wake} belong to the loop's thread.
 */
final class ExchangeLoop {

    private final ExchangeCore core;
    private final EventLoop loop;
    private final double timeFactor;
    private final long startNanos = System.nanoTime();
    private final Set<SocketPort> unflushed = new HashSet<>();

    private boolean turning;
    private Future<?> timer;
    private long timerNanos = Long.MAX_VALUE;

    ExchangeLoop(ExchangeCore core, EventLoop loop, double timeFactor) {
        this.core = core;
        this.loop = loop;
        this.timeFactor = timeFactor;
    }

    ExchangeCore core() {
        return core;
    }

    EventLoop eventLoop() {
        return loop;
    }

    /** Returns the time of the exchange in nanoseconds. */
    long nowNanos() {
        return (long) ((System.nanoTime() - startNanos) * timeFactor);
    }

    /** Converts a span of exchange time to real time. */
    long realNanos(long exchangeNanos) {
        return (long) (exchangeNanos / timeFactor);
    }

    /** Schedules an advance of the exchange. Any thread may call it. */
    void wake() {
        if (loop.inEventLoop()) {
            if (!turning) {
                turning = true;
                loop.execute(this::turn);
            }
        } else {
            loop.execute(this::wake);
        }
    }

    void unflushed(SocketPort port) {
        unflushed.add(port);
    }

    private void turn() {
        turning = false;
        long now = nowNanos();
        long next = core.advance(now);
        if (!unflushed.isEmpty()) {
            SocketPort[] ports = unflushed.toArray(SocketPort[]::new);
            unflushed.clear();
            for (SocketPort port : ports) {
                port.flush();
            }
        }
        if (next <= now) {
            wake();
        } else {
            schedule(next, now);
        }
    }

    private void schedule(long next, long now) {
        if (next == timerNanos) {
            return;
        }
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        timerNanos = next;
        if (next != Long.MAX_VALUE) {
            timer = loop.schedule(this::due, realNanos(next - now) + 1, TimeUnit.NANOSECONDS);
        }
    }

    private void due() {
        timer = null;
        timerNanos = Long.MAX_VALUE;
        wake();
    }
}
