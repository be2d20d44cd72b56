package io.microstream.standalone.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.job.bars.FeedCounts;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

    @Test
    void everyKlineIsABar() {
        assertThat(ProgressLine.read(Map.of(FeedCounts.KLINES, 1440L), 2880))
                .isEqualTo("1,440 of 2,880 rows  1,440 bars");
    }

    @Test
    void barsOfTradesAreThoseThatWereMade() {
        Map<String, Long> counters = Map.of(FeedCounts.TRADES, 9000L, FeedCounts.BARS, 12L);
        assertThat(ProgressLine.read(counters, 9001)).isEqualTo("9,000 of 9,001 rows  12 bars");
        assertThat(ProgressLine.read(counters, RunInput.UNKNOWN))
                .isEqualTo("9,000 trades  12 bars");
    }
}
