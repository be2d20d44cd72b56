package io.microstream.benchmarks.live;

import java.time.Duration;
import java.util.List;

/**
 * What to measure.
 *
 * @param rate trades a second, of all symbols together
 * @param measured how long
 * @param warmUp before that
 * @param provisional between two results of a running minute
 * @param browser whether to look at the page too
 */
record LatencyPlan(
        double rate, Duration measured, Duration warmUp, Duration provisional, boolean browser) {

    static final List<String> SYMBOLS = List.of("BNBUSDT", "BTCUSDT", "ETHUSDT", "SOLUSDT");

    static final LatencyPlan USUAL =
            new LatencyPlan(
                    1000,
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(1),
                    true);

    /** Shows that everything but a browser runs. */
    static final LatencyPlan SMOKE =
            new LatencyPlan(
                    200,
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(2),
                    Duration.ofMillis(250),
                    false);

    LatencyPlan {
        if (!(rate >= 1) || rate > 100_000 || measured.toSeconds() < 1 || warmUp.isNegative()) {
            throw new IllegalArgumentException(
                    "Not a plan: rate=" + rate + " measured=" + measured + " warmUp=" + warmUp);
        }
    }

    LatencyPlan atRate(double trades) {
        return new LatencyPlan(trades, measured, warmUp, provisional, browser);
    }

    LatencyPlan lasting(int seconds) {
        return new LatencyPlan(rate, Duration.ofSeconds(seconds), warmUp, provisional, browser);
    }

    LatencyPlan warm(int seconds) {
        return new LatencyPlan(rate, measured, Duration.ofSeconds(seconds), provisional, browser);
    }

    LatencyPlan every(Duration period) {
        return new LatencyPlan(rate, measured, warmUp, period, browser);
    }

    LatencyPlan withoutBrowser() {
        return new LatencyPlan(rate, measured, warmUp, provisional, false);
    }
}
