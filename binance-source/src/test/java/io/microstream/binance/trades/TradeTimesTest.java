package io.microstream.binance.trades;

import static io.microstream.binance.trades.FeedBench.BTC;
import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.market.DataQuality;
import io.microstream.market.DataQuality.Kind;
import io.microstream.market.Trade;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A live trade whose time cannot be right moves no clock; one after a long outage does. */
class TradeTimesTest {

    private static final long HOUR_US = 3_600_000_000L;

    @Test
    void oneWildTimeOnTheStreamIsQuarantinedWhateverItsOffset() {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            FeedBench bench = new FeedBench();
            bench.follow(BTC, 100);
            long wild = 101 + random.nextInt(8);
            long hours = 2 + random.nextInt(2000);
            long offsetUs = (random.nextBoolean() ? 1 : -1) * hours * HOUR_US;
            for (long id = 101; id <= 120; id++) {
                Trade trade = NumberedTrades.trade(BTC, id);
                boolean isWild = id == wild;
                bench.happens(
                        isWild
                                ? NumberedTrades.tradeAt(BTC, id, trade.timeUs() + offsetUs)
                                : trade);
                bench.time.passMillis(random.nextInt(300));
            }
            bench.time.passSeconds(3);
            assertThat(bench.out.trades)
                    .as("seed=%d wild=%d hours=%d", seed, wild, offsetUs / HOUR_US)
                    .extracting(Trade::id)
                    .isEqualTo(
                            LongStream.rangeClosed(101, 120)
                                    .filter(id -> id != wild)
                                    .boxed()
                                    .toList());
            assertThat(bench.out.faults(Kind.TIME_OUTLIER))
                    .as("seed=%d", seed)
                    .extracting(DataQuality::firstId)
                    .containsExactly(wild);
        }
    }

    @Test
    void aTradeAfterAnOutageOfHoursIsBelieved() {
        FeedBench bench = new FeedBench();
        bench.follow(BTC, 100);
        bench.trading(BTC, 101, 105);
        bench.time.passSeconds(5 * 3600);
        bench.out.takeLog();
        for (long id = 106; id <= 110; id++) {
            bench.happens(NumberedTrades.tradeAt(BTC, id, bench.history.nowUs()));
            bench.time.passMillis(100);
        }
        bench.time.passSeconds(2);
        assertThat(bench.ids(BTC)).endsWith(106L, 107L, 108L, 109L, 110L);
        assertThat(bench.out.faults(Kind.TIME_OUTLIER)).isEmpty();
    }

    @Test
    void aTradeWithoutQuantityIsSetAside() {
        FeedBench bench = new FeedBench();
        bench.follow(BTC, 100);
        bench.history.add(NumberedTrades.trade(BTC, 101));
        Trade real = NumberedTrades.trade(BTC, 102);
        bench.history.add(
                new Trade(
                        BTC,
                        102,
                        real.price(),
                        0,
                        real.firstTradeId(),
                        real.lastTradeId(),
                        real.timeUs(),
                        true));
        bench.happens(NumberedTrades.trade(BTC, 103));
        bench.time.passSeconds(2);
        assertThat(bench.ids(BTC)).containsExactly(101L, 103L);
        assertThat(bench.out.faults(Kind.MALFORMED)).hasSize(1);
    }
}
