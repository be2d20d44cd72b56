package io.microstream.binance.replay.synthesis;

import static io.microstream.binance.replay.synthesis.Klines.START;
import static io.microstream.binance.replay.synthesis.Klines.SYMBOL;
import static io.microstream.binance.replay.synthesis.Klines.kline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microstream.binance.replay.dump.TradeSink;
import io.microstream.market.Bar;
import io.microstream.market.Trade;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class KlineSynthesizerTest {

    @Test
    void barsOfTheTradesEqualRandomKlines() {
        for (long seed = 0; seed < 300; seed++) {
            List<Bar> klines = Klines.random(seed, 60);
            assertBarsEqual(klines, synthesize(seed, (int) (1 + seed % 90), klines));
        }
    }

    @Test
    void idsAreConsecutiveAndTimesRiseWeaklyInsideTheirMinute() {
        List<Trade> trades = synthesize(7, 50, Klines.random(7, 500));
        assertThat(trades).hasSizeGreaterThan(5_000);
        assertThat(trades.get(0).id()).isEqualTo(1);
        assertThat(trades.get(0).firstTradeId()).isEqualTo(1);
        for (int i = 1; i < trades.size(); i++) {
            Trade before = trades.get(i - 1);
            Trade trade = trades.get(i);
            assertThat(trade.id()).isEqualTo(before.id() + 1);
            assertThat(trade.firstTradeId()).isEqualTo(before.lastTradeId() + 1);
            assertThat(trade.lastTradeId()).isGreaterThanOrEqualTo(trade.firstTradeId());
            assertThat(trade.timeUs()).isGreaterThanOrEqualTo(before.timeUs());
            assertThat(trade.quantity()).isPositive();
        }
    }

    @Test
    void pricesAndQuantitiesLieOnTheStepsOfTheKlines() {
        List<Bar> klines = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            klines.add(kline(i, "100.00", "100.95", "99.05", "100.05", "12.345"));
        }
        List<Trade> trades = synthesize(1, 200, klines);
        assertThat(trades).allMatch(trade -> trade.price() % 1_000_000 == 0);
        assertThat(trades).allMatch(trade -> trade.quantity() % 100_000 == 0);
        assertThat(trades).anyMatch(trade -> trade.price() % 10_000_000 != 0);
        assertThat(trades).anyMatch(trade -> trade.quantity() % 1_000_000 != 0);
    }

    @Test
    void anEmptyMinuteHasNoTrades() {
        Bar empty = kline(0, "5", "5", "5", "5", "0.00000000");
        Bar full = kline(1, "5", "6", "5", "6", "10");
        List<Trade> trades = synthesize(1, 10, List.of(empty, full));
        assertThat(trades).allMatch(trade -> trade.minuteMs() == START + 60_000);
        assertThat(trades.get(0).id()).isEqualTo(1);
    }

    @Test
    void oneBaseUnitIsOneTrade() {
        List<Trade> trades =
                synthesize(1, 100, List.of(kline(0, "5", "5", "5", "5", "0.00000001")));
        assertThat(trades).hasSize(1);
        assertThat(trades.get(0).quantity()).isEqualTo(1);
        assertThat(trades.get(0).price()).isEqualTo(500_000_000);
        assertThat(trades.get(0).tradeCount()).isEqualTo(1);
    }

    @Test
    void aVolumeOfFewLotsGivesFewerTradesThanAskedFor() {
        Bar kline = kline(0, "5.0", "5.5", "4.5", "5.1", "0.7");
        assertThat(synthesize(1, 1000, List.of(kline))).hasSize(7);
    }

    @Test
    void fourPricesAreTouchedByFourTradesAtLeast() {
        Bar busy = kline(0, "5.0", "5.5", "4.5", "5.1", "1000000.0");
        Bar calm = kline(1, "5.1", "5.6", "4.6", "5.2", "1.0");
        List<Trade> trades = synthesize(1, 1, List.of(busy, calm));
        TreeMap<Long, List<Trade>> minutes = NaiveBars.minutes(trades.iterator());
        assertThat(minutes.get(START + 60_000)).hasSize(4);
    }

    @Test
    void aFlatMinuteWithVolumeIsFlat() {
        List<Bar> klines = List.of(kline(0, "5.5", "5.5", "5.5", "5.5", "100.5"));
        List<Trade> trades = synthesize(1, 20, klines);
        assertThat(trades).hasSize(20).allMatch(trade -> trade.price() == 550_000_000);
        assertBarsEqual(klines, trades);
    }

    @Test
    void volumesBeyondALongAreExact() {
        List<Bar> klines = new ArrayList<>();
        klines.add(
                kline(0, "0.00000851", "0.00000855", "0.00000850", "0.00000852", "9999999999999"));
        klines.add(
                kline(
                        1,
                        "0.00000852",
                        "0.00000852",
                        "0.00000852",
                        "0.00000852",
                        "300000000000.00000007"));
        klines.add(
                kline(
                        2,
                        "0.00000852",
                        "0.00000853",
                        "0.00000852",
                        "0.00000852",
                        "10000000000001.12345678"));
        for (int n : new int[] {1, 10, 1000}) {
            for (long seed = 0; seed < 200; seed++) {
                assertBarsEqual(klines, synthesize(seed, n, klines));
            }
        }
    }

    @Test
    void tradeCountAndTakerBuyVolumeAreExactWhereKnown() {
        for (long seed = 0; seed < 200; seed++) {
            List<Bar> klines = new ArrayList<>();
            for (Bar bar : Klines.random(seed, 40)) {
                klines.add(withTakers(bar, seed));
            }
            TreeMap<Long, List<Trade>> minutes =
                    NaiveBars.minutes(synthesize(seed, 30, klines).iterator());
            for (Bar kline : klines) {
                if (kline.volume().signum() > 0) {
                    List<Trade> trades = minutes.get(kline.openTimeMs());
                    assertThat(NaiveBars.ohlcv(trades)).isEqualTo(NaiveBars.ohlcv(kline));
                    assertThat(NaiveBars.singleTrades(trades)).isEqualTo(kline.tradeCount());
                    assertThat(NaiveBars.takerBuyVolume(trades))
                            .isEqualByComparingTo(kline.takerBuyVolume());
                }
            }
        }
    }

    @Test
    void countsThatNoTradesCanHaveLeaveTheRestExact() {
        Bar tooFewTrades = withCount(kline(0, "5", "7", "4", "6", "10"), "3", 2);
        Bar tooManyTakers = withCount(kline(1, "5", "7", "4", "6", "10"), "11", 50);
        Bar moreTradesThanUnits = withCount(kline(2, "5", "5", "5", "5", "0.00000003"), "0", 9);
        Bar noTrades = withCount(kline(3, "5", "7", "4", "6", "10"), "10", 0);
        List<Bar> klines = List.of(tooFewTrades, tooManyTakers, moreTradesThanUnits, noTrades);
        List<Trade> trades = synthesize(3, 20, klines);
        assertBarsEqual(klines, trades);
        assertThat(NaiveBars.singleTrades(NaiveBars.minutes(trades.iterator()).get(START + 60_000)))
                .isEqualTo(50);
    }

    @Test
    void completedKlinesKnowAllTwelveColumnsOfTheTrades() {
        List<Bar> klines = Klines.random(11, 200);
        TreeMap<Long, List<Trade>> minutes =
                NaiveBars.minutes(new KlineSynthesizer(SYMBOL, 5, 20).trades(klines.iterator()));
        List<Bar> completed = new ArrayList<>();
        new KlineSynthesizer(SYMBOL, 5, 20)
                .completed(klines.iterator())
                .forEachRemaining(completed::add);
        assertThat(completed).hasSameSizeAs(klines);
        for (int i = 0; i < klines.size(); i++) {
            Bar bar = completed.get(i);
            assertThat(NaiveBars.ohlcv(bar)).isEqualTo(NaiveBars.ohlcv(klines.get(i)));
            List<Trade> trades = minutes.getOrDefault(bar.openTimeMs(), List.of());
            assertThat(bar.tradeCount()).isEqualTo(NaiveBars.singleTrades(trades));
            assertThat(bar.takerBuyVolume()).isEqualByComparingTo(NaiveBars.takerBuyVolume(trades));
            assertThat(bar.quoteVolume())
                    .isEqualByComparingTo(
                            trades.stream()
                                    .map(KlineSynthesizerTest::quote)
                                    .reduce(BigDecimal.ZERO, BigDecimal::add));
        }
    }

    @Test
    void sameSeedSameTradesOtherSeedOtherTrades() {
        List<Bar> klines = Klines.random(3, 100);
        assertThat(synthesize(9, 40, klines)).isEqualTo(synthesize(9, 40, klines));
        assertThat(synthesize(9, 40, klines)).isNotEqualTo(synthesize(10, 40, klines));
    }

    @Test
    void pushedTradesEqualPulledOnesAndIdsGoOnFromCallToCall() throws IOException {
        List<Bar> klines = Klines.random(3, 100);
        List<Trade> pushed = new ArrayList<>();
        TradeSink rows =
                (id, p, q, first, last, us, maker) ->
                        pushed.add(new Trade(SYMBOL, id, p, q, first, last, us, maker));
        KlineSynthesizer synthesizer = new KlineSynthesizer(SYMBOL, 9, 40, 1001, 5001);
        long written = synthesizer.synthesize(klines.subList(0, 50).iterator(), rows);
        assertThat(written).isEqualTo(pushed.size());
        synthesizer.synthesize(klines.subList(50, klines.size()).iterator(), rows);
        assertThat(pushed.get(0).id()).isEqualTo(1001);
        assertThat(pushed.get(0).firstTradeId()).isEqualTo(5001);
        assertThat(pushed.get((int) written).id()).isEqualTo(1001 + written);
        assertBarsEqual(klines, pushed);
    }

    @Test
    void theNumberOfTradesFollowsTheVolumeAndIsNInTheMean() {
        List<Bar> klines = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            String volume = i % 4 == 0 ? "250.000" : "50.000";
            klines.add(kline(i, "100.00", "101.00", "99.00", "100.00", volume));
        }
        TreeMap<Long, List<Trade>> minutes =
                NaiveBars.minutes(synthesize(1, 100, klines).iterator());
        assertThat(minutes.get(START).size()).isBetween(225, 275);
        assertThat(minutes.get(START + 60_000).size()).isBetween(45, 55);
        double all = minutes.values().stream().mapToInt(List::size).sum();
        assertThat(all / klines.size()).isBetween(97.0, 103.0);
    }

    @Test
    void pricesWanderInsteadOfJumping() {
        Bar kline = kline(0, "100.00", "110.00", "90.00", "101.01", "5000.000");
        List<Trade> trades = synthesize(1, 2_000, List.of(kline));
        long distinct = trades.stream().mapToLong(Trade::price).distinct().count();
        assertThat(distinct).isGreaterThan(500);
        for (int i = 1; i < trades.size(); i++) {
            long step = Math.abs(trades.get(i).price() - trades.get(i - 1).price());
            assertThat(step).isLessThanOrEqualTo(300_000_000L);
        }
        long buys = trades.stream().filter(trade -> !trade.buyerIsMaker()).count();
        assertThat(buys).isBetween(400L, 1_600L);
    }

    @Test
    void klinesThatNoTradesCanHaveAreRefusedInOneLine() {
        assertRefused(kline(0, "5", "6", "5", "6", "0"), "its prices differ but its volume is 0");
        assertRefused(kline(0, "7", "6", "5", "6", "1"), "open or close lies outside low…high");
        assertRefused(kline(0, "5", "6", "5", "4", "1"), "open or close lies outside low…high");
        assertRefused(kline(0, "0", "6", "0", "4", "1"), "a price is not above 0");
        assertRefused(kline(0, "5", "5", "5", "5", "-1"), "a number is negative");
        assertRefused(kline(0, "5", "5", "5", "5", "0.000000001"), "more than 8 decimals");
        assertRefused(kline(0, "5", "7", "4", "6", "0.00000003"), "too small to touch its prices");
        Bar other = kline("OTHER", START, "5", "5", "5", "5", "1", null, -1);
        assertRefused(other, "it is of another symbol than TESTUSDT");
        Bar offMinute = kline(SYMBOL, START + 1, "5", "5", "5", "5", "1", null, -1);
        assertRefused(offMinute, "it does not open on a minute");
    }

    @Test
    void klinesOutOfOrderAreRefused() {
        List<Bar> klines =
                List.of(kline(1, "5", "5", "5", "5", "1"), kline(1, "5", "5", "5", "5", "1"));
        assertThatThrownBy(() -> synthesize(1, 1, klines))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it does not open after the one before");
    }

    @Test
    void tradesPerMinuteMustMakeSense() {
        assertThatThrownBy(() -> new KlineSynthesizer(SYMBOL, 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Trades per minute must be 1…1000000: given=0");
    }

    private static void assertRefused(Bar kline, String why) {
        assertThatThrownBy(() -> synthesize(1, 10, List.of(kline)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Kline refused: ")
                .hasMessageContaining(why)
                .hasMessageContaining("openTime=2023-11-14T22:14:0")
                .hasMessageNotContaining("\n");
    }

    private static Bar withTakers(Bar bar, long seed) {
        if (bar.volume().signum() == 0) {
            return withCount(bar, "0", 0);
        }
        BigDecimal unit = BigDecimal.ONE.movePointLeft(bar.volume().scale());
        long lots = bar.volume().divide(unit).longValueExact();
        int mode = (int) Math.floorMod(seed + bar.openTimeMs() / 60_000, 4L);
        long bought = mode == 0 ? 0 : mode == 1 ? lots : mode == 2 ? lots / 3 : lots - 1;
        long count = Math.min(lots, 4 + Math.floorMod(bar.openTimeMs() / 60_000 * seed, 997L));
        return withCount(bar, unit.multiply(BigDecimal.valueOf(bought)).toPlainString(), count);
    }

    private static Bar withCount(Bar bar, String takerBuyVolume, long count) {
        return kline(
                bar.symbol(),
                bar.openTimeMs(),
                bar.open().toPlainString(),
                bar.high().toPlainString(),
                bar.low().toPlainString(),
                bar.close().toPlainString(),
                bar.volume().toPlainString(),
                takerBuyVolume,
                count);
    }

    private static BigDecimal quote(Trade trade) {
        return BigDecimal.valueOf(trade.price(), 8)
                .multiply(BigDecimal.valueOf(trade.quantity(), 8));
    }

    static List<Trade> synthesize(long seed, int tradesPerMinute, List<Bar> klines) {
        List<Trade> trades = new ArrayList<>();
        new KlineSynthesizer(SYMBOL, seed, tradesPerMinute)
                .trades(klines.iterator())
                .forEachRemaining(trades::add);
        return trades;
    }

    static void assertBarsEqual(List<Bar> klines, List<Trade> trades) {
        TreeMap<Long, List<Trade>> minutes = NaiveBars.minutes(trades.iterator());
        for (Bar kline : klines) {
            List<Trade> minute = minutes.remove(kline.openTimeMs());
            if (kline.volume().signum() == 0) {
                assertThat(minute).isNull();
            } else {
                assertThat(minute).as("minute %s", kline).isNotNull();
                assertThat(NaiveBars.ohlcv(minute)).isEqualTo(NaiveBars.ohlcv(kline));
            }
        }
        assertThat(minutes).isEmpty();
    }
}
