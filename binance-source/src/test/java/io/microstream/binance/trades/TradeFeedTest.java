package io.microstream.binance.trades;

import static io.microstream.binance.trades.FeedBench.BTC;
import static io.microstream.binance.trades.FeedBench.ETH;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microstream.market.DataQuality;
import io.microstream.market.DataQuality.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Restarted ids, dead letters, foreign frames. */
class TradeFeedTest {

    private final FeedBench bench = new FeedBench();

    /** The exchange begins anew: it knows only ids from 1 on, with the times that now are. */
    private void reset(long toId) {
        bench.history.forget(BTC);
        for (long id = 1; id <= toId; id++) {
            bench.happens(NumberedTrades.tradeAt(BTC, id, bench.history.nowUs()));
            bench.time.passMillis(100);
        }
        bench.time.passSeconds(2);
    }

    @Test
    void idsThatBeginAnewAreFollowedAndReported() {
        bench.follow(BTC, 100);
        bench.trading(BTC, 101, 110);
        bench.time.passSeconds(1);
        bench.out.takeLog();
        reset(12);
        assertThat(bench.out.takeLog())
                .startsWith("BTCUSDT restarts", "BTCUSDT:1", "BTCUSDT:2")
                .endsWith("BTCUSDT:12")
                .hasSize(13);
        assertThat(bench.out.faults)
                .extracting(DataQuality::kind, DataQuality::detail)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                Kind.ID_RESET, "ids restart at 1 after 110"));
        assertThat(bench.counts.duplicates).isZero();
        assertThat(bench.counts.repaired).isZero();
    }

    @Test
    void idsThatBeganAnewWhileTheFeedWasDownAreFoundToo() {
        bench.follow(BTC, 100);
        bench.time.passSeconds(1);
        reset(5);
        assertThat(bench.out.takeLog()).startsWith("BTCUSDT restarts", "BTCUSDT:1").hasSize(6);
    }

    @Test
    void aNewTradeUnderOurNewestIdGivesARestartAwayToo() {
        bench.follow(BTC, 3);
        bench.time.passSeconds(3);
        bench.history.latency = Duration.ofSeconds(1);
        reset(9);
        assertThat(bench.ids(BTC)).isEqualTo(RepairTest.ids(1, 9));
        assertThat(bench.out.faults(Kind.ID_RESET)).hasSize(1);
    }

    @Test
    void anAnswerAboutOldIdsIsNotTakenForNewOnes() {
        bench.follow(BTC, 100);
        bench.trading(BTC, 101, 110);
        bench.time.passSeconds(3);
        bench.history.addAll(NumberedTrades.trades(BTC, 111, 120));
        bench.history.latency = Duration.ofSeconds(6);
        bench.streams.newest().show(NumberedTrades.trade(BTC, 121));
        bench.time.passMillis(3100);
        bench.history.latency = Duration.ofMillis(50);
        bench.out.takeLog();
        reset(5);
        bench.history.newestId = 5;
        bench.history.add(NumberedTrades.tradeAt(BTC, 6, bench.history.nowUs()));
        bench.happens(NumberedTrades.tradeAt(BTC, 7, bench.history.nowUs()));
        bench.time.passSeconds(4);
        bench.history.newestId = Long.MAX_VALUE;
        bench.time.passSeconds(8);
        for (long id = 8; id <= 130; id++) {
            bench.happens(NumberedTrades.tradeAt(BTC, id, bench.history.nowUs()));
            bench.time.passMillis(10);
        }
        assertThat(bench.out.takeLog()).startsWith("BTCUSDT restarts", "BTCUSDT:1").hasSize(131);
        assertThat(bench.out.trades.subList(10, 140))
                .as("none of the old trades")
                .allMatch(trade -> trade.timeUs() > NumberedTrades.trade(BTC, 121).timeUs());
    }

    @Test
    void aMadFrameIsNoRestart() {
        bench.follow(BTC, 100);
        bench.trading(BTC, 101, 110);
        bench.streams
                .newest()
                .show(NumberedTrades.tradeAt(BTC, 50, NumberedTrades.NOON_US + 3_600_000_000L));
        bench.history.addAll(NumberedTrades.trades(BTC, 111, 112));
        bench.streams.newest().show(NumberedTrades.trade(BTC, 111));
        bench.time.passSeconds(1);
        bench.trading(BTC, 113, 115);
        assertThat(bench.ids(BTC)).isEqualTo(RepairTest.ids(101, 115));
        assertThat(bench.out.log).doesNotContain("BTCUSDT restarts");
    }

    @Test
    void aRestartIsNotBelievedWhileRestFails() {
        bench.follow(BTC, 100);
        bench.trading(BTC, 101, 110);
        bench.time.passSeconds(1);
        bench.history.failing = true;
        bench.out.takeLog();
        reset(12);
        assertThat(bench.out.log).isEmpty();
        bench.history.failing = false;
        bench.time.passSeconds(2);
        assertThat(bench.out.log).startsWith("BTCUSDT restarts", "BTCUSDT:1").hasSize(13);
    }

    @Test
    void aFrameThatCannotBeReadIsKeptWithItsTextUnderTheSymbolItNames() {
        bench.follow(BTC, 100);
        bench.follow(ETH, 100);
        String bad = "{\"stream\":\"ethusdt@aggTrade\",\"data\":{\"e\":\"aggTrade\",\"s\":null}}";
        bench.streams.newest().show(bad.getBytes(UTF_8));
        bench.streams.newest().show("not json\u0000 é".getBytes(UTF_8));
        String huge = "{\"x\":\"" + "y".repeat(1_000_000);
        bench.streams.newest().show(huge.getBytes(UTF_8));

        assertThat(bench.counts.deadLetters).isEqualTo(3);
        assertThat(bench.out.faults).extracting(DataQuality::kind).containsOnly(Kind.MALFORMED);
        assertThat(bench.out.faults).extracting(DataQuality::symbol).containsExactly(ETH, BTC, BTC);
        assertThat(bench.out.faults.get(0).detail()).endsWith(": " + bad);
        assertThat(bench.out.faults.get(1).detail()).contains("not json");
        assertThat(bench.out.faults.get(2).detail())
                .endsWith("yyy … bytes=1000006")
                .hasSizeLessThan(700);
        assertThat(bench.out.faults).extracting(DataQuality::firstId).containsExactly(1L, 2L, 3L);
    }

    @Test
    void whatIsNotOursIsCountedAndIgnored() {
        bench.follow(BTC, 100);
        ScriptedStreams.Wire wire = bench.streams.newest();
        wire.show("{\"result\":null,\"id\":1}".getBytes(UTF_8));
        wire.show(
                "{\"error\":{\"code\":2,\"msg\":\"Invalid request: invalid stream\"},\"id\":2}"
                        .getBytes(UTF_8));
        wire.show("{\"e\":\"novelty\",\"E\":1,\"s\":\"BTCUSDT\"}".getBytes(UTF_8));
        wire.show(NumberedTrades.trade("SOLUSDT", 5));
        wire.show("[1,2]".getBytes(UTF_8));
        assertThat(bench.counts.foreignFrames).isEqualTo(3);
        assertThat(bench.counts.deadLetters).isZero();
        assertThat(bench.out.faults).isEmpty();
    }

    @Test
    void answersThatComeAfterTheEndAreIgnored() {
        bench.history.addAll(NumberedTrades.trades(BTC, 101, 110));
        bench.follow(BTC, 100);
        bench.follow(ETH, 100);
        bench.history.addAll(NumberedTrades.trades(ETH, 101, 110));
        bench.feed.remove(BTC);
        bench.time.passSeconds(3);
        assertThat(bench.ids(BTC)).isEmpty();
        assertThat(bench.ids(ETH)).hasSize(10);

        bench.time.passSeconds(12);
        bench.history.add(NumberedTrades.trade(ETH, 111));
        bench.time.passSeconds(2);
        bench.feed.close();
        bench.time.passSeconds(60);
        assertThat(bench.ids(ETH)).hasSize(10);
    }

    @Test
    void aSymbolIsFedOnce() {
        bench.follow(BTC, 100);
        assertThatThrownBy(() -> bench.follow(BTC, 100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Symbol is fed already: symbol=BTCUSDT");
    }
}
