package io.microstream.job.bars;

import static io.microstream.testing.Trades.T0;
import static io.microstream.testing.Trades.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.market.Bar;
import io.microstream.market.CompletenessMark;
import io.microstream.market.Trade;
import io.microstream.testing.Trades;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Minutes that are closed by a completeness mark, and trades that come after it. */
class CompletenessMarkMinutesTest {

    private static final String BTC = "BTCUSDT";

    private MinutesHarness minutes;

    @BeforeEach
    void start() throws Exception {
        minutes = MinutesHarness.start(Duration.ofHours(2));
    }

    @AfterEach
    void close() throws Exception {
        minutes.close();
    }

    @Test
    void aMarkClosesRunningAndEmptyMinutesBeforeIt() throws Exception {
        minutes.take(at(0, 1).id(1).price(101).build());
        minutes.take(mark(0, 59));
        assertThat(minutes.bars()).isEmpty();

        minutes.take(mark(3, 20));
        assertThat(minutes.bars())
                .extracting(Bar::openTimeMs)
                .containsExactly(minute(0), minute(1), minute(2));
        assertThat(minutes.bars().get(0).tradeCount()).isEqualTo(1);
        assertThat(minutes.bars().get(0).complete()).isTrue();
        BigDecimal close = new BigDecimal("101.00000000");
        assertThat(minutes.bars().get(2)).isEqualTo(Bar.empty(BTC, minute(2), close, true));
        assertThat(minutes.count(FeedCounts.BARS)).isEqualTo(3);
    }

    @Test
    void aMarkExcludesItsOwnMillisecond() throws Exception {
        minutes.take(at(0, 1).id(1).build());
        minutes.take(new CompletenessMark(BTC, minute(1) - 1));
        assertThat(minutes.bars()).isEmpty();
        minutes.take(new CompletenessMark(BTC, minute(1)));
        assertThat(minutes.bars()).extracting(Bar::openTimeMs).containsExactly(minute(0));
    }

    @Test
    void aMarkBeforeTheFirstTradeEmitsNothing() throws Exception {
        minutes.take(mark(5, 0));
        minutes.take(at(7, 1).id(1).build().afterGapOf(Trade.UNKNOWN));
        minutes.take(mark(8, 0));
        assertThat(minutes.bars()).extracting(Bar::openTimeMs).containsExactly(minute(7));
        assertThat(minutes.bars().get(0).complete()).isFalse();
        assertThat(minutes.operator.numKeyedStateEntries()).isEqualTo(2);
    }

    @Test
    void aMarkOlderThanTheNewestMinuteChangesNothing() throws Exception {
        minutes.take(at(0, 1).id(1).build());
        minutes.take(at(4, 1).id(2).build());
        int before = minutes.bars().size();
        minutes.take(mark(2, 30));
        minutes.take(mark(4, 59));
        assertThat(minutes.bars()).hasSize(before);
        minutes.take(mark(6, 0));
        minutes.take(mark(5, 0));
        assertThat(minutes.bars()).hasSize(before + 2);
    }

    @Test
    void theNextTradeContinuesWhereTheMarkEnded() throws Exception {
        minutes.take(at(0, 1).id(1).price(101).build());
        minutes.take(mark(2, 30));
        minutes.take(at(2, 40).id(2).price(102).build());
        minutes.take(at(5, 1).id(3).build());
        assertThat(minutes.bars())
                .extracting(Bar::openTimeMs)
                .containsExactly(minute(0), minute(1), minute(2), minute(3), minute(4));
        assertThat(minutes.bars()).allMatch(Bar::complete).allMatch(bar -> bar.revision() == 0);
        assertThat(closes()).containsExactly(101, 101, 102, 102, 102);
    }

    @Test
    void anIncompleteMinuteStaysIncompleteWhenAMarkClosesIt() throws Exception {
        minutes.take(at(0, 1).id(1).build());
        minutes.take(at(0, 30).id(5).build().afterGapOf(3));
        minutes.take(mark(2, 0));
        assertThat(complete(0, 1)).containsExactly(false, true);
    }

    @Test
    void missingIdsTouchOnlyMinutesNotCoveredByAMark() throws Exception {
        minutes.take(at(0, 1).id(1).build());
        minutes.take(mark(2, 30));
        minutes.take(at(4, 1).id(9).build().afterGapOf(7));
        minutes.take(at(5, 1).id(10).build());
        minutes.take(mark(6, 0));
        assertThat(complete(0, 1, 2, 3, 4, 5))
                .containsExactly(true, true, false, false, false, true);
        assertThat(minutes.bars()).allMatch(bar -> bar.revision() == 0).hasSize(6);
    }

    @Test
    void missingIdsAfterMidMinuteMarkTouchThatMinuteOnly() throws Exception {
        minutes.take(at(0, 1).id(1).build());
        minutes.take(at(1, 1).id(2).build());
        minutes.take(mark(1, 30));
        minutes.take(at(1, 40).id(9).build().afterGapOf(6));
        minutes.take(mark(3, 0));
        assertThat(complete(0, 1, 2)).containsExactly(true, false, true);
    }

    @Test
    void aMarkCoversNoGapAfterTheNextTrade() throws Exception {
        minutes.take(at(0, 1).id(1).build());
        minutes.take(mark(2, 0));
        minutes.take(at(2, 1).id(2).build());
        minutes.take(at(4, 1).id(9).build().afterGapOf(6));
        minutes.take(mark(5, 0));
        assertThat(complete(0, 1, 2, 3, 4)).containsExactly(true, true, false, false, false);
    }

    @Test
    void aTradeContradictingAMarkRevisesTheMinutesItClosed() throws Exception {
        minutes.take(at(0, 1).id(1).price(101).build());
        minutes.take(mark(4, 0));
        int before = minutes.bars().size();
        minutes.take(at(1, 30).id(2).price(99).build());
        List<Bar> revised = minutes.bars().subList(before, minutes.bars().size());
        assertThat(revised)
                .extracting(Bar::openTimeMs)
                .containsExactly(minute(1), minute(2), minute(3));
        assertThat(revised).allMatch(bar -> bar.revision() == 1).allMatch(Bar::complete);

        minutes.take(at(6, 1).id(3).price(103).build());
        minutes.take(mark(7, 0));
        assertThat(IntStream.rangeClosed(0, 6).map(this::close).boxed().toList())
                .as("minutes after the mark open from the close that was revised")
                .containsExactly(101, 99, 99, 99, 99, 99, 103);
        assertThat(minutes.late()).isEmpty();
    }

    @Test
    void missingIdsBeforeAContradictingTradeIgnoreTheMark() throws Exception {
        minutes.take(at(0, 1).id(1).build());
        minutes.take(at(1, 1).id(2).build());
        minutes.take(mark(5, 0));
        assertThat(complete(0, 1, 2, 3, 4)).doesNotContain(false);
        minutes.take(at(3, 30).id(9).build().afterGapOf(6));
        assertThat(complete(0, 1, 2, 3, 4)).containsExactly(true, false, false, false, false);
        assertThat(minutes.newest(minute(3)).revision()).isEqualTo(1);

        minutes.take(mark(6, 0));
        minutes.take(at(7, 1).id(10).build());
        minutes.take(at(8, 1).id(11).build());
        minutes.take(mark(9, 0));
        assertThat(complete(5, 6, 7, 8))
                .as("up to the next trade in order")
                .containsExactly(false, false, false, true);
    }

    @Test
    void aMarkClosesMinutesAfterOneClosedByWatermark() throws Exception {
        minutes.take(at(0, 1).id(1).build());
        minutes.watermark(minute(1) - 1);
        minutes.take(mark(3, 0));
        minutes.watermark(minute(3) - 1);
        assertThat(complete(0, 1, 2)).containsExactly(false, true, true);
        assertThat(minutes.bars()).hasSize(3);
    }

    @Test
    void theWatermarkClosesNothingBehindAMark() throws Exception {
        minutes.take(at(0, 1).id(1).build());
        minutes.take(mark(3, 0));
        minutes.end();
        assertThat(minutes.bars()).hasSize(3).allMatch(Bar::complete);
    }

    @Test
    void aSymbolSilentForDaysKeepsTwoHoursOfMinutes() throws Exception {
        minutes.take(at(0, 1).id(1).price(100).build());
        for (int minute = 1; minute <= 3 * 24 * 60; minute++) {
            minutes.take(mark(minute, 0));
        }
        assertThat(minutes.bars()).hasSize(3 * 24 * 60).allMatch(Bar::complete);
        int before = minutes.bars().size();
        minutes.take(at(3 * 24 * 60 - 121, 0).id(2).price(100).build());
        assertThat(minutes.late()).hasSize(1);
        assertThat(minutes.bars()).hasSize(before);
        minutes.take(at(3 * 24 * 60 - 120, 0).id(3).price(90).build());
        assertThat(minutes.bars()).hasSize(before + 120);
        assertThat(minutes.operator.numEventTimeTimers()).isEqualTo(1);
    }

    @Test
    void aMarkClosesMinutesOfItsSymbolOnly() throws Exception {
        minutes.take(at(0, 1).id(1).build());
        minutes.take(trade("ETHUSDT").at(T0).id(1).build());
        minutes.take(new CompletenessMark("ETHUSDT", minute(2)));
        assertThat(minutes.bars()).extracting(Bar::symbol).containsOnly("ETHUSDT").hasSize(2);
    }

    @Test
    void marksSurviveARestore() throws Exception {
        minutes.take(at(0, 1).id(1).build());
        minutes.take(mark(2, 0));
        minutes.take(at(1, 30).id(9).build().afterGapOf(7));
        OperatorSubtaskState snapshot = minutes.operator.snapshot(1, 1);
        minutes.close();
        minutes = MinutesHarness.restore(Duration.ofHours(2), snapshot);

        minutes.take(at(3, 1).id(10).build());
        minutes.take(mark(5, 30));
        OperatorSubtaskState later = minutes.operator.snapshot(2, 2);
        assertThat(complete(2, 3, 4)).containsExactly(false, false, true);
        minutes.close();
        minutes = MinutesHarness.restore(Duration.ofHours(2), later);

        minutes.take(at(6, 1).id(19).build().afterGapOf(8));
        minutes.take(mark(7, 0));
        assertThat(minutes.bars())
                .extracting(Bar::openTimeMs)
                .containsExactly(minute(5), minute(6));
        assertThat(complete(5, 6)).containsExactly(false, false);
    }

    private Stream<Boolean> complete(int... ofMinutes) {
        return IntStream.of(ofMinutes)
                .mapToObj(minute -> minutes.newest(minute(minute)).complete());
    }

    private List<Integer> closes() {
        return minutes.bars().stream().map(bar -> bar.close().intValueExact()).toList();
    }

    private int close(int minute) {
        return minutes.newest(minute(minute)).close().intValueExact();
    }

    private static CompletenessMark mark(int minute, int second) {
        return new CompletenessMark(BTC, minute(minute) + second * 1000L);
    }

    private static long minute(int minute) {
        return T0.toEpochMilli() + minute * Bar.MINUTE_MS;
    }

    private static Trades at(int minute, int second) {
        return trade(BTC).at(T0.plusSeconds(minute * 60L + second));
    }
}
