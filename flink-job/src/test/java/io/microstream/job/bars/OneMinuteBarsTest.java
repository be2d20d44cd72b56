package io.microstream.job.bars;

import static io.microstream.testing.Trades.T0;
import static io.microstream.testing.Trades.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.market.Bar;
import io.microstream.market.DisputedMinutes;
import io.microstream.market.LateTrade;
import io.microstream.market.StreamEvent;
import io.microstream.market.Trade;
import io.microstream.testing.Trades;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OneMinuteBarsTest {

    private static final String BTC = "BTCUSDT";

    private MinutesHarness minutes;
    private long nextId = 1;

    @AfterEach
    void closeOperator() throws Exception {
        if (minutes != null) {
            minutes.close();
        }
    }

    @Test
    void openAndCloseFollowIdsAndNotArrival() throws Exception {
        start(Duration.ofHours(2));
        take(at(0, 10).id(5).price(105).build());
        take(at(0, 20).id(3).price(103).build());
        take(at(0, 30).id(9).price(109).build());
        take(at(0, 40).id(7).price(107).build());
        take(at(1, 0).id(10).build());

        Bar bar = bars().get(0);
        assertThat(bar.open()).isEqualByComparingTo("103");
        assertThat(bar.close()).isEqualByComparingTo("109");
        assertThat(bar.high()).isEqualByComparingTo("109");
        assertThat(bar.low()).isEqualByComparingTo("103");
        assertThat(bar.volume()).isEqualByComparingTo("4");
        assertThat(bar.quoteVolume()).isEqualByComparingTo("424");
        assertThat(bar.tradeCount()).isEqualTo(4);
        assertThat(bar.revision()).isZero();
    }

    @Test
    void aLaterTradeClosesAMinuteAndTimeDoesNot() throws Exception {
        start(Duration.ofHours(2));
        take(next(0, 1));
        minutes.operator.setProcessingTime(Duration.ofDays(1).toMillis());
        take(next(0, 59));
        assertThat(bars()).isEmpty();
        take(next(1, 0));
        assertThat(bars()).extracting(Bar::openTimeMs).containsExactly(minute(0));
    }

    @Test
    void minutesWithoutTradesAreFlatAtThePreviousClose() throws Exception {
        start(Duration.ofHours(2));
        take(at(0, 1).id(1).price(101).build());
        take(at(3, 1).id(2).price(103).build());

        assertThat(bars()).hasSize(3);
        assertThat(bars().get(1))
                .isEqualTo(
                        Bar.empty(BTC, minute(1), new BigDecimal("101.00000000"), true)
                                .withRevision(0));
        assertThat(bars().get(2))
                .isEqualTo(Bar.empty(BTC, minute(2), new BigDecimal("101.00000000"), true));
        assertThat(minutes.count(FeedCounts.BARS)).isEqualTo(3);
    }

    @Test
    void missingIdsMakeOnlyMinutesTheyCanTouchIncomplete() throws Exception {
        start(Duration.ofHours(2));
        take(next(0, 1));
        take(next(1, 1));
        take(at(4, 1).id(9).build().afterGapOf(6));
        take(at(5, 1).id(10).build());
        take(at(6, 1).id(11).build());

        assertThat(bars())
                .extracting(Bar::complete)
                .containsExactly(true, false, false, false, false, true);
    }

    @Test
    void missingIdsInsideAMinuteTouchThatMinuteOnly() throws Exception {
        start(Duration.ofHours(2));
        take(next(0, 1));
        take(next(1, 1));
        take(at(1, 30).id(5).build().afterGapOf(2));
        take(at(2, 1).id(6).build());
        take(at(3, 1).id(7).build());
        assertThat(bars()).extracting(Bar::complete).containsExactly(true, false, true);
    }

    @Test
    void unknownIdsBeforeTheFirstTradeMakeItsMinuteIncomplete() throws Exception {
        start(Duration.ofHours(2));
        take(at(0, 1).id(1).build().afterGapOf(Trade.UNKNOWN));
        take(at(1, 1).id(2).build());
        take(at(2, 1).id(3).build());
        assertThat(bars()).extracting(Bar::complete).containsExactly(false, true);
    }

    @Test
    void aFirstTradeWithoutGapHasACompleteMinute() throws Exception {
        start(Duration.ofHours(2));
        take(at(0, 1).id(1).build().afterGapOf(0));
        take(at(1, 1).id(2).build());
        assertThat(bars()).extracting(Bar::complete).containsExactly(true);
    }

    @Test
    void endOfInputClosesLastMinuteAsIncompleteUnlessMarked() throws Exception {
        start(Duration.ofHours(2));
        take(next(0, 1));
        take(trade("ETHUSDT").at(T0.plusSeconds(1)).id(1).build().asLastOfItsMinute());
        assertThat(bars()).isEmpty();
        minutes.end();
        assertThat(bars())
                .extracting(Bar::symbol, Bar::complete)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(BTC, false),
                        org.assertj.core.groups.Tuple.tuple("ETHUSDT", true));
    }

    @Test
    void missingIdsRefuteThatATradeIsTheLastOfItsMinute() throws Exception {
        start(Duration.ofHours(2));
        take(at(0, 1).id(1).build().afterGapOf(0).asLastOfItsMinute());
        take(at(1, 1).id(3).build().afterGapOf(1));
        take(at(2, 1).id(4).build());
        assertThat(bars()).extracting(Bar::complete).containsExactly(false, false);
    }

    @Test
    void watermarkClosesASymbolThatEndsEarlyAsIncomplete() throws Exception {
        start(Duration.ofHours(2));
        take(next(0, 1));
        take(trade("ETHUSDT").at(T0.plusSeconds(1)).id(1).build());
        take(trade("ETHUSDT").at(T0.plusSeconds(3601)).id(2).build());
        // The watermark of a source whose split of BTCUSDT has ended goes on with ETHUSDT alone.
        minutes.watermark(minute(60) - 1);
        assertThat(bars())
                .filteredOn(bar -> bar.symbol().equals(BTC))
                .extracting(Bar::complete)
                .containsExactly(false);
    }

    @Test
    void aLateTradeRevisesItsBarAndFollowingEmptyMinutes() throws Exception {
        start(Duration.ofHours(2));
        take(at(0, 1).id(1).price(101).build());
        take(at(3, 1).id(2).price(103).build());
        take(at(4, 1).id(3).price(104).build());
        int before = bars().size();
        take(at(0, 59).id(4).price(99).build());

        List<Bar> revised = bars().subList(before, bars().size());
        assertThat(revised)
                .extracting(Bar::openTimeMs)
                .containsExactly(minute(0), minute(1), minute(2));
        assertThat(revised).extracting(Bar::revision).containsExactly(1, 1, 1);
        assertThat(revised).allSatisfy(bar -> assertThat(bar.close()).isEqualByComparingTo("99"));
        assertThat(revised.get(0).low()).isEqualByComparingTo("99");
        assertThat(revised.get(0).volume()).isEqualByComparingTo("2");
        assertThat(revised.get(1).isEmpty()).isTrue();

        take(at(1, 30).id(5).price(98).build());
        List<Bar> again = bars().subList(before + 3, bars().size());
        assertThat(again).extracting(Bar::openTimeMs).containsExactly(minute(1), minute(2));
        assertThat(again).extracting(Bar::revision).containsExactly(2, 2);
        assertThat(again.get(0).tradeCount()).isEqualTo(1);
        assertThat(again.get(1).close()).isEqualByComparingTo("98");
        assertThat(minutes.count(FeedCounts.REVISIONS)).isEqualTo(5);
        assertThat(minutes.count(FeedCounts.TRADES_IN_BARS)).isEqualTo(5);
    }

    @Test
    void aLateTradeWithoutNewCloseRevisesItsBarOnly() throws Exception {
        start(Duration.ofHours(2));
        take(at(0, 1).id(5).price(101).build());
        take(at(2, 1).id(6).price(103).build());
        int before = bars().size();
        take(at(0, 30).id(4).price(200).build());
        assertThat(bars().subList(before, bars().size()))
                .singleElement()
                .satisfies(bar -> assertThat(bar.high()).isEqualByComparingTo("200"))
                .satisfies(bar -> assertThat(bar.close()).isEqualByComparingTo("101"));
    }

    @Test
    void missingIdsBeforeLateTradeReachNextTradeInOrder() throws Exception {
        start(Duration.ofHours(2));
        for (int minute = 0; minute <= 4; minute++) {
            take(next(minute, 1));
        }
        take(at(2, 30).id(20).build().afterGapOf(10));
        take(at(1, 30).id(21).build());
        take(at(7, 1).id(22).build());
        take(at(8, 1).id(23).build());
        take(at(9, 1).id(24).build());

        assertThat(bars().stream().filter(bar -> bar.revision() == 0))
                .extracting(Bar::complete)
                .containsExactly(true, true, true, true, false, false, false, false, true);
        assertThat(List.of(0, 1, 2, 3, 4))
                .extracting(minute -> newest(minute).complete())
                .as("the second minute holds a trade that does not follow on its others")
                .containsExactly(true, false, false, false, false);
        assertThat(List.of(0, 1, 2, 3, 4))
                .extracting(minute -> newest(minute).revision())
                .containsExactly(0, 1, 1, 1, 0);
    }

    @Test
    void missingIdsAfterLateTradeReachNextTrade() throws Exception {
        start(Duration.ofHours(2));
        for (int minute = 0; minute <= 4; minute++) {
            take(next(minute, 1));
        }
        take(at(2, 30).id(20).build());
        take(at(5, 1).id(22).build().afterGapOf(1));
        take(at(6, 1).id(23).build());

        assertThat(List.of(0, 1, 2, 3, 4, 5))
                .extracting(minute -> newest(minute).complete())
                .containsExactly(true, true, false, false, false, false);
        assertThat(List.of(2, 3, 4, 5))
                .extracting(minute -> newest(minute).revision())
                .as("the third minute was incomplete already, by the late trade in it")
                .containsExactly(1, 1, 0, 0);
    }

    @Test
    void disputedMinutesAreIncompleteBeforeAndBehindTheNewest() throws Exception {
        start(Duration.ofHours(2));
        for (int minute = 0; minute <= 3; minute++) {
            take(next(minute, 1));
        }
        take(new DisputedMinutes("BTCUSDT", minute(2), minute(5) * 1000));
        for (int minute = 4; minute <= 8; minute += 2) {
            take(next(minute, 1));
        }
        assertThat(List.of(0, 1, 2, 3, 4, 5, 6, 7))
                .extracting(minute -> newest(minute).complete())
                .as("until the first trade behind the fifth minute's start")
                .containsExactly(true, true, false, false, false, false, false, true);
        assertThat(newest(2).revision()).isEqualTo(1);
    }

    @Test
    void oneTradeMakesOneRevisionOfABar() throws Exception {
        start(Duration.ofHours(2));
        take(at(0, 1).id(1).price(101).build());
        take(at(3, 1).id(2).price(103).build());
        int before = bars().size();
        take(at(0, 59).id(9).price(99).build().afterGapOf(6));

        List<Bar> revised = bars().subList(before, bars().size());
        assertThat(revised)
                .extracting(Bar::openTimeMs)
                .containsExactly(minute(0), minute(1), minute(2));
        assertThat(revised)
                .allSatisfy(
                        bar -> {
                            assertThat(bar.revision()).isEqualTo(1);
                            assertThat(bar.complete()).isFalse();
                            assertThat(bar.close()).isEqualByComparingTo("99");
                        });
    }

    @Test
    void missingIdsBeforeTooLateTradeTouchTheNewestMinute() throws Exception {
        start(Duration.ofMinutes(2));
        for (int minute = 0; minute <= 10; minute++) {
            take(next(minute, 1));
        }
        take(at(2, 30).id(20).build().afterGapOf(3));
        take(at(11, 1).id(21).build());

        assertThat(minutes.late()).hasSize(1);
        assertThat(newest(7).complete()).isTrue();
        assertThat(newest(8).complete()).isFalse();
        assertThat(newest(9).complete()).isFalse();
        assertThat(newest(10).complete()).isFalse();
    }

    @Test
    void aTradeBeyondAllowedLatenessGoesToTheLateOutput() throws Exception {
        start(Duration.ofMinutes(3));
        for (int minute = 0; minute <= 5; minute++) {
            take(next(minute, 1));
        }
        int before = bars().size();
        Trade within = next(2, 30);
        Trade beyond = next(1, 30);
        take(within);
        take(beyond);
        assertThat(bars().subList(before, bars().size()))
                .extracting(Bar::openTimeMs)
                .containsExactly(minute(2));
        assertThat(minutes.late()).containsExactly(new LateTrade(beyond, minute(1)));
        assertThat(minutes.count(FeedCounts.LATE)).isEqualTo(1);
        assertThat(minutes.count(FeedCounts.TRADES_IN_BARS)).isEqualTo(7);
    }

    @Test
    void tradesHalfAnHourLateReviseThreeHoursLateDoNot() throws Exception {
        start(Duration.ofHours(2));
        for (int minute = 0; minute < 240; minute++) {
            if (minute < 30 || minute >= 60 && minute < 180 || minute >= 210) {
                take(next(minute, 1));
            }
        }
        List<Trade> threeHoursLate = new ArrayList<>();
        for (int minute = 30; minute < 60; minute++) {
            threeHoursLate.add(next(minute, 1));
        }
        minutes.take(threeHoursLate);
        for (int minute = 180; minute < 210; minute++) {
            take(next(minute, 1));
        }
        assertThat(minutes.late()).extracting(LateTrade::trade).isEqualTo(threeHoursLate);
        for (int minute = 0; minute < 239; minute++) {
            boolean repaired = minute >= 180 && minute < 210;
            boolean lost = minute >= 30 && minute < 60;
            assertThat(newest(minute).tradeCount()).isEqualTo(lost ? 0 : 1);
            assertThat(newest(minute).revision() > 0).isEqualTo(repaired);
        }
    }

    @Test
    void withoutAllowedLatenessEveryTradeOfAClosedMinuteIsLate() throws Exception {
        start(Duration.ZERO);
        take(next(0, 1));
        take(next(1, 1));
        Trade late = next(0, 59);
        take(late);
        assertThat(bars()).hasSize(1);
        assertThat(minutes.late()).containsExactly(new LateTrade(late, minute(0)));
        assertThat(minutes.operator.numKeyedStateEntries()).isEqualTo(1);
    }

    @Test
    void aTradeRevisesAMinuteClosedByWatermark() throws Exception {
        start(Duration.ofHours(2));
        take(at(0, 1).id(1).price(100).build());
        minutes.watermark(minute(1) - 1);
        take(at(0, 30).id(2).price(110).build());
        take(at(2, 0).id(3).price(120).build());
        assertThat(bars())
                .extracting(Bar::openTimeMs)
                .containsExactly(0L + minute(0), minute(0), minute(1));
        assertThat(bars()).extracting(Bar::revision).containsExactly(0, 1, 0);
        assertThat(bars().get(2).close()).isEqualByComparingTo("110");
    }

    @Test
    void symbolsAreIndependent() throws Exception {
        start(Duration.ofHours(2));
        take(next(0, 1));
        take(trade("ETHUSDT").at(T0.plusSeconds(600)).id(1).build());
        take(next(0, 2));
        assertThat(bars()).isEmpty();
        assertThat(minutes.late()).isEmpty();
    }

    @Test
    void restoringInTheMiddleChangesNoBar() throws Exception {
        List<Trade> trades = flawed(600);
        start(Duration.ofMinutes(5));
        minutes.take(trades);
        minutes.end();
        List<Bar> expected = bars();
        List<LateTrade> expectedLate = minutes.late();
        assertThat(expectedLate).isNotEmpty();
        long expectedInBars = minutes.count(FeedCounts.TRADES_IN_BARS);
        long expectedRevisions = minutes.count(FeedCounts.REVISIONS);
        assertThat(expectedRevisions).isPositive();
        minutes.close();

        for (int cut : new int[] {1, 17, 250, 599}) {
            start(Duration.ofMinutes(5));
            minutes.take(trades.subList(0, cut));
            List<Bar> all = new ArrayList<>(bars());
            List<LateTrade> allLate = new ArrayList<>(minutes.late());
            OperatorSubtaskState snapshot = minutes.operator.snapshot(1, 1);
            minutes.close();

            minutes = MinutesHarness.restore(Duration.ofMinutes(5), snapshot);
            minutes.take(trades.subList(cut, trades.size()));
            minutes.end();
            all.addAll(bars());
            allLate.addAll(minutes.late());
            assertThat(all).isEqualTo(expected);
            assertThat(allLate).isEqualTo(expectedLate);
            assertThat(minutes.count(FeedCounts.TRADES_IN_BARS)).isEqualTo(expectedInBars);
            assertThat(minutes.count(FeedCounts.REVISIONS)).isEqualTo(expectedRevisions);
        }
    }

    @Test
    void stateDoesNotGrowWithTime() throws Exception {
        start(Duration.ofHours(2));
        int most = 0;
        for (int minute = 0; minute < 10 * 60; minute++) {
            take(next(minute, 1));
            take(next(minute, 30));
            if (minute % 7 == 0) {
                minutes.watermark(minute(minute) - 1);
            }
            if (minute >= 130) {
                most = Math.max(most, minutes.operator.numKeyedStateEntries());
            }
        }
        // Flink counts a map state as one entry for each of its keys' maps; so look inside too.
        assertThat(most).isLessThanOrEqualTo(2);
        assertThat(minutes.operator.numEventTimeTimers()).isLessThanOrEqualTo(8);
        assertThat(closedMinutesKept()).isEqualTo(120);
    }

    /** Returns how many minutes back a trade still revises its bar: as many are in state. */
    private int closedMinutesKept() throws Exception {
        int newest = 10 * 60 - 1;
        int kept = 0;
        for (int back = 1; back < newest; back++) {
            int before = bars().size();
            take(next(newest - back, 5));
            kept += bars().size() > before ? 1 : 0;
        }
        return kept;
    }

    /** Returns trades seven seconds apart, of which some are late and some follow missing ids. */
    private List<Trade> flawed(int count) {
        List<Trade> trades = new ArrayList<>();
        long id = 100;
        for (int i = 0; i < count; i++) {
            long second = i * 7L;
            if (i % 50 == 30) {
                second -= 120;
            } else if (i % 97 == 60) {
                second -= 900;
            }
            int missing = i % 41 == 40 ? 3 : 0;
            id += 1 + missing;
            trades.add(
                    trade(BTC)
                            .id(id)
                            .at(T0.plusSeconds(Math.max(0, second)))
                            .price(100 + i % 13)
                            .build()
                            .afterGapOf(missing));
        }
        return trades;
    }

    private static long minute(int minute) {
        return T0.toEpochMilli() + minute * Bar.MINUTE_MS;
    }

    private static Trades at(int minute, int second) {
        return trade(BTC).at(T0.plusSeconds(minute * 60L + second));
    }

    private Trade next(int minute, int second) {
        return at(minute, second).id(nextId++).build();
    }

    private void start(Duration allowedLateness) throws Exception {
        minutes = MinutesHarness.start(allowedLateness);
    }

    private void take(StreamEvent event) throws Exception {
        minutes.take(event);
    }

    private List<Bar> bars() {
        return minutes.bars();
    }

    private Bar newest(int minute) {
        return minutes.newest(minute(minute));
    }
}
