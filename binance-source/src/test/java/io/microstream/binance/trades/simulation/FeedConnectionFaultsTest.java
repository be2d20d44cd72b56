package io.microstream.binance.trades.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.replay.exchange.faults.Fault;
import io.microstream.binance.replay.exchange.faults.PlannedFault;
import io.microstream.binance.trades.FeedConfig;
import io.microstream.market.DataQuality.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Connections that end, stall or are renewed: nothing is lost, nothing comes twice. */
class FeedConnectionFaultsTest {

    private static final GoldenMarket THREE_HOURS = new GoldenMarket(180).busy(5, 30, 1);

    private static PlannedFault anywhere(GoldenMarket market, SplittableRandom chance, Fault what) {
        return new PlannedFault(50 + chance.nextLong(market.rows() - 100), what);
    }

    private static List<PlannedFault> fiftyDisconnects(GoldenMarket market, long seed) {
        SplittableRandom chance = new SplittableRandom(seed);
        Fault.Ending[] endings = Fault.Ending.values();
        List<PlannedFault> faults = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Fault end = new Fault.Disconnect(endings[i % endings.length], 0);
            faults.add(anywhere(market, chance, end));
        }
        return faults;
    }

    @Test
    void fiftyDisconnectsOfAllKindsLoseNothing() {
        long trades = 0;
        long repaired = 0;
        long disconnects = 0;
        List<Duration> outages = new ArrayList<>();
        for (long seed = 1; seed <= 10; seed++) {
            SimulatedFeed run =
                    new SimulatedFeed(THREE_HOURS, fiftyDisconnects(THREE_HOURS, seed), seed)
                            .start()
                            .finish()
                            .verify();
            assertThat(run.counts.repaired).as("seed=%d", seed).isEqualTo(run.neverShown());
            assertThat(run.counts.repaired).isGreaterThanOrEqualTo(run.withheld());
            assertThat(run.out.of(Kind.GAP).stream().mapToLong(gap -> gap.repaired()).sum())
                    .isEqualTo(run.counts.repaired);
            assertThat(run.counts.duplicates).isZero();
            trades += run.out.trades;
            repaired += run.counts.repaired;
            disconnects += run.counts.disconnects;
            outages.addAll(run.streams.outages);
        }
        outages.sort(null);
        Duration p99 = outages.get(outages.size() * 99 / 100);
        System.out.printf(
                "T1 seeds=10 trades=%d disconnects=%d repaired=%d outage p50=%dms p99=%dms%n",
                trades,
                disconnects,
                repaired,
                outages.get(outages.size() / 2).toMillis(),
                p99.toMillis());
        assertThat(disconnects).isGreaterThan(450);
        assertThat(p99).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void twoHundredThousandTradesOfTwentySymbolsGiveTheGoldenBars() {
        GoldenMarket market = new GoldenMarket(100).busy(20, 100, 7);
        SimulatedFeed run =
                new SimulatedFeed(market, fiftyDisconnects(market, 99), 99)
                        .start()
                        .finish()
                        .verify();
        for (String symbol : market.symbols()) {
            assertThat(run.out.position(symbol).bars).isEqualTo(market.bars(symbol));
        }
        assertThat(run.counts.repaired).isEqualTo(run.neverShown());
        System.out.println("T1 bars of 20 symbols equal: trades=" + run.out.trades);
        assertThat(run.out.trades).isGreaterThan(180_000);
    }

    @Test
    void renewalsShutdownsAndRepeatedTailsKeepAtMostTwoConnectionsAndCountWhatCameTwice() {
        FeedConfig renewing = SimulatedFeed.CONFIG.renewedEvery(Duration.ofMinutes(30));
        for (long seed = 1; seed <= 8; seed++) {
            SplittableRandom chance = new SplittableRandom(seed);
            List<PlannedFault> faults = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                Duration lead = Duration.ofSeconds(i == 0 ? 0 : chance.nextLong(600));
                faults.add(anywhere(THREE_HOURS, chance, new Fault.Shutdown(lead)));
                int rows = 1 + chance.nextInt(200);
                faults.add(anywhere(THREE_HOURS, chance, new Fault.RepeatTail(rows)));
                faults.add(
                        anywhere(
                                THREE_HOURS,
                                chance,
                                new Fault.RepeatTailAfterDisconnect(Fault.Ending.RESET, rows)));
            }
            SimulatedFeed run =
                    new SimulatedFeed(THREE_HOURS, faults, renewing, SimulatedFeed.INBOX, seed)
                            .start()
                            .finish()
                            .verify();
            System.out.printf(
                    "T4 seed=%d renewals=%d disconnects=%d duplicates=%d overlapped=%d injected=%d%n",
                    seed,
                    run.counts.renewals,
                    run.counts.disconnects,
                    run.counts.duplicates,
                    run.counts.overlapped,
                    run.repeated());
            assertThat(run.counts.duplicates + run.counts.overlapped)
                    .as("seed=%d", seed)
                    .isEqualTo(run.shown.repeated);
            assertThat(run.out.of(Kind.DUPLICATE).stream().mapToLong(each -> each.rows()).sum())
                    .isEqualTo(run.counts.duplicates);
            assertThat(run.streams.mostAtATime).isEqualTo(2);
            assertThat(run.counts.renewals).isGreaterThan(5);
            assertThat(run.counts.repaired).isEqualTo(run.neverShown());
        }
    }

    @Test
    void renewalsAloneLoseNothingRepairNothingAndReportNoFault() {
        FeedConfig renewing = SimulatedFeed.CONFIG.renewedEvery(Duration.ofMinutes(30));
        SimulatedFeed run =
                new SimulatedFeed(THREE_HOURS, List.of(), renewing, SimulatedFeed.INBOX, 5)
                        .start()
                        .finish()
                        .verify();
        assertThat(run.counts.renewals).isEqualTo(6);
        assertThat(run.counts.disconnects).isZero();
        assertThat(run.counts.repaired).isZero();
        assertThat(run.counts.duplicates).isZero();
        assertThat(run.counts.overlapped).isEqualTo(run.shown.repeated).isPositive();
        assertThat(run.out.faults).isEmpty();
    }

    @Test
    void theExchangesOwnEndAfterADayIsForestalledAndSurvived() {
        GoldenMarket market = new GoldenMarket(25 * 60).busy(2, 4, 3);
        SimulatedFeed renewed = new SimulatedFeed(market, List.of(), 1).start().finish().verify();
        assertThat(renewed.counts.renewals).isEqualTo(1);
        assertThat(renewed.counts.disconnects).isZero();
        assertThat(renewed.out.faults).isEmpty();

        FeedConfig never = SimulatedFeed.CONFIG.renewedEvery(Duration.ofDays(9));
        SimulatedFeed cut =
                new SimulatedFeed(market, List.of(), never, SimulatedFeed.INBOX, 1)
                        .start()
                        .finish()
                        .verify();
        assertThat(cut.counts.disconnects).isEqualTo(1);
        assertThat(cut.counts.repaired).isEqualTo(cut.neverShown());
    }

    @Test
    void silentStallsOfBusySymbolsAreFoundWithinAMinute() {
        GoldenMarket market = new GoldenMarket(12).busy(4, 60, 3);
        Duration slowest = Duration.ZERO;
        long repaired = 0;
        for (long seed = 1; seed <= 30; seed++) {
            SplittableRandom chance = new SplittableRandom(seed);
            long row = market.rowAt(2, 0) + chance.nextLong(500);
            Fault.Scope scope = Fault.Scope.values()[(int) (seed % 3)];
            Fault stall =
                    seed % 10 == 0
                            ? new Fault.HalfOpen(0)
                            : new Fault.Stall(scope, seed % 4 != 0, 0);
            SimulatedFeed run =
                    new SimulatedFeed(market, List.of(new PlannedFault(row, stall)), seed).start();
            run.passUntil(() -> run.exchange.row() > row, Duration.ofMinutes(10));
            long from = run.time.nanos();
            assertThat(
                            run.passUntil(
                                    () -> run.counts.stalls + run.counts.disconnects > 0,
                                    Duration.ofSeconds(60)))
                    .as("seed=%d %s", seed, stall)
                    .isTrue();
            Duration took = Duration.ofNanos(run.time.nanos() - from);
            slowest = took.compareTo(slowest) > 0 ? took : slowest;
            run.finish().verify();
            assertThat(run.counts.repaired).as("seed=%d", seed).isEqualTo(run.neverShown());
            assertThat(run.counts.repaired).isGreaterThanOrEqualTo(run.withheld());
            assertThat(run.counts.polledSymbols).isZero();
            repaired += run.counts.repaired;
        }
        System.out.printf(
                "T5 busy: stalls=30 slowest=%dms repaired=%d%n", slowest.toMillis(), repaired);
    }

    @Test
    void stallsOfASlowSymbolAreFoundWithinAProbeAndTenSeconds() {
        Duration slowest = Duration.ZERO;
        for (long seed = 1; seed <= 30; seed++) {
            long lost = 400_000_000 + new SplittableRandom(seed).nextLong(120_000_000);
            GoldenMarket market =
                    new GoldenMarket(20)
                            .at("QUIETUSDT", 0, 20_000_000, lost, 1_100_000_000)
                            .busy(1, 20, 3);
            PlannedFault stall =
                    new PlannedFault(
                            market.rowOf("QUIETUSDT", 2),
                            new Fault.Stall(Fault.Scope.STREAM, true, 0),
                            "QUIETUSDT");
            SimulatedFeed run = new SimulatedFeed(market, List.of(stall), seed).start();
            run.passUntil(() -> run.time.nanos() >= lost * 1000, Duration.ofMinutes(20));
            long from = run.time.nanos();
            assertThat(run.passUntil(() -> run.counts.stalls > 0, Duration.ofSeconds(120)))
                    .as("seed=%d", seed)
                    .isTrue();
            Duration took = Duration.ofNanos(run.time.nanos() - from);
            slowest = took.compareTo(slowest) > 0 ? took : slowest;
            run.finish().verify();
            assertThat(run.counts.repaired).as("seed=%d", seed).isEqualTo(run.neverShown());
        }
        System.out.println("T5 idle: stalls=30 slowest=" + slowest.toMillis() + "ms");
        assertThat(slowest).isLessThan(Duration.ofSeconds(70));
    }

    @Test
    void sixHoursWithoutTradesBringNoFalseReconnect() {
        long sixHours = Duration.ofHours(6).toNanos() / 1000;
        GoldenMarket market = new GoldenMarket(365).at("QUIETUSDT", 0, sixHours);
        SimulatedFeed run = new SimulatedFeed(market, List.of(), 1).start().finish().verify();
        assertThat(run.counts.connects).isEqualTo(1);
        assertThat(run.counts.stalls).isZero();
        assertThat(run.counts.repaired).isZero();
        assertThat(run.out.faults).isEmpty();
        assertThat(run.out.proofs.get("QUIETUSDT")).isBetween(359, 366);
    }

    @Test
    void aLoopThatNobodyDrivesForFiveMinutesGivesUpItsConnectionAndFetchesTheRest() {
        GoldenMarket market = new GoldenMarket(15).busy(3, 1000, 3);
        for (long seed = 1; seed <= 3; seed++) {
            SimulatedFeed run =
                    new SimulatedFeed(market, List.of(), SimulatedFeed.CONFIG, 256 << 10, seed)
                            .start();
            run.time.pass(Duration.ofMinutes(3));
            run.time.stick(Duration.ofMinutes(5));
            run.finish().verify();
            System.out.printf(
                    "T9 seed=%d trades=%d overflows=%d repaired=%d%n",
                    seed, run.out.trades, run.counts.overflows, run.counts.repaired);
            assertThat(run.counts.overflows).isEqualTo(1);
            assertThat(run.counts.repaired).isEqualTo(run.neverShown()).isGreaterThan(5000);
            assertThat(run.out.of(Kind.DISCONNECT).get(0).detail())
                    .isEqualTo("given up, more had come than may wait");
        }
    }

    @Test
    void aPauseOfNinetySecondsClosesNoMinuteTooEarly() {
        GoldenMarket market = new GoldenMarket(20).busy(2, 60, 3);
        for (int i = 0; i < 5; i++) {
            market.idle("IDLE" + i + "USDT", 90, 4);
        }
        for (long seed = 1; seed <= 10; seed++) {
            SimulatedFeed run = new SimulatedFeed(market, List.of(), seed).start();
            run.time.pass(Duration.ofSeconds(100 + 37 * seed));
            run.time.stick(Duration.ofSeconds(90));
            run.finish().verify();
            assertThat(run.out.falseProofs).isZero();
            assertThat(run.counts.disconnects).as("inbox held it all").isZero();
            assertThat(run.counts.repaired).isZero();
        }
    }
}
