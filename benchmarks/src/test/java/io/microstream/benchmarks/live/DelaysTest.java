package io.microstream.benchmarks.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.market.Trade;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DelaysTest {

    @Test
    void percentilesAreNearestRanks() {
        Delays delays = new Delays();
        for (long millis = 5_000; millis >= 1; millis--) {
            delays.add(millis);
        }
        assertThat(delays.percentile(0.5)).isEqualTo(2_500);
        assertThat(delays.percentile(0.99)).isEqualTo(4_950);
        assertThat(delays.percentile(1)).isEqualTo(5_000);
        assertThat(delays.besides()).isEqualTo("p50 2500, p90 4500, max 5000, of 5,000");
        delays.clear();
        assertThat(delays.percentile(0.99)).isNaN();
    }

    @Test
    void aRowTellsOfEachTradeInItOnce() {
        ReceivedTrades.clear();
        for (long id = 0; id < 10; id++) {
            ReceivedTrades.remember(received("AUSDT", id, 100 + id));
        }
        ReceivedTrades.remember(received("BUSDT", 0, 500));

        assertThat(contained("AUSDT", 8)).containsExactly(100L, 101L, 102L, 103L);
        assertThat(contained("AUSDT", 8)).isEmpty();
        assertThat(contained("AUSDT", 11)).containsExactly(104L, 105L);
        assertThat(contained("BUSDT", 1)).containsExactly(500L);
    }

    /** An aggregate of two. */
    private static Trade received(String symbol, long id, long atMs) {
        return new Trade(symbol, id, 1, 1, 2 * id, 2 * id + 1, 0, false, 0, false, atMs);
    }

    private static List<Long> contained(String symbol, long lastTradeId) {
        List<Long> receivedMs = new ArrayList<>();
        ReceivedTrades.contained(symbol, lastTradeId, receivedMs::add);
        return receivedMs;
    }
}
