package io.microstream.binance.trades;

import static io.microstream.binance.trades.FeedBench.BTC;
import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.wire.StreamKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Trade {@code n} happens {@code n} × 100 ms after noon; a minute holds 600. */
class BeginningTest {

    private final FeedBench bench = new FeedBench();

    @Test
    void beginsWithATradeByItsId() {
        bench.history.addAll(NumberedTrades.trades(BTC, 0, 700));
        bench.feed.add(BTC, FeedStart.atId(600), Long.MAX_VALUE);
        bench.time.passSeconds(1);
        assertThat(bench.out.log)
                .startsWith("BTCUSDT begins, proven", "BTCUSDT:600")
                .endsWith("BTCUSDT:700")
                .hasSize(102);
    }

    @Test
    void isNotProvenIfSomethingPrecedesItInItsMinute() {
        bench.history.addAll(NumberedTrades.trades(BTC, 0, 700));
        bench.feed.add(BTC, FeedStart.atId(601), Long.MAX_VALUE);
        bench.time.passSeconds(1);
        assertThat(bench.out.log).startsWith("BTCUSDT begins", "BTCUSDT:601");
    }

    @Test
    void beginsWithTheFirstTradeSinceATime() {
        bench.history.addAll(NumberedTrades.trades(BTC, 0, 700));
        bench.feed.add(
                BTC, FeedStart.atTimeMs(NumberedTrades.NOON_US / 1000 + 60_001), Long.MAX_VALUE);
        bench.time.passSeconds(1);
        assertThat(bench.out.log).startsWith("BTCUSDT begins", "BTCUSDT:601");
    }

    @Test
    void asSingleTradesItBeginsWithTheFirstOfTheAggregate() {
        FeedBench singles = new FeedBench(FeedBench.CONFIG.of(StreamKind.TRADE));
        singles.history.addAll(NumberedTrades.trades(BTC, 0, 700));
        singles.feed.add(
                BTC, FeedStart.atTimeMs(NumberedTrades.NOON_US / 1000 + 10_000), Long.MAX_VALUE);
        singles.time.passSeconds(1);
        assertThat(singles.out.log).startsWith("BTCUSDT begins", "BTCUSDT:300");
    }

    @Test
    void latestBeginsWithWhatTheStreamShowsFirst() {
        bench.history.addAll(NumberedTrades.trades(BTC, 0, 4));
        bench.feed.add(BTC, FeedStart.LATEST, Long.MAX_VALUE);
        bench.time.settle();
        bench.trading(BTC, 5, 9);
        assertThat(bench.out.log)
                .containsExactly(
                        "BTCUSDT begins",
                        "BTCUSDT:5",
                        "BTCUSDT:6",
                        "BTCUSDT:7",
                        "BTCUSDT:8",
                        "BTCUSDT:9");
        assertThat(bench.counts.repaired).isZero();
    }

    @Test
    void latestIsProvenIfTheFirstIsTheFirstOfItsMinute() {
        bench.feed.add(BTC, FeedStart.LATEST, Long.MAX_VALUE);
        bench.time.settle();
        bench.trading(BTC, 0, 3);
        assertThat(bench.out.log).startsWith("BTCUSDT begins, proven", "BTCUSDT:0");
    }

    @Test
    void aStreamThatIsSilentFromTheStartIsNotWaitedFor() {
        bench.history.addAll(NumberedTrades.trades(BTC, 0, 50));
        bench.feed.add(BTC, FeedStart.LATEST, Long.MAX_VALUE);
        bench.time.passSeconds(12);
        bench.history.addAll(NumberedTrades.trades(BTC, 121, 160));
        bench.time.passSeconds(60);
        assertThat(bench.out.log).startsWith("BTCUSDT begins", "BTCUSDT:121");
        assertThat(bench.ids(BTC)).isEqualTo(RepairTest.ids(121, 160));
    }

    @Test
    void whileNothingTradesThatIsProvenMinuteByMinuteAndRestHardlyAsked() {
        bench.feed.add(BTC, FeedStart.LATEST, Long.MAX_VALUE);
        bench.time.passSeconds(7 * 60);
        assertThat(bench.out.takeLog())
                .containsExactly(
                        "BTCUSDT complete until +60s",
                        "BTCUSDT complete until +120s",
                        "BTCUSDT complete until +180s",
                        "BTCUSDT complete until +240s",
                        "BTCUSDT complete until +300s",
                        "BTCUSDT complete until +360s");
        assertThat(bench.history.questions).hasSizeLessThan(90);

        bench.happens(NumberedTrades.tradeAt(BTC, 77, NumberedTrades.NOON_US + 425_000_000));
        bench.time.passMillis(200);
        assertThat(bench.out.log).containsExactly("BTCUSDT begins, proven", "BTCUSDT:77");
    }

    @Test
    void aRestThatDoesNotKnowTheBeginningYetIsAskedOnceASecond() {
        bench.history.newestId = -1;
        bench.feed.add(BTC, FeedStart.atTimeMs(NumberedTrades.NOON_US / 1000), Long.MAX_VALUE);
        bench.time.settle();
        bench.trading(BTC, 0, 99);
        assertThat(bench.history.asked("since")).hasSizeBetween(9, 13);
        assertThat(bench.out.log).isEmpty();
        bench.history.newestId = Long.MAX_VALUE;
        bench.time.passSeconds(2);
        assertThat(bench.out.log).startsWith("BTCUSDT begins, proven", "BTCUSDT:0").hasSize(101);
        assertThat(bench.counts.duplicates).isZero();
    }

    @Test
    void aRestThatRefusesIsAskedNowAndThen() {
        bench.history.failing = true;
        bench.feed.add(BTC, FeedStart.atTimeMs(NumberedTrades.NOON_US / 1000), Long.MAX_VALUE);
        bench.time.settle();
        bench.trading(BTC, 0, 599);
        assertThat(bench.history.questions).hasSizeLessThan(15);
        bench.history.failing = false;
        bench.time.passSeconds(11);
        assertThat(bench.out.log).startsWith("BTCUSDT begins, proven", "BTCUSDT:0");
    }

    @Test
    void latestDoesNotWaitForARestThatDoesNotAnswer() {
        bench.history.latency = Duration.ofMinutes(30);
        bench.feed.add(BTC, FeedStart.LATEST, Long.MAX_VALUE);
        bench.time.settle();
        bench.trading(BTC, 0, 99);
        assertThat(bench.out.log).isEmpty();
        bench.trading(BTC, 100, 110);
        assertThat(bench.out.log).startsWith("BTCUSDT begins", "BTCUSDT:0").hasSize(112);
        bench.time.pass(Duration.ofHours(1));
        assertThat(bench.out.log).filteredOn(line -> line.contains("begins")).hasSize(1);
    }

    @Test
    void withoutAProofItBeginsUnproven() {
        bench.feed.add(BTC, FeedStart.LATEST, Long.MAX_VALUE);
        bench.time.settle();
        bench.history.failing = true;
        bench.trading(BTC, 0, 3);
        assertThat(bench.out.log).startsWith("BTCUSDT begins", "BTCUSDT:0");
    }
}
