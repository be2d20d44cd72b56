package io.microstream.binance.trades.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.replay.exchange.faults.Fault;
import io.microstream.binance.replay.exchange.faults.Fault.RestTrouble;
import io.microstream.binance.replay.exchange.faults.PlannedFault;
import io.microstream.binance.trades.FeedStart;
import io.microstream.market.DataQuality;
import io.microstream.market.DataQuality.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** REST refuses, fails, lies or lags while much must be repaired. */
class FeedRestFaultsTest {

    private static final GoldenMarket HUNDRED = new GoldenMarket(30).busy(100, 6, 5);

    private static SimulatedFeed massRepair(long seed, Fault.Rest... troubles) {
        List<PlannedFault> faults = new ArrayList<>();
        long row = HUNDRED.rowAt(5, 0);
        for (Fault.Rest trouble : troubles) {
            faults.add(new PlannedFault(row, trouble));
        }
        faults.add(new PlannedFault(row + 1, new Fault.Disconnect(Fault.Ending.RESET, 0)));
        faults.add(new PlannedFault(row + 1500, new Fault.Disconnect(Fault.Ending.RESET, 0)));
        SimulatedFeed run = new SimulatedFeed(HUNDRED, faults, seed).start().finish().verify();
        assertThat(run.counts.repaired).as("seed=%d", seed).isEqualTo(run.neverShown());
        assertThat(run.counts.disconnects).isEqualTo(2);
        return run;
    }

    private static Fault.Rest trouble(RestTrouble what, int requests, int amount) {
        return new Fault.Rest(what, "*", requests, amount);
    }

    @Test
    void eachTroubleDuringTheRepairOfAHundredSymbolsLosesNothing() {
        for (RestTrouble what : RestTrouble.values()) {
            if (what == RestTrouble.STALE_DEPTH || what == RestTrouble.DATABASE_LAG) {
                continue;
            }
            int amount = what == RestTrouble.HIGHER_ID ? 3 : 20;
            int requests = what == RestTrouble.HIGHER_ID ? 1 : 5;
            SimulatedFeed run = massRepair(what.ordinal(), trouble(what, requests, amount));
            System.out.printf(
                    "T8 %-38s requests=%d weight=%d broken=%d statuses=%s%n",
                    what,
                    run.rest.requests,
                    run.rest.mostWeight,
                    run.rest.broken,
                    run.rest.statuses);
            assertThat(run.lost()).isZero();
        }
    }

    @Test
    void allTroublesOneAfterTheOtherLoseNothing() {
        for (long seed = 1; seed <= 3; seed++) {
            SimulatedFeed run =
                    massRepair(
                            seed,
                            trouble(RestTrouble.TOO_MANY_REQUESTS, 2, 30),
                            trouble(RestTrouble.SERVER_ERROR, 10, 0),
                            trouble(RestTrouble.TRUNCATED_BODY, 10, 0),
                            trouble(RestTrouble.TOO_MANY_REQUESTS_WITHOUT_RETRY_AFTER, 1, 0),
                            trouble(RestTrouble.TIMEOUT, 5, 0),
                            trouble(RestTrouble.SLOW_BODY, 5, 0),
                            trouble(RestTrouble.UNAVAILABLE, 10, 0),
                            trouble(RestTrouble.BANNED, 1, 120),
                            trouble(RestTrouble.FORBIDDEN, 1, 0),
                            trouble(RestTrouble.GEO_BLOCKED, 5, 0));
            System.out.printf(
                    "T8 all, seed=%d requests=%d weight=%d statuses=%s%n",
                    seed, run.rest.requests, run.rest.mostWeight, run.rest.statuses);
            assertThat(run.rest.statuses).containsKeys(403, 418, 429, 451, 500, 503, 504);
        }
    }

    @Test
    void streamsAreNotTouchedByARefusingRest() {
        List<PlannedFault> faults = new ArrayList<>();
        for (int minute = 2; minute < 25; minute++) {
            faults.add(
                    new PlannedFault(HUNDRED.rowAt(minute, 0), trouble(RestTrouble.BANNED, 1, 60)));
        }
        SimulatedFeed run = new SimulatedFeed(HUNDRED, faults, 4).start().finish().verify();
        assertThat(run.counts.connects).isEqualTo(1);
        assertThat(run.counts.stalls).isZero();
        assertThat(run.counts.repaired).isZero();
    }

    @Test
    void anAnswerThatStartsHigherTwiceLosesWhatItHidesAndSaysSo() {
        GoldenMarket market = new GoldenMarket(10).busy(2, 600, 5);
        long row = market.rowAt(3, 0);
        List<PlannedFault> faults =
                List.of(
                        new PlannedFault(
                                row,
                                new Fault.Rest(RestTrouble.HIGHER_ID, "aggTrades", 2, 4),
                                "S00USDT"),
                        new PlannedFault(row, new Fault.Skip(10), "S00USDT"));
        SimulatedFeed run = new SimulatedFeed(market, faults, 1).start().finish().verify();
        assertThat(run.lost()).isEqualTo(4);
        assertThat(run.out.position("S00USDT").lost).isEqualTo(4);
        assertThat(run.counts.repaired).isEqualTo(6);
    }

    @Test
    void aDatabaseThatLagsIsAskedAgain() {
        GoldenMarket market = new GoldenMarket(10).busy(3, 60, 5);
        for (long seed = 1; seed <= 10; seed++) {
            long row = market.rowAt(3, 0) + 10 * seed;
            List<PlannedFault> faults =
                    List.of(
                            new PlannedFault(
                                    row,
                                    new Fault.Rest(RestTrouble.DATABASE_LAG, "aggTrades", 20, 30)),
                            new PlannedFault(row, new Fault.Skip(10)));
            SimulatedFeed run = new SimulatedFeed(market, faults, seed).start().finish().verify();
            assertThat(run.counts.repaired).as("seed=%d", seed).isEqualTo(10);
            assertThat(run.counts.connects).isEqualTo(1);
        }
    }

    @Test
    void anUnknownSymbolIsRefusedOnceAndDisturbsNobody() {
        GoldenMarket market = new GoldenMarket(20).busy(2, 60, 5);
        SimulatedFeed run = new SimulatedFeed(market, List.of(), 1).start();
        run.feed().add("NOSUCHUSDT", FeedStart.LATEST, Long.MAX_VALUE);
        run.finish().verify();
        assertThat(run.counts.connects).isEqualTo(1);
        assertThat(run.out.faults)
                .extracting(DataQuality::kind, DataQuality::symbol)
                .containsExactly(Tuple.tuple(Kind.REFUSED, "NOSUCHUSDT"));
        assertThat(run.rest.requests).as("in 20 minutes").isLessThan(450);
        assertThat(run.time.nanos()).isLessThan(Duration.ofMinutes(22).toNanos());
    }
}
