package io.microstream.benchmarks.live;

import io.microstream.binance.trades.TradeHistory;
import io.microstream.binance.transport.loop.EventLoop;
import io.microstream.market.Trade;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Figure 4: how long half an hour of a busy symbol takes by REST. */
final class Backfill {

    private static final String SYMBOL = "BTCUSDT";
    private static final int MISSED = 100_000;
    private static final double PER_SECOND = MISSED / 1800.0;
    private static final double GOAL_SECONDS = 10;
    private static final Duration FAR = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Figures figures;

    Backfill(Figures figures) {
        this.figures = figures;
    }

    void measure() throws Exception {
        run("4 s for a gap of 30 min, 100,000 trades", Duration.ZERO);
        run("4 the same, a host 50 ms away", FAR);
    }

    private void run(String what, Duration distance) throws Exception {
        try (RunningExchange exchange =
                        RunningExchange.paced(PER_SECOND, MISSED, 2 * MISSED, SYMBOL);
                FollowedBars bars = follow(exchange, distance)) {
            Meter meter = new Meter(exchange);
            bars.resume(SYMBOL, 0);
            while (bars.lastId(SYMBOL) < MISSED - 1) {
                bars.drive();
                if (meter.seconds() > LONGEST.toSeconds()) {
                    throw new IOException("Not caught up in " + LONGEST + ": " + bars.ownFaults());
                }
            }
            figures.atMost(
                    what,
                    meter.seconds(),
                    GOAL_SECONDS,
                    "weight=%d of 6000, requests=%d, missing=%d, %s"
                            .formatted(
                                    bars.mostWeight(),
                                    bars.restRequests(),
                                    bars.missing(),
                                    Figures.load()));
        }
    }

    private static FollowedBars follow(RunningExchange exchange, Duration distance) {
        Distant[] far = {null};
        FollowedBars bars =
                new FollowedBars(
                        exchange,
                        near -> {
                            far[0] = new Distant(near, distance);
                            return far[0];
                        });
        far[0].loop = bars.loop();
        return bars;
    }

    /** A history whose answers take longer, as those of a distant host do. */
    private static final class Distant implements TradeHistory {
        private final TradeHistory near;
        private final Duration distance;
        private EventLoop loop;

        Distant(TradeHistory near, Duration distance) {
            this.near = near;
            this.distance = distance;
        }

        private <T> CompletableFuture<T> late(CompletableFuture<T> answer) {
            if (distance.isZero()) {
                return answer;
            }
            CompletableFuture<T> later = new CompletableFuture<>();
            answer.whenComplete(
                    (value, failure) ->
                            loop.after(
                                    distance,
                                    () -> {
                                        if (failure == null) {
                                            later.complete(value);
                                        } else {
                                            later.completeExceptionally(failure);
                                        }
                                    }));
            return later;
        }

        @Override
        public CompletableFuture<List<Trade>> from(
                String symbol, long fromId, int limit, Urgency urgency) {
            return late(near.from(symbol, fromId, limit, urgency));
        }

        @Override
        public CompletableFuture<List<Trade>> firstSince(String symbol, long timeMs) {
            return late(near.firstSince(symbol, timeMs));
        }

        @Override
        public CompletableFuture<Long> serverTimeUs() {
            return late(near.serverTimeUs());
        }

        @Override
        public CompletableFuture<List<String>> halted(List<String> symbols) {
            return late(near.halted(symbols));
        }
    }
}
