package io.microstream.benchmarks.live;

import io.microstream.binance.source.LiveConfig;
import io.microstream.binance.trades.FeedConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Figure 3: heap growth and losses while the consumer of the trades is blocked. As in the source,
 * blocked means that nothing drives the event loop while messages keep arriving.
 */
final class BlockedDownstream {

    private static final String[] SYMBOLS = {"BTCUSDT", "ETHUSDT"};
    private static final double PACE = 10_000;
    private static final int RETAINED = 8_000_000;
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(15);

    /** Bytes of a held trade: six longs and a boolean, twice while the ring grows. */
    private static final long HELD_BYTES = 2 * (6 * Long.BYTES + 1);

    /** Allowance for what no setting bounds: REST pages and wire buffers. */
    private static final long BESIDES = 8 << 20;

    private final Plan plan;
    private final Figures figures;
    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    private long most;

    BlockedDownstream(Plan plan, Figures figures) {
        this.plan = plan;
        this.figures = figures;
    }

    void measure() throws Exception {
        try (RunningExchange exchange = RunningExchange.paced(PACE, 0, RETAINED, SYMBOLS);
                FollowedBars bars = new FollowedBars(exchange)) {
            for (String symbol : SYMBOLS) {
                bars.follow(symbol);
            }
            drive(bars, plan.warmUp());
            long before = heap();
            most = before;
            long tradesBefore = bars.trades();
            long sinceNanos = System.nanoTime();
            block();
            long blocked = most;
            Meter meter = new Meter(exchange);
            catchUp(bars, tradesBefore, sinceNanos);
            double seconds = meter.seconds();
            long caughtUp = heap();
            long bound =
                    LiveConfig.INBOX_BYTES
                            + SYMBOLS.length * FeedConfig.DEFAULT.heldTrades() * HELD_BYTES;
            figures.atMost(
                    "3 heap, MiB more than before, at most",
                    mib(most - before),
                    mib(bound + BESIDES),
                    String.format(
                            Locale.ROOT,
                            "%d s blocked at 10,000 frames/s; after GC: before %.1f, blocked %.1f,"
                                    + " most %.1f, caught up %.1f MiB; bound: inbox 16 + held %.1f"
                                    + " + 8",
                            plan.blocked().toSeconds(),
                            mib(before),
                            mib(blocked),
                            mib(most),
                            mib(caughtUp),
                            mib(bound - LiveConfig.INBOX_BYTES)));
            figures.atMost("3 trades lost by it", bars.missing(), 0, bars.ownFaults());
            figures.note(
                    "3 s to catch up",
                    seconds,
                    "trades=%d requests=%d weight=%d %s"
                            .formatted(
                                    bars.trades() - tradesBefore,
                                    bars.restRequests(),
                                    bars.mostWeight(),
                                    Figures.load()));
        }
    }

    private void block() throws InterruptedException {
        long end = System.nanoTime() + plan.blocked().toNanos();
        while (System.nanoTime() < end) {
            TimeUnit.NANOSECONDS.sleep(Math.min(LOOK.toNanos(), end - System.nanoTime()));
            most = Math.max(most, heap());
        }
    }

    /**
     * Drives the feed until all trades of the market have arrived, except those of the last second.
     */
    private void catchUp(FollowedBars bars, long tradesBefore, long sinceNanos) throws IOException {
        long began = System.nanoTime();
        long nextLook = began;
        double made;
        do {
            drive(bars, Duration.ofMillis(200));
            long now = System.nanoTime();
            made = PACE * ((now - sinceNanos) / 1e9 - 1);
            if (now >= nextLook) {
                most = Math.max(most, heap());
                nextLook = now + LOOK.toNanos();
            }
            if (now - began > LONGEST.toNanos()) {
                throw new IOException("Not caught up in " + LONGEST + ": trades=" + bars.trades());
            }
        } while (bars.trades() - tradesBefore < made || bars.counts.openGaps > 0);
    }

    private static void drive(FollowedBars bars, Duration span) {
        long end = System.nanoTime() + span.toNanos();
        while (System.nanoTime() < end) {
            bars.drive();
        }
    }

    private long heap() {
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    private static double mib(long bytes) {
        return bytes / (double) (1 << 20);
    }
}
