package io.microstream.binance.trades.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.replay.exchange.faults.Fault;
import io.microstream.binance.replay.exchange.faults.PlannedFault;
import io.microstream.binance.trades.FeedStart;
import io.microstream.market.Trade;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A feed that dies and goes on, begins anywhere, or finds that ids have begun anew. */
class FeedRestartTest {

    private static final GoldenMarket MARKET =
            new GoldenMarket(90).busy(4, 40, 21).idle("IDLEUSDT", 120, 3);

    @Test
    void killedTenTimesAtAnyMomentItGoesOnBehindItsLastTrade() {
        long repaired = 0;
        for (long seed = 1; seed <= 20; seed++) {
            SplittableRandom chance = new SplittableRandom(seed);
            List<PlannedFault> faults = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                long row = 100 + chance.nextLong(MARKET.rows() - 200);
                faults.add(new PlannedFault(row, new Fault.Disconnect(Fault.Ending.RESET, 0)));
            }
            SimulatedFeed run = new SimulatedFeed(MARKET, faults, seed).start();
            for (int i = 0; i < 10; i++) {
                run.time.pass(Duration.ofMillis(1 + chance.nextLong(400_000)));
                run.kill();
                run.time.pass(Duration.ofMillis(chance.nextLong(60_000)));
                run.start();
            }
            run.finish().verify();
            for (int i = 0; i < 4; i++) {
                String symbol = "S0" + i + "USDT";
                assertThat(run.out.position(symbol).bars)
                        .as("seed=%d", seed)
                        .isEqualTo(MARKET.bars(symbol));
            }
            repaired += run.counts.repaired;
        }
        System.out.println("T3 seeds=20 kills=200 repaired=" + repaired);
    }

    @Test
    void halfAnHourAndThreeHoursDownAreFetchedWhole() {
        GoldenMarket market = new GoldenMarket(300).busy(4, 60, 2).idle("IDLEUSDT", 300, 3);
        SimulatedFeed run = new SimulatedFeed(market, List.of(), 1).start();
        run.time.pass(Duration.ofMinutes(20));
        run.kill();
        run.time.pass(Duration.ofMinutes(30));
        run.start();
        run.time.pass(Duration.ofMinutes(20));
        run.kill();
        run.time.pass(Duration.ofHours(3));
        run.start();
        run.finish().verify();
        for (int i = 0; i < 4; i++) {
            String symbol = "S0" + i + "USDT";
            assertThat(run.out.position(symbol).bars).isEqualTo(market.bars(symbol));
        }
        assertThat(run.counts.repaired).isEqualTo(run.neverShown()).isGreaterThan(40_000);
        System.out.println("T15 repaired=" + run.counts.repaired);
    }

    @Test
    void beginsAnywhereAndCallsTheFirstBarProvenOnlyIfItIs() {
        for (long seed = 1; seed <= 60; seed++) {
            SplittableRandom chance = new SplittableRandom(seed);
            SimulatedFeed run = new SimulatedFeed(MARKET, List.of(), seed);
            run.time.pass(Duration.ofMillis(chance.nextLong(1_800_000)));
            long nowMs = GoldenMarket.START_MS + run.time.nanos() / 1_000_000;
            for (String symbol : MARKET.symbols()) {
                List<Trade> trades = MARKET.tradesOf(symbol);
                FeedStart start =
                        switch (chance.nextInt(3)) {
                            case 0 -> FeedStart.LATEST;
                            case 1 -> FeedStart.atTimeMs(nowMs - chance.nextLong(900_000));
                            default ->
                                    FeedStart.atId(
                                            trades.get(chance.nextInt(200) % trades.size()).id());
                        };
                run.feed().add(symbol, start, trades.get(trades.size() - 1).id());
            }
            run.finish().verify();
            assertThat(run.counts.repaired).as("seed=%d", seed).isZero();
            assertThat(run.out.faults).isEmpty();
        }
    }

    @Test
    void idsThatBeginAnewAreFollowed() {
        GoldenMarket market = new GoldenMarket(10).busy(2, 60, 2);
        List<Trade> trades = market.tradesOf("S00USDT");
        int reset = 300;
        PlannedFault fault =
                new PlannedFault(market.rowOf("S00USDT", reset), new Fault.IdReset(), "S00USDT");
        SimulatedFeed run = new SimulatedFeed(market, List.of(fault), 3);
        run.out.position("S00USDT").resetIndex = reset;
        run.feed().add("S00USDT", FeedStart.atId(1), Long.MAX_VALUE);
        run.time.pass(Duration.ofMinutes(11));
        assertThat(run.out.position("S00USDT").restarts).isEqualTo(1);
        assertThat(run.out.position("S00USDT").next).isEqualTo(trades.size());
        assertThat(run.counts.repaired).isZero();
        assertThat(run.counts.duplicates).isZero();
    }
}
