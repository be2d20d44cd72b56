package io.microstream.binance.trades;

import static io.microstream.binance.trades.FeedBench.BTC;
import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.market.DataQuality;
import io.microstream.market.DataQuality.Kind;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RepairTest {

    private final FeedBench bench = new FeedBench();

    @Test
    void whatTheStreamSkippedIsFetchedAndReportedOnce() {
        bench.follow(BTC, 100);
        bench.trading(BTC, 101, 105);
        bench.history.addAll(NumberedTrades.trades(BTC, 106, 108));
        bench.trading(BTC, 109, 112);

        assertThat(bench.ids(BTC)).isEqualTo(ids(101, 112));
        assertThat(bench.out.trades).isEqualTo(NumberedTrades.trades(BTC, 101, 112));
        assertThat(bench.out.faults)
                .containsExactly(
                        new DataQuality(
                                BTC,
                                NumberedTrades.trade(BTC, 106).timeUs(),
                                Kind.GAP,
                                106,
                                108,
                                0,
                                3,
                                0,
                                "not on the stream, fetched"));
        assertThat(bench.counts.repaired).isEqualTo(3);
    }

    @Test
    void whatRestKnowsBeyondTheGapIsLeftToTheStream() {
        bench.follow(BTC, 100);
        bench.trading(BTC, 101, 105);
        bench.history.addAll(NumberedTrades.trades(BTC, 106, 112));
        bench.streams.newest().show(NumberedTrades.trade(BTC, 109));
        bench.time.passMillis(60);
        assertThat(bench.ids(BTC)).isEqualTo(ids(101, 109));

        NumberedTrades.trades(BTC, 110, 112).forEach(bench.streams.newest()::show);
        assertThat(bench.ids(BTC)).isEqualTo(ids(101, 112));
        assertThat(bench.counts.repaired).isEqualTo(3);
        assertThat(bench.out.faults(Kind.GAP)).hasSize(1);
        assertThat(bench.counts.duplicates).isZero();
    }

    @Test
    void aLaggingRestIsAskedAfterGrowingPausesHoweverMuchTheStreamBrings() {
        bench.follow(BTC, 100);
        bench.time.passSeconds(3);
        bench.history.newestId = 100;
        int before = bench.history.asked("from").size();
        bench.history.addAll(NumberedTrades.trades(BTC, 101, 103));
        bench.trading(BTC, 104, 203);
        assertThat(bench.ids(BTC)).isEmpty();
        assertThat(bench.history.asked("from").size() - before).as("in 10 s").isBetween(4, 6);

        bench.history.newestId = Long.MAX_VALUE;
        bench.time.passSeconds(10);
        assertThat(bench.ids(BTC)).isEqualTo(ids(101, 203));
    }

    @Test
    void aFailingRestIsAskedUntilItAnswers() {
        bench.follow(BTC, 100);
        bench.time.passSeconds(3);
        bench.history.failing = true;
        bench.history.add(NumberedTrades.trade(BTC, 101));
        bench.trading(BTC, 102, 110);
        bench.time.passSeconds(300);
        assertThat(bench.ids(BTC)).isEmpty();
        assertThat(bench.history.asked("from")).hasSizeBetween(10, 25);

        bench.history.failing = false;
        bench.time.passSeconds(31);
        assertThat(bench.ids(BTC)).isEqualTo(ids(101, 110));
    }

    @Test
    void anAnswerThatStartsHigherOnceIsAskedForAgain() {
        bench.follow(BTC, 100);
        bench.time.passSeconds(3);
        bench.history.addAll(NumberedTrades.trades(BTC, 101, 105));
        bench.history.higher = 1;
        bench.trading(BTC, 106, 108);
        bench.time.passSeconds(2);
        assertThat(bench.ids(BTC)).isEqualTo(ids(101, 108));
        assertThat(bench.out.log).noneMatch(line -> line.contains("loses"));
    }

    @Test
    void whatTheExchangeTwiceDoesNotServeIsLostAndSaidToBe() {
        bench.follow(BTC, 100);
        bench.time.passSeconds(3);
        bench.history.addAll(NumberedTrades.trades(BTC, 101, 105));
        bench.history.higher = 2;
        bench.trading(BTC, 106, 108);
        bench.time.passSeconds(2);
        assertThat(bench.ids(BTC)).isEqualTo(ids(104, 108));
        assertThat(bench.out.log)
                .startsWith(
                        "BTCUSDT loses: asked for id 101, the exchange serves from 104 on",
                        "BTCUSDT:104");
    }

    @Test
    void whatFoundNoRoomBehindAGapIsFetchedEvenIfNothingFollows() {
        FeedBench small = new FeedBench(FeedBench.CONFIG.sized(200, 10));
        small.follow(BTC, 100);
        small.time.passSeconds(1);
        small.history.newestId = 100;
        small.history.add(NumberedTrades.trade(BTC, 101));
        small.trading(BTC, 102, 140);
        assertThat(small.counts.heldDropped).isEqualTo(29);
        small.history.newestId = Long.MAX_VALUE;
        small.time.passSeconds(5);
        assertThat(small.ids(BTC)).isEqualTo(ids(101, 140));
        assertThat(small.counts.duplicates).isZero();
    }

    @Test
    void whatIsMissingSinceTheFeedWentDownIsFetchedPageByPage() {
        bench.history.addAll(NumberedTrades.trades(BTC, 101, 2600));
        bench.follow(BTC, 100);
        bench.time.passMillis(50);
        assertThat(bench.ids(BTC)).isEqualTo(ids(101, 1100));
        bench.time.passMillis(100);
        assertThat(bench.ids(BTC)).isEqualTo(ids(101, 2600));
        bench.time.passSeconds(35);
        DataQuality fault = bench.out.faults.get(0);
        assertThat(fault.detail()).isEqualTo("while down, fetched");
        assertThat(fault.repaired()).isEqualTo(2500);
        assertThat(bench.out.faults).hasSize(1);
    }

    static List<Long> ids(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }
}
