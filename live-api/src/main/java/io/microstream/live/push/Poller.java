package io.microstream.live.push;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.microstream.live.rows.DatabaseAwayException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The feed's thread: looks into the database at a steady period while someone listens, at once when
 * someone begins to, and not at all while nobody does. While the database is away it tries again
 * after pauses that double up to a longest one, and goes on where it was.
 *
 * <p>{@link #run} is the thread; the rest may be called from any.
 */
final class Poller implements Runnable, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Poller.class);

    /** Subscriptions that arrive within this time are served together. */
    private static final long SHORTEST_GAP_NANOS = 10_000_000;

    /** Orders run between two polls at most, so that a flood of them cannot stop the polls. */
    private static final int ORDERS_A_TURN = 1_000;

    private final ChangeFeed feed;
    private final PushConfig config;
    private final Consumer<byte[]> everyone;
    private final Timer polls;
    private final Clock clock;
    private final BlockingQueue<Runnable> orders = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this, "live-push");
    private volatile boolean stopped;
    private volatile String away;

    // The thread's own.
    private long polledAt;
    private long pauseNanos;

    /**
     * @param everyone gets a message when the database goes down or comes back
     */
    Poller(ChangeFeed feed, PushConfig config, MeterRegistry meters, Consumer<byte[]> everyone) {
        this.feed = feed;
        this.config = config;
        this.everyone = everyone;
        this.clock = meters.config().clock();
        this.pauseNanos = config.period().toNanos();
        this.polls =
                Timer.builder("microstream.push.polls")
                        .description(
                                "Time of one poll of the database and the sending of its changes")
                        .publishPercentiles(0.5, 0.99)
                        .register(meters);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Has the polling thread run something on the feed, soon and in order. */
    void order(Runnable order) {
        orders.add(order);
    }

    /** Returns why the database is unavailable; null while it is available or was not asked. */
    String away() {
        return away;
    }

    @Override
    public void run() {
        polledAt = clock.monotonicTime() - pauseNanos;
        while (!stopped) {
            try {
                if (awaitTurn()) {
                    poll();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Runs orders until it is time to poll; returns false if nobody is subscribed. */
    private boolean awaitTurn() throws InterruptedException {
        long turn = polledAt + pauseNanos;
        int performed = 0;
        while (!stopped) {
            long left = feed.idle() ? Long.MAX_VALUE : Math.max(0, turn - clock.monotonicTime());
            if (left == 0 && performed >= ORDERS_A_TURN) {
                return true;
            }
            Runnable order = orders.poll(left, TimeUnit.NANOSECONDS);
            if (order == null) {
                return !feed.idle();
            }
            perform(order);
            performed++;
            if (away == null && feed.owes()) {
                turn = Math.min(turn, polledAt + SHORTEST_GAP_NANOS);
            }
        }
        return false;
    }

    /** A failure must not end the thread, on which every client depends. */
    private static void perform(Runnable order) {
        try {
            order.run();
        } catch (RuntimeException e) {
            LOG.error(
                    "Order of a client failed by a fault of the server's own; the feed goes on", e);
        }
    }

    private void poll() {
        polledAt = clock.monotonicTime();
        try {
            polls.record(feed::poll);
            up();
        } catch (DatabaseAwayException e) {
            down(e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("Poll failed by a fault of the server's own; it is tried again", e);
            down("The server failed to read the database, by a fault of its own; see its log");
        }
    }

    private void up() {
        pauseNanos = config.period().toNanos();
        if (away != null) {
            away = null;
            LOG.info("The database is back, the feed goes on");
            everyone.accept(
                    ServerMessages.status(true, "The database is back; what was missed follows"));
        }
    }

    private void down(String why) {
        pauseNanos = Math.min(config.longestPause().toNanos(), pauseNanos * 2);
        if (away == null) {
            LOG.warn("The feed waits for the database: {}", why);
            away = why;
            everyone.accept(ServerMessages.status(false, why));
        }
    }

    @Override
    public void close() {
        stopped = true;
        thread.interrupt();
    }
}
