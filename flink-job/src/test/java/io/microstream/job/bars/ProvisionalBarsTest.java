package io.microstream.job.bars;

import static io.microstream.testing.Trades.T0;
import static io.microstream.testing.Trades.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.job.config.BarsConfig;
import io.microstream.market.Bar;
import io.microstream.market.CompletenessMark;
import io.microstream.market.StreamEvent;
import io.microstream.market.Trade;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Provisional bars with a period of one second, in processing time that the test sets. */
class ProvisionalBarsTest {

    private static final String BTC = "BTCUSDT";
    private static final BarsConfig EVERY_SECOND =
            BarsConfig.DEFAULT.withProvisionalEvery(Duration.ofSeconds(1));

    private MinutesHarness minutes;
    private int seen;
    private long nextId = 1;

    @BeforeEach
    void open() throws Exception {
        minutes = MinutesHarness.start(EVERY_SECOND);
        minutes.operator.setProcessingTime(5_000);
    }

    @AfterEach
    void close() throws Exception {
        minutes.close();
    }

    @Test
    void firstTradeEmitsAtOnceLaterOnesOncePerPeriod() throws Exception {
        takeTrade(10, 100);
        assertThat(emitted()).containsExactly("0 provisional trades=1 close=100 received=10");
        takeTrade(20, 101);
        takeTrade(30, 102);
        at(5_999);
        assertThat(emitted()).isEmpty();
        at(6_000);
        assertThat(emitted()).containsExactly("0 provisional trades=3 close=102 received=30");
        takeTrade(40, 103);
        at(7_000);
        assertThat(emitted()).containsExactly("0 provisional trades=4 close=103 received=40");
    }

    @Test
    void unchangedMinuteEmitsNothingUntilItsNextTrade() throws Exception {
        takeTrade(10, 100);
        at(6_000);
        at(9_000);
        assertThat(emitted()).hasSize(1);
        assertThat(minutes.operator.numProcessingTimeTimers()).isZero();
        takeTrade(20, 101);
        assertThat(emitted()).containsExactly("0 provisional trades=2 close=101 received=20");
    }

    @Test
    void provisionalBarsNeverFollowTheFinalOne() throws Exception {
        takeTrade(10, 100);
        takeTrade(20, 101);
        minutes.take(next(60, 30, 102));
        assertThat(emitted())
                .containsExactly(
                        "0 provisional trades=1 close=100 received=10",
                        "0 final revision=0 trades=2 close=101 received=20");
        at(6_000);
        assertThat(emitted()).containsExactly("1 provisional trades=1 close=102 received=30");
        minutes.take(new CompletenessMark(BTC, T0.plusSeconds(120).toEpochMilli()));
        at(7_000);
        at(8_000);
        assertThat(emitted()).containsExactly("1 final revision=0 trades=1 close=102 received=30");
        minutes.take(next(90, 40, 104));
        at(60_000);
        assertThat(emitted()).containsExactly("1 final revision=1 trades=2 close=104 received=40");
    }

    @Test
    void aMinuteClosedByWatermarkEmitsNoMoreProvisionalBars() throws Exception {
        takeTrade(10, 100);
        takeTrade(20, 101);
        minutes.watermark(T0.plusSeconds(60).toEpochMilli() - 1);
        at(6_000);
        assertThat(emitted())
                .containsExactly(
                        "0 provisional trades=1 close=100 received=10",
                        "0 final revision=0 trades=2 close=101 received=20");
        minutes.take(next(40, 30, 102));
        at(60_000);
        assertThat(emitted()).containsExactly("0 final revision=1 trades=3 close=102 received=30");
    }

    @Test
    void symbolsHaveTheirOwnPeriods() throws Exception {
        takeTrade(10, 100);
        at(5_500);
        minutes.take(trade("ETHUSDT").id(1).at(T0).price(7).build());
        minutes.take(trade("ETHUSDT").id(2).at(T0).price(8).build());
        takeTrade(20, 101);
        assertThat(emitted()).hasSize(2);
        at(6_000);
        assertThat(emitted()).containsExactly("0 provisional trades=2 close=101 received=20");
        at(6_500);
        assertThat(emitted()).containsExactly("0 provisional trades=2 close=8 received=0");
    }

    @Test
    void withoutAPeriodThereAreNoProvisionalBarsOrTimers() throws Exception {
        try (MinutesHarness plain = MinutesHarness.start(BarsConfig.DEFAULT)) {
            plain.take(next(1, 10, 100));
            plain.take(next(2, 10, 100));
            plain.operator.setProcessingTime(100_000);
            assertThat(plain.bars()).isEmpty();
            assertThat(plain.operator.numProcessingTimeTimers()).isZero();
        }
    }

    /** A timer that was set before a restore fires after it, whatever the configuration is then. */
    @Test
    void provisionalBarsContinueAfterRestoreAndStopWhenSwitchedOff() throws Exception {
        takeTrade(10, 100);
        takeTrade(20, 101);
        OperatorSubtaskState snapshot = minutes.operator.snapshot(1, 1);
        minutes.close();
        minutes = MinutesHarness.restore(BarsConfig.DEFAULT, snapshot);
        minutes.operator.setProcessingTime(50_000);
        assertThat(minutes.bars()).isEmpty();
        assertThat(minutes.operator.numProcessingTimeTimers()).isZero();
        snapshot = minutes.operator.snapshot(2, 2);
        minutes.close();
        seen = 0;
        minutes = MinutesHarness.restore(EVERY_SECOND, snapshot);
        minutes.operator.setProcessingTime(60_000);
        takeTrade(30, 102);
        assertThat(emitted()).containsExactly("0 provisional trades=3 close=102 received=30");
        snapshot = minutes.operator.snapshot(3, 3);
        takeTrade(40, 103);
        minutes.close();
        seen = 0;
        minutes = MinutesHarness.restore(EVERY_SECOND, snapshot);
        minutes.operator.setProcessingTime(61_000);
        assertThat(emitted()).as("nothing has changed since the last provisional bar").isEmpty();
        takeTrade(40, 103);
        assertThat(emitted()).containsExactly("0 provisional trades=4 close=103 received=40");
    }

    /** Final bars, late trades and counters are those of a twin without provisional bars. */
    @Test
    void provisionalBarsChangeNoFinalBar() throws Exception {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            BarsConfig closed = new BarsConfig(Duration.ofMinutes(10));
            BarsConfig provisional = closed.withProvisionalEvery(Duration.ofMillis(50));
            try (MinutesHarness one = MinutesHarness.start(provisional);
                    MinutesHarness other = MinutesHarness.start(closed)) {
                long now = 0;
                for (StreamEvent event : RandomTradeStream.of(seed, 300, 0.02, 0.1).events()) {
                    one.operator.setProcessingTime(now += random.nextInt(60));
                    one.take(event);
                    other.take(event);
                }
                one.end();
                other.end();
                List<Bar> finals = one.bars().stream().filter(Bar::isFinal).toList();
                assertThat(finals).isEqualTo(other.bars());
                assertThat(one.late()).isEqualTo(other.late());
                assertThat(one.bars().size() - finals.size()).isGreaterThan(50);
                assertThat(one.count(FeedCounts.BARS)).isEqualTo(other.count(FeedCounts.BARS));
                assertNoneAfterItsFinalOne(one.bars());
                one.operator.setProcessingTime(now + 1_000);
                assertThat(one.operator.numProcessingTimeTimers()).isZero();
                assertThat(one.operator.numKeyedStateEntries())
                        .isEqualTo(other.operator.numKeyedStateEntries());
            }
        }
    }

    private static void assertNoneAfterItsFinalOne(List<Bar> bars) {
        Set<Long> closed = new HashSet<>();
        for (Bar bar : bars) {
            assertThat(bar.isFinal() || !closed.contains(bar.openTimeMs())).isTrue();
            if (bar.isFinal()) {
                closed.add(bar.openTimeMs());
            }
        }
    }

    private void takeTrade(long receivedAtMs, long price) throws Exception {
        minutes.take(next(nextId, receivedAtMs, price));
    }

    private Trade next(long second, long receivedAtMs, long price) {
        return trade(BTC)
                .id(nextId++)
                .at(T0.plusSeconds(second))
                .price(price)
                .build()
                .receivedAt(receivedAtMs);
    }

    private void at(long processingTimeMs) throws Exception {
        minutes.operator.setProcessingTime(processingTimeMs);
    }

    /** Returns the bars emitted since the last call, as text. */
    private List<String> emitted() {
        List<Bar> all = minutes.bars();
        List<String> emitted = all.subList(seen, all.size()).stream().map(this::text).toList();
        seen = all.size();
        return emitted;
    }

    private String text(Bar bar) {
        assertThat(bar.isFinal()).isEqualTo(bar.revision() >= 0);
        return "%d %s trades=%d close=%s received=%d"
                .formatted(
                        (bar.openTimeMs() - T0.toEpochMilli()) / Bar.MINUTE_MS,
                        bar.revision() == Bar.PROVISIONAL
                                ? "provisional"
                                : "final revision=" + bar.revision(),
                        bar.tradeCount(),
                        bar.close().stripTrailingZeros().toPlainString(),
                        bar.receivedAtMs());
    }
}
