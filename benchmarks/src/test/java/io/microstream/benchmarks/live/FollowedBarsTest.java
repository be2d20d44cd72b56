package io.microstream.benchmarks.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the live feed's benchmark stands on works; how fast, no test asks. */
class FollowedBarsTest {

    private static final long LONGEST_NANOS = Duration.ofSeconds(60).toNanos();
    private static final long PER_SECOND = 2_000;

    @Test
    void allThatAWaitingExchangePlaysGoesIntoBars() throws Exception {
        try (RunningExchange exchange = RunningExchange.waiting(PER_SECOND, "BTCUSDT", "ETHUSDT");
                FollowedBars bars = new FollowedBars(exchange)) {
            bars.follow("BTCUSDT");
            bars.follow("ETHUSDT");
            drive(bars, exchange, 130 * PER_SECOND);

            assertThat(bars.missing()).isZero();
            assertThat(bars.isFlawless()).as(bars.ownFaults()).isTrue();
            assertThat(bars.bars()).as("two full minutes of two symbols").isEqualTo(4);
        }
    }

    @Test
    void whatWasBeforeIsFetched() throws Exception {
        try (RunningExchange exchange = RunningExchange.paced(10, 5_000, 10_000, "BTCUSDT");
                FollowedBars bars = new FollowedBars(exchange)) {
            bars.resume("BTCUSDT", 0);
            drive(bars, exchange, 4_999);

            assertThat(bars.missing()).isZero();
            assertThat(bars.restRequests()).isGreaterThanOrEqualTo(5);
            assertThat(bars.mostWeight()).isGreaterThanOrEqualTo(20);
        }
    }

    private static void drive(FollowedBars bars, RunningExchange exchange, long trades)
            throws IOException {
        long end = System.nanoTime() + LONGEST_NANOS;
        while (bars.trades() < trades && System.nanoTime() < end) {
            bars.drive();
            exchange.taken(bars.trades());
        }
        assertThat(bars.trades()).isGreaterThanOrEqualTo(trades);
    }
}
