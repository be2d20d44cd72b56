package io.microstream.benchmarks.live;

import java.io.IOException;
import java.time.Duration;

/** Figure 1: frames a second from WebSocket to bars, at full speed and at a given one. */
final class SustainedBars {

    private static final String[] SYMBOLS = {"BTCUSDT", "ETHUSDT"};
    private static final double GOAL = 100_000;
    private static final double PACE = 20_000;

    private final Plan plan;
    private final Figures figures;

    SustainedBars(Plan plan, Figures figures) {
        this.plan = plan;
        this.figures = figures;
    }

    void measure() throws Exception {
        try (RunningExchange exchange = RunningExchange.waiting(PACE, SYMBOLS)) {
            run("1a frames/s to bars, full speed", exchange, true);
        }
        try (RunningExchange exchange = RunningExchange.paced(PACE, 0, 1_000_000, SYMBOLS)) {
            run("1b frames/s to bars, paced", exchange, false);
        }
    }

    private void run(String what, RunningExchange exchange, boolean full) throws IOException {
        try (FollowedBars bars = new FollowedBars(exchange)) {
            for (String symbol : SYMBOLS) {
                bars.follow(symbol);
            }
            drive(bars, exchange, full, plan.warmUp());
            Meter meter = new Meter(exchange);
            long before = bars.counts.frames;
            long tradesBefore = bars.trades();
            drive(bars, exchange, full, plan.run());
            long frames = bars.counts.frames - before;
            double rate = (bars.trades() - tradesBefore) / meter.seconds();
            String besides = meter.cpu(frames) + ", " + bars.ownFaults() + ", " + Figures.load();
            if (full) {
                figures.atLeast(what, rate, GOAL, besides);
                return;
            }
            figures.note(what, rate, besides);
            figures.atMost(
                    "1b faults of our own at 20,000 frames/s",
                    bars.isFlawless() ? 0 : 1,
                    0,
                    "bars=" + bars.bars() + " " + bars.ownFaults());
        }
    }

    private static void drive(
            FollowedBars bars, RunningExchange exchange, boolean full, Duration span)
            throws IOException {
        long end = System.nanoTime() + span.toNanos();
        while (System.nanoTime() < end) {
            bars.drive();
            if (full) {
                exchange.taken(bars.trades());
            }
        }
    }
}
