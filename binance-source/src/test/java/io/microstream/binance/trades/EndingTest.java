package io.microstream.binance.trades;

import static io.microstream.binance.trades.FeedBench.BTC;
import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.market.Trade;
import org.junit.jupiter.api.Test;

/** The feed ends with trade 105, 10.5 s after noon; the minute ends at +60 s. */
class EndingTest {

    private final FeedBench bench = new FeedBench();

    private void follow(long stopId) {
        Trade last = NumberedTrades.trade(BTC, 100);
        bench.history.clockUs = last.timeUs();
        bench.feed.resume(BTC, 100, last.lastTradeId(), last.timeUs(), stopId, null);
        bench.time.settle();
    }

    @Test
    void isProvenByTheNextTradeIfThatIsOfALaterMinute() {
        follow(105);
        bench.trading(BTC, 101, 105);
        bench.history.add(NumberedTrades.tradeAt(BTC, 106, NumberedTrades.NOON_US + 60_000_000));
        bench.time.passSeconds(2);
        assertThat(bench.out.log)
                .endsWith("BTCUSDT:105", "BTCUSDT complete until +60s", "BTCUSDT ended");
    }

    @Test
    void isNotProvenIfTheNextTradeIsOfTheSameMinute() {
        follow(105);
        bench.history.addAll(NumberedTrades.trades(BTC, 101, 107));
        bench.time.passSeconds(2);
        assertThat(bench.out.log).endsWith("BTCUSDT:105", "BTCUSDT ended").hasSize(6);
    }

    @Test
    void isProvenByTheClockIfNothingFollows() {
        follow(105);
        bench.trading(BTC, 101, 105);
        bench.time.passSeconds(50);
        assertThat(bench.out.log).endsWith("BTCUSDT:105");
        bench.time.passSeconds(7);
        assertThat(bench.out.log)
                .endsWith("BTCUSDT:105", "BTCUSDT complete until +60s", "BTCUSDT ended");
    }

    @Test
    void isProvenThoughTheStreamHasShownTheNextMinuteAlready() {
        follow(105);
        for (long id = 101; id <= 105; id++) {
            bench.history.add(NumberedTrades.trade(BTC, id));
        }
        Trade next = NumberedTrades.tradeAt(BTC, 106, NumberedTrades.NOON_US + 60_000_000);
        Trade afterNext = NumberedTrades.tradeAt(BTC, 107, NumberedTrades.NOON_US + 61_000_000);
        bench.happens(next);
        bench.happens(afterNext);
        bench.time.passSeconds(3);
        assertThat(bench.ids(BTC)).isEqualTo(RepairTest.ids(101, 105));
        assertThat(bench.out.log).endsWith("BTCUSDT complete until +60s", "BTCUSDT ended");
    }

    @Test
    void aClockThatStandsIsNotWaitedForForEver() {
        bench.history.clockStands = true;
        follow(105);
        bench.trading(BTC, 101, 105);
        bench.time.passSeconds(40);
        assertThat(bench.out.log).endsWith("BTCUSDT:105", "BTCUSDT ended");
    }

    @Test
    void aRestThatFailsIsNotWaitedForForEver() {
        follow(105);
        bench.trading(BTC, 101, 105);
        bench.history.failing = true;
        bench.time.passSeconds(40);
        assertThat(bench.out.log).endsWith("BTCUSDT:105", "BTCUSDT ended");
    }

    @Test
    void aFeedThatIsResumedBehindItsEndEndsAtOnce() {
        follow(100);
        bench.time.passSeconds(70);
        assertThat(bench.out.log).containsExactly("BTCUSDT complete until +60s", "BTCUSDT ended");
    }
}
