package io.microstream.binance.trades.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.replay.exchange.faults.Fault;
import io.microstream.binance.replay.exchange.faults.InjectedFault;
import io.microstream.binance.replay.exchange.faults.PlannedFault;
import io.microstream.market.DataQuality;
import io.microstream.market.DataQuality.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Silence: of an exchange that fails, of symbols that do not trade, of symbols that may not. */
class FeedSilenceTest {

    @Test
    void fourteenHoursOfAcknowledgedSilenceAreBridgedByRest() {
        GoldenMarket market = new GoldenMarket(16 * 60).busy(3, 12, 5);
        long from = market.rowAt(30, 0);
        long until = market.rowAt(30 + 14 * 60, 0);
        Fault silence = new Fault.AckWithoutData("aggTrade", (int) (until - from));
        SimulatedFeed run =
                new SimulatedFeed(market, List.of(new PlannedFault(from, silence)), 1).start();

        run.passUntil(() -> run.exchange.row() > from, Duration.ofHours(1));
        long since = run.time.nanos();
        assertThat(run.passUntil(() -> run.counts.polledSymbols == 3, Duration.ofMinutes(2)))
                .as("degraded within two minutes")
                .isTrue();
        Duration found = Duration.ofNanos(run.time.nanos() - since);
        assertThat(run.passUntil(() -> degraded(run) == 3, Duration.ofMinutes(2))).isTrue();
        run.passUntil(() -> run.exchange.row() >= until, Duration.ofHours(20));
        assertThat(run.passUntil(() -> run.counts.polledSymbols == 0, Duration.ofMinutes(2)))
                .as("returns by itself")
                .isTrue();
        run.finish().verify();
        for (String symbol : market.symbols()) {
            assertThat(run.out.position(symbol).bars).isEqualTo(market.bars(symbol));
        }
        List<InjectedFault> injected = run.exchange.injected();
        assertThat(injected).hasSize(3);
        assertThat(run.counts.repaired).isEqualTo(run.neverShown());
        assertThat(run.counts.repaired - (until - from))
                .as("in flight at the ends")
                .isBetween(0L, 9L);
        assertThat(run.out.slowestMinuteMs).isLessThan(20_000);
        System.out.printf(
                "T6 found=%dms repaired=%d withheld=%d slowestMinute=%dms connects=%d weight=%d%n",
                found.toMillis(),
                run.counts.repaired,
                run.withheld(),
                run.out.slowestMinuteMs,
                run.counts.connects,
                run.rest.mostWeight);
    }

    private static long degraded(SimulatedFeed run) {
        return run.out.of(Kind.STALL).stream()
                .filter(stall -> stall.detail().startsWith("degraded"))
                .count();
    }

    @Test
    void oneBusyNineteenIdleAndOneHaltedSymbolCloseEachMinuteWithinSeconds() {
        GoldenMarket market = new GoldenMarket(6 * 60).busy(2, 20, 5).halted("S01USDT", 60, 300);
        for (int i = 0; i < 19; i++) {
            market.idle("IDLE%02dUSDT".formatted(i), 60 * (1 + i), i);
        }
        long halt = market.rowAt(60, 0);
        long resume = market.rowAt(300, 0);
        List<PlannedFault> faults =
                List.of(
                        new PlannedFault(halt, new Fault.Status("HALT"), "IDLE00USDT"),
                        new PlannedFault(resume, new Fault.Status("TRADING"), "S01USDT"));
        faults =
                List.of(
                        new PlannedFault(
                                market.rowOf("S01USDT", lastBefore(market, "S01USDT", 60)),
                                new Fault.Status("HALT"),
                                "S01USDT"),
                        faults.get(1));
        for (long seed = 1; seed <= 3; seed++) {
            SimulatedFeed run = new SimulatedFeed(market, faults, seed).start().finish().verify();
            System.out.printf(
                    "T13 seed=%d trades=%d proofs=%d slowestMinute=%dms requests=%d weight=%d%n",
                    seed,
                    run.out.trades,
                    run.out.proofs.values().stream().mapToInt(n -> n).sum(),
                    run.out.slowestMinuteMs,
                    run.rest.requests,
                    run.rest.mostWeight);
            assertThat(run.out.slowestMinuteMs).isLessThan(13_000);
            assertThat(run.out.falseProofs).isZero();
            assertThat(run.counts.connects).isEqualTo(1);
            assertThat(run.counts.repaired).isZero();
            assertThat(run.out.faults)
                    .extracting(DataQuality::kind, DataQuality::symbol)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(Kind.HALT, "S01USDT"));
            assertThat(run.out.proofs.get("S01USDT")).isGreaterThanOrEqualTo(239);
        }
    }

    private static int lastBefore(GoldenMarket market, String symbol, int minute) {
        long us = (GoldenMarket.START_MS + minute * 60_000L) * 1000;
        return (int) market.tradesOf(symbol).stream().filter(trade -> trade.timeUs() < us).count()
                - 1;
    }

    @Test
    void aSymbolThatHasNotTradedYetHoldsUpNobody() {
        long late = Duration.ofMinutes(50).toNanos() / 1000;
        GoldenMarket market = new GoldenMarket(60).busy(1, 20, 5).at("LATEUSDT", late, late + 5);
        SimulatedFeed run = new SimulatedFeed(market, List.of(), 1);
        run.feed()
                .add(
                        "LATEUSDT",
                        io.microstream.binance.trades.FeedStart.LATEST,
                        market.tradesOf("LATEUSDT").get(1).id());
        run.feed()
                .add(
                        "S00USDT",
                        io.microstream.binance.trades.FeedStart.LATEST,
                        market.tradesOf("S00USDT").get(market.tradesOf("S00USDT").size() - 1).id());
        run.finish().verify();
        assertThat(run.out.proofs.get("LATEUSDT")).isBetween(49, 62);
    }

    @Test
    void anExchangeClockThatIsOffAndDriftsChangesNothing() {
        GoldenMarket market = new GoldenMarket(60).busy(3, 30, 5);
        for (int i = 0; i < 5; i++) {
            market.idle("IDLE" + i + "USDT", 100, i);
        }
        for (int seconds : new int[] {-5, -4, -1, 1, 3, 4}) {
            Fault off = new Fault.ClockOffset(Duration.ofSeconds(seconds), seconds * 50);
            SimulatedFeed run =
                    new SimulatedFeed(
                                    market,
                                    List.of(new PlannedFault(market.rowAt(5, 0), off)),
                                    seconds)
                            .start()
                            .finish()
                            .verify();
            for (int i = 0; i < 3; i++) {
                String symbol = "S0" + i + "USDT";
                assertThat(run.out.position(symbol).bars).isEqualTo(market.bars(symbol));
            }
            assertThat(run.out.falseProofs).as("offset=%d", seconds).isZero();
            assertThat(run.out.faults).as("offset=%d", seconds).isEmpty();
        }
    }
}
