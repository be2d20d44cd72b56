package io.microstream.binance.trades.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.replay.exchange.faults.Fault;
import io.microstream.binance.replay.exchange.faults.PlannedFault;
import io.microstream.market.DataQuality.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Messages that are damaged, strange, late, doubled or out of order between streams. */
class FeedMessageFaultsTest {

    private static final GoldenMarket MARKET = new GoldenMarket(60).busy(5, 60, 11);

    private static List<PlannedFault> spread(SplittableRandom chance, List<Fault> what) {
        List<PlannedFault> faults = new ArrayList<>();
        for (int i = 0; i < what.size(); i++) {
            long part = (MARKET.rows() - 200) / what.size();
            faults.add(new PlannedFault(100 + i * part + chance.nextLong(part), what.get(i)));
        }
        return faults;
    }

    @Test
    void damagedMessagesAreDeadLettersOfTheirNumberAndTheirTradesAreFetched() {
        long injected = 0;
        for (long seed = 1; seed <= 10; seed++) {
            List<Fault> what = new ArrayList<>();
            for (int i = 0; i < 220; i++) {
                Fault.Garbling[] ways = Fault.Garbling.values();
                what.add(new Fault.Garble(ways[i % ways.length]));
            }
            SimulatedFeed run =
                    new SimulatedFeed(MARKET, spread(new SplittableRandom(seed), what), seed)
                            .start()
                            .finish()
                            .verify();
            long bad =
                    run.withheld()
                            + ofKind(run, Fault.Garbling.NOT_JSON)
                            + ofKind(run, Fault.Garbling.UNKNOWN_EVENT)
                            + ofKind(run, Fault.Garbling.HUGE);
            assertThat(run.counts.deadLetters).as("seed=%d", seed).isEqualTo(bad);
            assertThat(run.out.count(Kind.MALFORMED)).isEqualTo(bad);
            assertThat(run.counts.repaired).isEqualTo(run.withheld()).isEqualTo(run.neverShown());
            assertThat(run.counts.connects).isEqualTo(1);
            assertThat(run.counts.duplicates).isZero();
            injected += 220;
        }
        System.out.println("T10 seeds=10 injected=" + injected + " trades=" + 10 * MARKET.rows());
    }

    private static long ofKind(SimulatedFeed run, Fault.Garbling how) {
        return run.exchange.injected().stream()
                .filter(each -> each.fault().equals(new Fault.Garble(how)))
                .count();
    }

    @Test
    void anyOrderBetweenStreamsGivesTheSameTrades() {
        for (long seed = 1; seed <= 10; seed++) {
            SplittableRandom chance = new SplittableRandom(seed);
            List<Fault> what = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                what.add(new Fault.Reorder(2 + chance.nextInt(40)));
            }
            SimulatedFeed run =
                    new SimulatedFeed(MARKET, spread(chance, what), seed).start().finish().verify();
            for (String symbol : MARKET.symbols()) {
                assertThat(run.out.position(symbol).bars).isEqualTo(MARKET.bars(symbol));
            }
            assertThat(run.counts.repaired).as("seed=%d", seed).isZero();
            assertThat(run.out.faults).isEmpty();
        }
    }

    @Test
    void skippedRepeatedAndDelayedMessagesAreFetchedDroppedAndAwaited() {
        long withheld = 0;
        for (long seed = 1; seed <= 10; seed++) {
            SplittableRandom chance = new SplittableRandom(seed);
            List<Fault> what = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                what.add(
                        switch (i % 3) {
                            case 0 -> new Fault.Skip(1 + chance.nextInt(20));
                            case 1 -> new Fault.RepeatMessage(1 + chance.nextInt(5));
                            default ->
                                    new Fault.Delay(
                                            Duration.ofMillis(chance.nextLong(9_000)),
                                            1 + chance.nextInt(10));
                        });
            }
            SimulatedFeed run =
                    new SimulatedFeed(MARKET, spread(chance, what), seed).start().finish().verify();
            assertThat(run.counts.repaired)
                    .as("seed=%d", seed)
                    .isEqualTo(run.neverShown())
                    .isGreaterThanOrEqualTo(run.withheld());
            assertThat(run.counts.duplicates + run.counts.overlapped)
                    .as("seed=%d", seed)
                    .isEqualTo(run.shown.repeated)
                    .isGreaterThanOrEqualTo(run.repeated());
            withheld += run.withheld();
        }
        System.out.println("Skips: seeds=10 withheld=" + withheld);
    }
}
