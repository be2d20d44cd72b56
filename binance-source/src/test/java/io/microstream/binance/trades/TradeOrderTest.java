package io.microstream.binance.trades;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.market.DataQuality;
import io.microstream.market.Trade;
import io.microstream.market.TradeView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TradeOrderTest {

    private static final TradeTimes TIMES = new TradeTimes(Duration.ofSeconds(1), () -> 0);

    private static final String BTC = FeedBench.BTC;

    private final RecordedFeed out = new RecordedFeed();
    private final RecordedReports reports = new RecordedReports();

    @Test
    void nothingGoesOutBeforeItHasBegun() {
        TradeOrder order = order(10);
        stream(order, 5, 6, 7);
        assertThat(out.log).isEmpty();
        begin(order, 5);
        assertThat(out.takeLog()).containsExactly("BTCUSDT:6", "BTCUSDT:7");
        assertThat(order.hasGap()).isFalse();
    }

    @Test
    void whatComesTooEarlyWaitsForWhatRestBrings() {
        TradeOrder order = order(10);
        begin(order, 5);
        stream(order, 6, 9, 10);
        assertThat(order.hasGap()).isTrue();
        fetch(order, 7, 8, 9, 10);
        assertThat(out.takeLog())
                .containsExactly("BTCUSDT:6", "BTCUSDT:7", "BTCUSDT:8", "BTCUSDT:9", "BTCUSDT:10");
        assertThat(reports.fetched).containsExactly(7L, 8L);
        assertThat(reports.repeated).isEmpty();
        assertThat(order.hasGap()).isFalse();
    }

    @Test
    void whatAStreamShowsTwiceIsADuplicateAndWhatRestBroughtBeforeItIsNone() {
        TradeOrder order = order(10);
        begin(order, 5);
        fetch(order, 6, 7);
        stream(order, 6, 7, 8, 7, 8, 9);
        assertThat(reports.repeated).containsExactly(7L, 8L);
        assertThat(reports.overtaken).containsExactly(6L, 7L);
        assertThat(out.trades).extracting(Trade::id).containsExactly(6L, 7L, 8L, 9L);
    }

    @Test
    void whatTheSlowerOfTwoStreamsShowsFirstIsNoDuplicate() {
        TradeOrder order = order(10);
        begin(order, 5);
        stream(order, 7, 6, 7);
        assertThat(reports.repeated).containsExactly(7L);
        assertThat(out.trades).extracting(Trade::id).containsExactly(6L, 7L);
    }

    @Test
    void aSecondTradeUnderOneIdIsATradeOfItsOwnInEveryState() {
        Trade twin = NumberedTrades.twinOf(NumberedTrades.trade(BTC, 7));
        TradeOrder order = order(10);
        begin(order, 5);
        stream(order, 6, 7);
        stream(order, twin);
        stream(order, 8);
        assertThat(out.trades).contains(twin).hasSize(4);

        out.trades.clear();
        order = order(10);
        begin(order, 5);
        stream(order, 7);
        stream(order, twin);
        stream(order, 8);
        fetch(order, 6, 7);
        assertThat(out.trades)
                .containsExactly(
                        NumberedTrades.trade(BTC, 6),
                        NumberedTrades.trade(BTC, 7),
                        twin,
                        NumberedTrades.trade(BTC, 8));
        assertThat(reports.repeated).isEmpty();
    }

    @Test
    void nothingBehindTheLastIdWantedIsTakenIn() {
        TradeOrder order = new TradeOrder(BTC, 10, 7, TIMES, out, reports);
        begin(order, 5);
        stream(order, 6, 7, 8, 10);
        assertThat(out.takeLog()).containsExactly("BTCUSDT:6", "BTCUSDT:7");
        assertThat(order.lastId()).isEqualTo(7);
        assertThat(order.newestTimeUs()).isEqualTo(NumberedTrades.trade(BTC, 7).timeUs());
        assertThat(order.hasReachedStop()).isTrue();
        assertThat(order.hasGap()).isFalse();
    }

    @Test
    void anOldIdWithANewTimeIsAContradiction() {
        TradeOrder order = order(10);
        long later = NumberedTrades.trade(BTC, 9).timeUs();
        order.begin(7, 23, NumberedTrades.trade(BTC, 7).timeUs());
        assertThat(order.contradicts(1, later)).isTrue();
        assertThat(order.contradicts(6, NumberedTrades.trade(BTC, 6).timeUs())).isFalse();
        assertThat(order.contradicts(8, later)).isFalse();
        TradeOrder fresh = order(10);
        fresh.begin(7, -1, -1);
        assertThat(fresh.contradicts(1, later)).isFalse();
    }

    @Test
    void givingUpLetsTheRestOut() {
        TradeOrder order = order(10);
        begin(order, 5);
        stream(order, 9, 10, 12);
        order.giveUpBefore(9);
        assertThat(out.takeLog()).containsExactly("BTCUSDT:9", "BTCUSDT:10");
        assertThat(order.hasGap()).isTrue();
        order.giveUpBefore(11);
        fetch(order, 11);
        assertThat(out.takeLog()).containsExactly("BTCUSDT:11", "BTCUSDT:12");
    }

    @Test
    void restartingForgetsEverything() {
        TradeOrder order = order(10);
        begin(order, 100);
        stream(order, 101, 105);
        order.restart();
        begin(order, 0);
        stream(order, 1, 2);
        assertThat(out.takeLog()).containsExactly("BTCUSDT:101", "BTCUSDT:1", "BTCUSDT:2");
        assertThat(reports.repeated).isEmpty();
        assertThat(order.era()).isEqualTo(1);
    }

    /**
     * Two streams that overlap, each with gaps and repeats and as late as it likes, REST pages in
     * between, little room: whatever the order, the trades come out whole, in order, each trade
     * once.
     */
    @Test
    void anyArrivalOrderGivesTheTradesAsASortedSetWould() {
        long trades = 0;
        for (long seed = 0; seed < 500; seed++) {
            trades += arrivals(seed);
        }
        System.out.println("TradeOrder against the sorted set: seeds=500 trades=" + trades);
    }

    private long arrivals(long seed) {
        SplittableRandom chance = new SplittableRandom(seed);
        out.trades.clear();
        reports.clear();
        List<Trade> trades = tradesOf(chance);
        TradeOrder order = order(1 + chance.nextInt(40));
        NaiveOrder naive = new NaiveOrder(trades);
        int[] at = new int[2];
        if (chance.nextBoolean()) {
            begin(order, 0);
        }
        while (at[0] < trades.size() || at[1] < trades.size()) {
            int which = chance.nextInt(2);
            int what = chance.nextInt(100);
            if (at[which] < trades.size() && what < 85) {
                Trade next = trades.get(at[which]++);
                if (chance.nextInt(10) > 0) {
                    show(order, naive, next);
                }
            } else if (what < 90 && at[which] > 0) {
                show(order, naive, trades.get(chance.nextInt(at[which])));
            } else if (what < 95 && !order.hasBegun()) {
                begin(order, 0);
            } else if (order.hasBegun()) {
                int shown = Math.max(at[0], at[1]);
                trades.subList(0, shown).stream()
                        .filter(trade -> trade.id() > order.lastId())
                        .limit(1 + chance.nextInt(10))
                        .toList()
                        .forEach(trade -> fetch(order, trade));
            }
            assertThat(out.trades).as("seed=%d", seed).isEqualTo(naive.prefix(out.trades.size()));
            assertThat(order.held().isEmpty() || order.held().firstId() > order.lastId())
                    .as("seed=%d", seed)
                    .isTrue();
        }
        if (!order.hasBegun()) {
            begin(order, 0);
        }
        trades.stream()
                .filter(trade -> trade.id() > order.lastId())
                .toList()
                .forEach(trade -> fetch(order, trade));
        assertThat(out.trades).as("seed=%d", seed).isEqualTo(trades);
        assertThat(reports.emitted).as("seed=%d", seed).isEqualTo(trades.size());
        assertThat(reports.repeated.size() + 0L)
                .as("duplicates, seed=%d", seed)
                .isBetween(naive.surelyRepeated(), naive.repeated());
        return trades.size();
    }

    private static List<Trade> tradesOf(SplittableRandom chance) {
        return NumberedTrades.trades(BTC, 1, 1 + chance.nextInt(200));
    }

    private void show(TradeOrder order, NaiveOrder naive, Trade trade) {
        boolean out = order.hasBegun() && trade.id() <= order.lastId();
        naive.shown(trade, out || order.held().contains(trade.id()));
        stream(order, trade);
    }

    private TradeOrder order(int limit) {
        return new TradeOrder(BTC, limit, Long.MAX_VALUE, TIMES, out, reports);
    }

    private static void begin(TradeOrder order, long id) {
        Trade last = NumberedTrades.trade(BTC, id);
        order.begin(id, last.lastTradeId(), last.timeUs());
    }

    private static void stream(TradeOrder order, long... ids) {
        for (long id : ids) {
            stream(order, NumberedTrades.trade(BTC, id));
        }
    }

    private static void stream(TradeOrder order, Trade trade) {
        order.streamed(trade);
    }

    private static void fetch(TradeOrder order, long... ids) {
        for (long id : ids) {
            fetch(order, NumberedTrades.trade(BTC, id));
        }
    }

    private static void fetch(TradeOrder order, Trade trade) {
        order.fetched(trade);
    }

    /** What comes out is every trade; how often streams repeated themselves is counted by a set. */
    private static final class NaiveOrder {
        private final List<Trade> trades;
        private final java.util.Set<Trade> shown = new java.util.HashSet<>();
        private long repeated;
        private long surely;
        private long lateButKnown;
        private long highest = -1;

        NaiveOrder(List<Trade> trades) {
            this.trades = trades;
        }

        void shown(Trade trade, boolean known) {
            boolean again = !shown.add(trade);
            surely += again && known ? 1 : 0;
            lateButKnown += !again && known && trade.id() <= highest ? 1 : 0;
            repeated += again ? 1 : 0;
            highest = Math.max(highest, trade.id());
        }

        /** What was shown again and has a place: one that was dropped for want of room has none. */
        long surelyRepeated() {
            return surely;
        }

        /** With those that REST brought before a stream that had skipped them showed them late. */
        long repeated() {
            return repeated + lateButKnown;
        }

        List<Trade> prefix(int length) {
            return trades.subList(0, length);
        }
    }

    /** Records what the order reports. */
    private static final class RecordedReports implements TradeOrder.Listener {
        final List<Long> fetched = new ArrayList<>();
        final List<Long> repeated = new ArrayList<>();
        final List<Long> overtaken = new ArrayList<>();
        int emitted;
        int dropped;

        void clear() {
            fetched.clear();
            repeated.clear();
            overtaken.clear();
            emitted = 0;
            dropped = 0;
        }

        @Override
        public void emitted(long id, long timeUs, boolean wasFetched) {
            emitted++;
            if (wasFetched) {
                fetched.add(id);
            }
        }

        @Override
        public void repeated(long id, long timeUs) {
            repeated.add(id);
        }

        @Override
        public void overtaken(long id) {
            overtaken.add(id);
        }

        @Override
        public void quarantined(TradeView trade, DataQuality.Kind kind, String why) {
            throw new AssertionError("No time is wrong here: " + why);
        }

        @Override
        public void dropped() {
            dropped++;
        }
    }
}
