package io.microstream.binance.trades;

import static io.microstream.binance.trades.FeedBench.BTC;
import static io.microstream.binance.trades.FeedBench.ETH;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.transport.streams.ConnectBudget;
import io.microstream.binance.transport.websocket.StreamListener;
import io.microstream.market.DataQuality;
import io.microstream.market.DataQuality.Kind;
import io.microstream.market.Trade;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The connections of a shard, seen through a feed. */
class StreamShardTest {

    private static final byte[] SHUTDOWN =
            "{\"stream\":\"!serverShutdown\",\"data\":{\"e\":\"serverShutdown\",\"E\":1767268800000}}"
                    .getBytes(UTF_8);

    private FeedBench bench = new FeedBench();

    private ScriptedStreams.Wire wire(int number) {
        return bench.streams.wires.get(number);
    }

    private void passWithPings(Duration time) {
        for (long left = time.toSeconds(); left > 0; left--) {
            bench.time.passSeconds(1);
            bench.streams.alive().forEach(ScriptedStreams.Wire::ping);
            assertThat(bench.streams.alive().size()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void symbolsAddedInOneBreathShareOneConnectionAndOneMessage() {
        bench.follow(BTC, 100);
        bench.follow(ETH, 100);
        FeedBench together = new FeedBench();
        Trade last = NumberedTrades.trade(BTC, 100);
        for (String symbol : List.of(BTC, ETH, "币安USDT")) {
            together.feed.resume(symbol, 100, 302, last.timeUs(), Long.MAX_VALUE, null);
        }
        together.time.settle();
        assertThat(together.streams.wires).hasSize(1);
        assertThat(together.streams.newest().uri.toString())
                .isEqualTo("ws://exchange/stream?timeUnit=MICROSECOND");
        assertThat(together.streams.newest().said)
                .containsExactly(
                        "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@aggTrade\","
                                + "\"ethusdt@aggTrade\",\"币安usdt@aggTrade\"],\"id\":1}");
    }

    @Test
    void manySymbolsAreSubscribedInMessagesOfTwoHundredAtMostFourASecond() {
        bench = new FeedBench(FeedBench.CONFIG.sized(1024, 100));
        for (int i = 0; i < 1024; i++) {
            bench.feed.resume("S" + i, 100, 302, NumberedTrades.NOON_US, Long.MAX_VALUE, null);
        }
        bench.time.passSeconds(5);
        assertThat(bench.streams.wires).hasSize(1);
        assertThat(wire(0).said).hasSize(6).allMatch(text -> text.split(",").length <= 203);
        long names =
                wire(0).said.stream().mapToLong(text -> text.split("@aggTrade").length - 1).sum();
        assertThat(names).isEqualTo(1024);
        assertFourASecond(wire(0));

        bench.feed.resume("LAST", 100, 302, NumberedTrades.NOON_US, Long.MAX_VALUE, null);
        bench.time.settle();
        assertThat(bench.streams.wires).hasSize(2);
    }

    private static void assertFourASecond(ScriptedStreams.Wire wire) {
        for (int i = 4; i < wire.saidAt.size(); i++) {
            assertThat(wire.saidAt.get(i) - wire.saidAt.get(i - 4)).isGreaterThan(1_000_000_000L);
        }
    }

    @Test
    void symbolsThatFallSilentTogetherAreSubscribedAnewInTwoMessages() {
        bench = new FeedBench(FeedBench.CONFIG.sized(200, 100));
        for (int i = 0; i < 200; i++) {
            bench.feed.resume("S" + i, 100, 302, NumberedTrades.NOON_US, Long.MAX_VALUE, null);
        }
        bench.time.passSeconds(3);
        int before = wire(0).said.size();
        for (int i = 0; i < 200; i++) {
            bench.history.add(NumberedTrades.trade("S" + i, 101));
        }
        bench.time.passSeconds(20);
        assertThat(bench.counts.polledSymbols).isEqualTo(200);
        assertThat(wire(0).said.subList(before, wire(0).said.size())).hasSize(2);
        assertFourASecond(wire(0));
        bench.streams.alive().forEach(ScriptedStreams.Wire::ping);
        bench.time.passSeconds(30);
        assertThat(bench.streams.wires).as("one replacement for all").hasSize(2);
    }

    @Test
    void aConnectionThatEndsIsReplacedAndWhatItMissedIsFetched() {
        bench.follow(BTC, 100);
        bench.trading(BTC, 101, 110);
        wire(0).end(1008, "Pong timeout");
        bench.history.addAll(NumberedTrades.trades(BTC, 111, 115));
        bench.time.passSeconds(2);
        bench.trading(BTC, 116, 120);

        assertThat(bench.streams.wires).hasSize(2);
        assertThat(bench.ids(BTC)).isEqualTo(RepairTest.ids(101, 120));
        assertThat(bench.out.faults)
                .extracting(DataQuality::kind, DataQuality::detail)
                .containsExactly(
                        tuple(Kind.DISCONNECT, "close 1008: Pong timeout"),
                        tuple(
                                Kind.GAP,
                                "lost when the connection ended (close 1008: Pong timeout),"
                                        + " fetched"));
        assertThat(bench.counts.disconnects).isEqualTo(1);
        assertThat(bench.counts.repaired).isEqualTo(5);
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.groups.Tuple.tuple(values);
    }

    @Test
    void attemptsThatFailComeEverMoreSeldomWithinBoundsAndAGoodConnectionResetsThat() {
        bench.streams.opening = false;
        bench.follow(BTC, 100);
        List<Double> waits = failing(40);
        for (int i = 0; i < waits.size(); i++) {
            assertThat(waits.get(i))
                    .as("wait %d", i)
                    .isBetween(0.5, Math.min(30, 0.5 * Math.pow(2, i + 1)));
        }
        assertThat(waits.subList(10, 40).stream().mapToDouble(x -> x).average().orElseThrow())
                .as("full jitter")
                .isBetween(10.0, 20.0);

        bench.streams.newest().open();
        passWithPings(Duration.ofSeconds(59));
        bench.streams.newest().end(1001, "");
        assertThat(failing(1).get(0)).isGreaterThan(1.0);
        bench.streams.newest().open();
        passWithPings(Duration.ofSeconds(61));
        bench.streams.newest().end(1001, "");
        assertThat(failing(1).get(0)).isBetween(0.5, 1.0);
    }

    /** Each attempt fails at once; the waits between them, seconds. */
    private List<Double> failing(int attempts) {
        List<Double> waits = new ArrayList<>();
        for (int i = 0; i < attempts; i++) {
            if (!bench.streams.newest().ended) {
                bench.streams.newest().end(StreamListener.NO_CODE, "");
            }
            long since = bench.time.nanos();
            int wires = bench.streams.wires.size();
            assertThat(
                            bench.time.passUntil(
                                    Duration.ofSeconds(31),
                                    () -> bench.streams.wires.size() > wires))
                    .isTrue();
            waits.add((bench.time.nanos() - since) / 1e9);
        }
        return waits;
    }

    @Test
    void noMoreConnectsThanRationedInAnyFiveMinutes() {
        ConnectBudget budget = new ConnectBudget(5);
        long second = 1_000_000_000L;
        for (int i = 0; i < 5; i++) {
            assertThat(budget.take(i * second)).isZero();
        }
        assertThat(budget.take(10 * second)).isEqualTo(290 * second);
        assertThat(budget.take(300 * second)).isZero();
        assertThat(budget.take(300 * second)).isEqualTo(second);
        assertThat(budget.take(301 * second)).isZero();
    }

    @Test
    void aConnectionThatFailsForAnHourStaysWithinTheRation() {
        bench.streams.opening = false;
        bench.follow(BTC, 100);
        List<Long> connects = new ArrayList<>();
        for (int i = 0; i < 3600; i++) {
            if (!bench.streams.newest().ended) {
                connects.add(bench.time.seconds());
                bench.streams.newest().end(StreamListener.NO_CODE, "");
            }
            bench.time.passSeconds(1);
        }
        for (int i = 100; i < connects.size(); i++) {
            assertThat(connects.get(i) - connects.get(i - 100)).isGreaterThanOrEqualTo(300);
        }
        assertThat(connects).hasSizeBetween(150, 400);
    }

    @Test
    void aConnectionWithoutAnyFrameIsGivenUpAfterFortyFiveSecondsAndPingsKeepItAlive() {
        bench.follow(BTC, 100);
        for (int i = 0; i < 20; i++) {
            bench.time.passSeconds(40);
            wire(0).ping();
        }
        assertThat(wire(0).aborted).isFalse();
        bench.time.passSeconds(45);
        assertThat(wire(0).aborted).isFalse();
        bench.time.passSeconds(1);
        assertThat(wire(0).aborted).isTrue();
        bench.time.passSeconds(1);
        assertThat(bench.streams.wires).hasSize(2);
    }

    @Test
    void aHandshakeThatNeverEndsIsGivenUpToo() {
        bench.streams.opening = false;
        bench.follow(BTC, 100);
        bench.time.passSeconds(46);
        assertThat(wire(0).aborted).isTrue();
        bench.time.passSeconds(1);
        assertThat(bench.streams.wires).hasSize(2);
    }

    @Test
    void whatTheNewConnectionItselfShowsAgainIsADuplicate() {
        bench = new FeedBench(FeedBench.CONFIG.renewedEvery(Duration.ofHours(1)));
        bench.follow(BTC, 100);
        passWithPings(Duration.ofSeconds(3661));
        both(NumberedTrades.trade(BTC, 101));
        both(NumberedTrades.trade(BTC, 102));
        passWithPings(Duration.ofSeconds(1));
        assertThat(wire(0).closedByUs).isTrue();
        assertThat(bench.counts.duplicates).isZero();
        wire(1).show(NumberedTrades.trade(BTC, 101));
        wire(1).show(NumberedTrades.trade(BTC, 102));
        assertThat(bench.counts.duplicates).isEqualTo(2);
        wire(1).show(NumberedTrades.trade(BTC, 103));
        assertThat(bench.counts.duplicates).isEqualTo(2);
    }

    @Test
    void atItsAgeAConnectionIsReplacedOnlyAfterAllStreamsHaveShownThemselvesOnTheNewOne() {
        bench = new FeedBench(FeedBench.CONFIG.renewedEvery(Duration.ofHours(1)));
        bench.follow(BTC, 100);
        bench.follow(ETH, 100);
        passWithPings(Duration.ofSeconds(3600 * 98 / 100));
        assertThat(bench.streams.wires).hasSize(1);
        bench.streams.opening = false;
        passWithPings(Duration.ofSeconds(74));
        assertThat(bench.streams.wires).hasSize(2);
        wire(1).open();
        both(NumberedTrades.trade(BTC, 101));
        passWithPings(Duration.ofSeconds(5));
        assertThat(wire(0).closedByUs).isFalse();
        both(NumberedTrades.trade(ETH, 101));
        wire(0).show(NumberedTrades.trade(BTC, 102));
        passWithPings(Duration.ofSeconds(1));
        assertThat(wire(0).closedByUs).isTrue();
        assertThat(bench.counts.overlapped).isEqualTo(2);
        assertThat(bench.counts.duplicates).isZero();
        assertThat(bench.counts.disconnects).isZero();
        assertThat(bench.counts.renewals).isEqualTo(1);
        bench.time.passSeconds(10);
        assertThat(bench.out.faults).isEmpty();
        wire(1).show(NumberedTrades.trade(BTC, 101));
        assertThat(bench.counts.duplicates).isEqualTo(1);
    }

    private void both(Trade trade) {
        bench.history.add(trade);
        wire(0).show(trade);
        wire(1).show(trade);
    }

    @Test
    void aStreamWithoutTradesDuringTheOverlapIsJoinedByRestAfterThirtySeconds() {
        bench.follow(BTC, 100);
        wire(0).show(SHUTDOWN);
        bench.time.passSeconds(29);
        bench.streams.alive().forEach(ScriptedStreams.Wire::ping);
        assertThat(wire(0).closedByUs).isFalse();
        bench.time.passSeconds(3);
        assertThat(wire(0).closedByUs).isTrue();
        bench.history.add(NumberedTrades.trade(BTC, 101));
        bench.time.passSeconds(2);
        assertThat(bench.ids(BTC)).containsExactly(101L);
    }

    @Test
    void aServerThatShutsDownAtOnceIsLeftWithoutHarm() {
        bench.follow(BTC, 100);
        bench.trading(BTC, 101, 105);
        wire(0).show(SHUTDOWN);
        wire(0).end(1001, "Server shutdown");
        bench.history.addAll(NumberedTrades.trades(BTC, 106, 107));
        bench.time.passSeconds(1);
        bench.trading(BTC, 108, 110);
        assertThat(bench.streams.wires).hasSize(2);
        assertThat(bench.ids(BTC)).isEqualTo(RepairTest.ids(101, 110));
    }

    @Test
    void aShutdownAnnouncedOnTheNewConnectionIsNotForgotten() {
        bench.follow(BTC, 100);
        wire(0).show(SHUTDOWN);
        bench.time.settle();
        wire(1).show(SHUTDOWN);
        both(NumberedTrades.trade(BTC, 101));
        bench.time.passSeconds(2);
        assertThat(wire(0).closedByUs).isTrue();
        assertThat(bench.streams.wires).hasSize(3);
        wire(2).show(NumberedTrades.trade(BTC, 101));
        bench.time.passSeconds(1);
        assertThat(wire(1).closedByUs).isTrue();
        assertThat(bench.streams.alive()).hasSize(1);
    }

    @Test
    void aReplacementThatFailsIsTriedAgainWithBackoff() {
        bench.follow(BTC, 100);
        bench.streams.opening = false;
        wire(0).show(SHUTDOWN);
        bench.time.settle();
        List<Double> waits = failing(4);
        for (int i = 0; i < waits.size(); i++) {
            assertThat(waits.get(i)).isBetween(0.5, 0.5 * Math.pow(2, i + 1));
        }
        assertThat(waits.stream().mapToDouble(x -> x).sum()).isGreaterThan(4);
        assertThat(wire(0).closedByUs).isFalse();
        assertThat(wire(0).ended).isFalse();
    }

    @Test
    void whatAnOldConnectionSaysAfterItsEndIsNobodysBusiness() {
        bench.follow(BTC, 100);
        wire(0).end(1001, "");
        wire(0).show(NumberedTrades.trade(BTC, 101));
        wire(0).end(1006, "");
        wire(0).open();
        bench.time.passSeconds(2);
        assertThat(bench.ids(BTC)).isEmpty();
        assertThat(bench.counts.frames).isZero();
        assertThat(bench.streams.wires).hasSize(2);
        assertThat(bench.counts.disconnects).isEqualTo(1);
    }

    @Test
    void whatALeftConnectionStillBringsIsWelcomeAndItsEndNoEvent() {
        bench.follow(BTC, 100);
        wire(0).show(SHUTDOWN);
        bench.time.settle();
        both(NumberedTrades.trade(BTC, 101));
        bench.streams.closing = false;
        bench.time.passSeconds(1);
        assertThat(wire(0).closedByUs).isTrue();
        bench.history.add(NumberedTrades.trade(BTC, 102));
        wire(0).show(NumberedTrades.trade(BTC, 102));
        assertThat(bench.ids(BTC)).containsExactly(101L, 102L);
        wire(0).end(1006, "");
        bench.time.passSeconds(3);
        assertThat(bench.streams.wires).hasSize(2);
        assertThat(bench.counts.disconnects).isZero();
        assertThat(bench.out.faults(Kind.DISCONNECT)).isEmpty();
    }

    @Test
    void anOverflowIsCountedReportedAndRepaired() {
        bench.follow(BTC, 100);
        wire(0).end(StreamListener.OVERFLOW, "");
        bench.history.addAll(NumberedTrades.trades(BTC, 101, 2000));
        bench.time.passSeconds(4);
        assertThat(bench.counts.overflows).isEqualTo(1);
        assertThat(bench.ids(BTC)).isEqualTo(RepairTest.ids(101, 2000));
        assertThat(bench.out.faults(Kind.DISCONNECT).get(0).detail())
                .isEqualTo("given up, more had come than may wait");
    }

    @Test
    void aRefusalForThisRegionIsFinalAndAnyOtherIsNot() {
        bench.streams.opening = false;
        bench.follow(BTC, 100);
        wire(0).end(StreamListener.REFUSED, "HTTP 429: host=x port=4510 retryAfter=451.");
        bench.time.passSeconds(2);
        assertThat(bench.feed.refusal()).isNull();
        assertThat(bench.streams.wires).hasSize(2);
        wire(1).end(StreamListener.REFUSED, "HTTP 451: host=x. Choose another host.");
        bench.time.passSeconds(100);
        assertThat(bench.feed.refusal()).isEqualTo("HTTP 451: host=x. Choose another host.");
        assertThat(bench.streams.wires).hasSize(2);
    }

    @Test
    void aSymbolThatComesOrGoesDuringARenewalIsSaidOnBothConnections() {
        bench.follow(BTC, 100);
        wire(0).show(SHUTDOWN);
        bench.time.settle();
        bench.follow(ETH, 100);
        bench.time.passSeconds(1);
        bench.feed.remove(BTC);
        bench.time.passSeconds(1);
        List<String> said =
                List.of(
                        "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@aggTrade\"],\"id\":1}",
                        "{\"method\":\"SUBSCRIBE\",\"params\":[\"ethusdt@aggTrade\"],\"id\":2}",
                        "{\"method\":\"UNSUBSCRIBE\",\"params\":[\"btcusdt@aggTrade\"],\"id\":3}");
        assertThat(wire(0).said).isEqualTo(said);
        assertThat(wire(1).said).isEqualTo(said);
        bench.feed.remove(ETH);
        bench.time.passSeconds(3);
        assertThat(bench.streams.alive()).isEmpty();
    }

    @Test
    void aClosedFeedSaysNothingMoreAndConnectsNoMore() {
        bench.follow(BTC, 100);
        bench.feed.close();
        bench.time.passSeconds(300);
        assertThat(bench.streams.wires).hasSize(1);
        assertThat(wire(0).closedByUs).isTrue();
        assertThat(bench.out.log).isEmpty();
        assertThat(bench.time.loop.nextDueNanos()).isEqualTo(Long.MAX_VALUE);
    }
}
