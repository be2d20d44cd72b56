package io.microstream.binance.trades;

import static io.microstream.binance.trades.FeedBench.BTC;
import static io.microstream.binance.trades.FeedBench.ETH;
import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.market.DataQuality;
import io.microstream.market.DataQuality.Kind;
import io.microstream.market.Trade;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LivenessTest {

    private final FeedBench bench = new FeedBench();

    /** The exchange pings, so that no connection looks dead. */
    private void passWithPings(Duration time) {
        for (long left = time.toSeconds(); left > 0; left--) {
            bench.time.passSeconds(1);
            bench.streams.alive().forEach(ScriptedStreams.Wire::ping);
        }
    }

    /** Trades happen that no stream shows. */
    private void unseen(long fromId, long toId) {
        for (long id = fromId; id <= toId; id++) {
            bench.time.passMillis(100);
            bench.history.add(NumberedTrades.trade(BTC, id));
            bench.streams.alive().forEach(ScriptedStreams.Wire::ping);
        }
    }

    @Test
    void aSymbolWithoutTradesIsMarkedCompleteEachMinuteAndNeverCalledStalled() {
        bench.follow(BTC, 0);
        passWithPings(Duration.ofHours(6));
        List<String> proofs = bench.out.takeLog();
        assertThat(proofs)
                .hasSize(359)
                .startsWith("BTCUSDT complete until +60s", "BTCUSDT complete until +120s")
                .endsWith("BTCUSDT complete until +" + 359 * 60 + "s");
        assertThat(bench.counts.stalls).isZero();
        assertThat(bench.streams.wires).hasSize(1);
        assertThat(bench.streams.newest().said).hasSize(1);
        assertThat(bench.counts.probes).isBetween(359L, 375L);
    }

    @Test
    void theProofComesWithinSecondsOfTheMinutesEnd() {
        bench.follow(BTC, 0);
        for (int minute = 1; minute < 60; minute++) {
            boolean proven =
                    bench.time.passUntil(Duration.ofMinutes(2), () -> !bench.out.log.isEmpty());
            bench.streams.newest().ping();
            assertThat(proven).isTrue();
            assertThat(bench.out.takeLog())
                    .containsExactly("BTCUSDT complete until +" + minute * 60 + "s");
            assertThat(bench.time.seconds() - minute * 60L).isBetween(5L, 11L);
        }
    }

    @Test
    void aDeadStreamIsFoundWithinSecondsAndRestTakesItsPlace() {
        bench.follow(BTC, 100);
        bench.trading(BTC, 101, 200);
        long last = bench.time.seconds();
        unseen(201, 380);
        assertThat(bench.counts.stalls).isEqualTo(1);
        assertThat(bench.counts.polledSymbols).isEqualTo(1);
        assertThat(bench.time.seconds() - last).isLessThanOrEqualTo(18);
        assertThat(bench.ids(BTC)).isEqualTo(RepairTest.ids(101, bench.ids(BTC).size() + 100L));
        assertThat(bench.ids(BTC).size()).isGreaterThan(255);
        assertThat(bench.out.faults).hasSize(1);
        assertThat(bench.out.faults.get(0).detail())
                .isEqualTo("silent, while trades from 201 on were known to REST");
    }

    @Test
    void theRemediesFollowOneAnotherAndTheAlarmIsReported() {
        bench.follow(BTC, 100);
        bench.trading(BTC, 101, 200);
        unseen(201, 360);
        ScriptedStreams.Wire first = bench.streams.newest();
        unseen(361, 390);
        assertThat(first.said)
                .containsExactly(
                        "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@aggTrade\"],\"id\":1}",
                        "{\"method\":\"UNSUBSCRIBE\",\"params\":[\"btcusdt@aggTrade\"],\"id\":2}",
                        "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@aggTrade\"],\"id\":3}");
        unseen(391, 600);
        assertThat(bench.streams.wires).hasSize(2);
        unseen(601, 900);
        assertThat(first.closedByUs).isTrue();
        assertThat(bench.out.faults(Kind.STALL))
                .extracting(DataQuality::detail)
                .containsExactly(
                        "silent, while trades from 201 on were known to REST",
                        "degraded: polled by REST until the stream returns");
        unseen(901, 6000);
        assertThat(bench.streams.wires).hasSize(2);
        assertThat(bench.ids(BTC).size()).isGreaterThan(5880);

        bench.trading(BTC, 6001, 6010);
        bench.time.passSeconds(2);
        assertThat(bench.counts.polledSymbols).isZero();
        assertThat(bench.ids(BTC)).isEqualTo(RepairTest.ids(101, 6010));
        assertThat(bench.out.faults(Kind.GAP).stream().mapToLong(DataQuality::repaired).sum())
                .isEqualTo(5800);
    }

    @Test
    void aStreamThatIsOnlySlowerThanRestIsNotCalledStalled() {
        bench.follow(BTC, 100);
        bench.trading(BTC, 101, 110);
        for (long id = 111; id < 140; id++) {
            passWithPings(Duration.ofSeconds(30));
            bench.history.add(NumberedTrades.trade(BTC, id));
            passWithPings(Duration.ofSeconds(4));
            bench.streams.newest().show(NumberedTrades.trade(BTC, id));
        }
        assertThat(bench.counts.stalls).isZero();
        assertThat(bench.ids(BTC)).isEqualTo(RepairTest.ids(101, 139));
        assertThat(bench.counts.repaired).isZero();
    }

    @Test
    void aPolledSymbolThatStopsTradingIsMarkedCompleteToo() {
        bench.follow(BTC, 0);
        unseen(1, 300);
        assertThat(bench.counts.polledSymbols).isEqualTo(1);
        passWithPings(Duration.ofMinutes(5));
        assertThat(bench.out.log)
                .contains(
                        "BTCUSDT complete until +60s",
                        "BTCUSDT complete until +120s",
                        "BTCUSDT complete until +180s",
                        "BTCUSDT complete until +240s",
                        "BTCUSDT complete until +300s");
        assertThat(bench.counts.polledSymbols).isEqualTo(1);
    }

    @Test
    void aTradeThatComesWhileTheProofIsOnItsWayVoidsIt() {
        bench.history.latency = Duration.ofSeconds(2);
        bench.follow(BTC, 0);
        bench.time.pass(Duration.ofMillis(66_000 + 50));
        bench.out.takeLog();
        Trade trade = NumberedTrades.trade(BTC, 1);
        while (bench.history.asked("from").get(bench.history.asked("from").size() - 1).nanos()
                < bench.time.nanos() - 1_000_000_000L) {
            bench.time.passMillis(100);
            assertThat(bench.time.seconds()).isLessThan(75);
        }
        bench.streams.newest().show(trade);
        bench.time.passSeconds(3);
        assertThat(bench.out.log).containsExactly("BTCUSDT:1");
    }

    @Test
    void aHaltIsReportedOnceAndIsNoStall() {
        bench.follow(BTC, 100);
        bench.follow(ETH, 100);
        bench.history.haltedSymbols.add(BTC);
        passWithPings(Duration.ofHours(4));
        assertThat(bench.out.faults).hasSize(1);
        assertThat(bench.out.faults.get(0).kind()).isEqualTo(Kind.HALT);
        assertThat(bench.out.faults.get(0).symbol()).isEqualTo(BTC);
        assertThat(bench.counts.haltedSymbols).isEqualTo(1);
        assertThat(bench.history.asked("halted")).hasSizeBetween(47, 49);

        bench.history.haltedSymbols.clear();
        bench.happens(NumberedTrades.tradeAt(BTC, 101, bench.history.nowUs()));
        bench.time.passSeconds(2);
        assertThat(bench.counts.haltedSymbols).isZero();
    }

    @Test
    void afterAReconnectAQuietStreamIsJoinedByRestAtOnce() {
        bench.follow(BTC, 100);
        bench.trading(BTC, 101, 110);
        bench.streams.newest().end(1001, "");
        bench.history.addAll(NumberedTrades.trades(BTC, 111, 113));
        bench.time.passMillis(3500);
        assertThat(bench.ids(BTC)).isEqualTo(RepairTest.ids(101, 113));
        passWithPings(Duration.ofSeconds(31));
        assertThat(bench.counts.stalls).isZero();
        assertThat(bench.out.faults(Kind.GAP).get(0).detail())
                .isEqualTo("lost when the connection ended (close 1001), fetched");
    }
}
