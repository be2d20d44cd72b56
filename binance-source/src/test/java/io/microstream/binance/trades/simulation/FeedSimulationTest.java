package io.microstream.binance.trades.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.replay.exchange.faults.Fault;
import io.microstream.binance.replay.exchange.faults.Fault.RestTrouble;
import io.microstream.binance.replay.exchange.faults.PlannedFault;
import io.microstream.binance.trades.FeedConfig;
import io.microstream.binance.trades.FeedStart;
import io.microstream.market.DataQuality;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Faults of all kinds mixed by seed, on small markets: whatever happens, in whatever order, the
 * trade stream comes out whole. A seed that has failed once is run first for ever.
 *
 * <p>{@code -Dmicrostream.simulation.runs=N} runs N more; {@code -Dmicrostream.simulation.seed=S}
 * runs one.
 */
class FeedSimulationTest {

    private static final long[] FAILING_SEEDS = {
        1828, 3756, 12267, 18305, 21101, 28799, 34362, 40093
    };
    private static final int RUNS = 2000;

    private static final List<GoldenMarket> MARKETS =
            List.of(
                    new GoldenMarket(6).busy(2, 40, 1).idle("IDLEUSDT", 40, 1),
                    new GoldenMarket(4).busy(1, 150, 2).idle("IDLEUSDT", 20, 2),
                    new GoldenMarket(10)
                            .busy(1, 20, 3)
                            .idle("IDLE1USDT", 90, 3)
                            .idle("IDLE2USDT", 150, 4),
                    new GoldenMarket(5).busy(4, 15, 5));

    @Test
    void anyMixOfFaultsLeavesTheTradesWhole() {
        Long only = Long.getLong("microstream.simulation.seed");
        List<Long> seeds = new ArrayList<>();
        for (long seed : FAILING_SEEDS) {
            seeds.add(seed);
        }
        for (long seed = 1; seed <= RUNS + Long.getLong("microstream.simulation.runs", 0); seed++) {
            seeds.add(seed);
        }
        long trades = 0;
        long injected = 0;
        long repaired = 0;
        long simulated = 0;
        long started = System.nanoTime();
        List<String> failures = new ArrayList<>();
        for (long seed : only == null ? seeds : List.of(only)) {
            try {
                SimulatedFeed run = run(seed);
                trades += run.out.trades;
                injected += run.exchange.injected().size();
                repaired += run.counts.repaired;
                simulated += run.time.nanos();
            } catch (AssertionError | RuntimeException failure) {
                failures.add("seed=" + seed + " " + failure);
                if (only != null) {
                    throw failure;
                }
            }
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        System.out.printf(
                "Simulation: runs=%d failed=%d trades=%d faults=%d repaired=%d simulatedHours=%d"
                        + " seconds=%.1f runsPerMinute=%.0f%n",
                seeds.size(),
                failures.size(),
                trades,
                injected,
                repaired,
                Duration.ofNanos(simulated).toHours(),
                seconds,
                seeds.size() / seconds * 60);
        assertThat(failures).isEmpty();
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        for (long seed : new long[] {7, 8, 9}) {
            SimulatedFeed once = run(seed);
            SimulatedFeed again = run(seed);
            assertThat(again.out.faults).isEqualTo(once.out.faults);
            assertThat(again.state()).isEqualTo(once.state());
            assertThat(again.exchange.injected()).isEqualTo(once.exchange.injected());
            assertThat(again.rest.requests).isEqualTo(once.rest.requests);
        }
    }

    private static SimulatedFeed run(long seed) {
        SplittableRandom chance = new SplittableRandom(seed * 0x9E3779B97F4A7C15L);
        GoldenMarket market = MARKETS.get(chance.nextInt(MARKETS.size()));
        List<PlannedFault> faults = new RandomFaults(chance).in(market, 12);
        FeedConfig config = SimulatedFeed.CONFIG;
        if (chance.nextInt(4) == 0) {
            config = config.renewedEvery(Duration.ofSeconds(60 + chance.nextInt(200)));
        }
        if (chance.nextInt(6) == 0) {
            config = config.sized(1 + chance.nextInt(3), 1 + chance.nextInt(50));
        }
        int inbox = chance.nextInt(6) == 0 ? 4_000 : SimulatedFeed.INBOX;
        SimulatedFeed run = new SimulatedFeed(market, faults, config, inbox, seed);
        run.out.proofsMustHold = !hides(faults);
        begin(run, chance, refuses(faults));
        for (int i = chance.nextInt(4); i > 0; i--) {
            run.time.pass(Duration.ofMillis(chance.nextLong(120_000)));
            switch (chance.nextInt(3)) {
                case 0 -> run.time.stick(Duration.ofMillis(chance.nextLong(100_000)));
                case 1 -> restart(run, chance);
                default -> {}
            }
        }
        run.finish().verify();
        verifyCounts(run, faults);
        return run;
    }

    /** While REST refuses, the next trade may be long in coming: there may be none. */
    private static void begin(SimulatedFeed run, SplittableRandom chance, boolean refused) {
        boolean fromTheFirst = chance.nextBoolean();
        run.time.pass(Duration.ofMillis(chance.nextLong(60_000)));
        long nowMs = GoldenMarket.START_MS + run.time.nanos() / 1_000_000;
        for (String symbol : run.market.symbols()) {
            FeedStart start =
                    chance.nextBoolean() && !refused
                            ? FeedStart.LATEST
                            : FeedStart.atTimeMs(nowMs - chance.nextLong(100_000));
            if (!fromTheFirst) {
                run.begin(symbol, start);
            }
        }
        run.start();
    }

    /** Only once all have begun: what begins with the next trade may find that none is left. */
    private static void restart(SimulatedFeed run, SplittableRandom chance) {
        if (!run.market.symbols().stream().allMatch(symbol -> run.out.position(symbol).next > 0)) {
            return;
        }
        run.kill();
        run.time.pass(Duration.ofMillis(chance.nextLong(30_000)));
        run.start();
    }

    private static boolean refuses(List<PlannedFault> faults) {
        return faults.stream()
                .anyMatch(
                        planned ->
                                planned.fault() instanceof Fault.Rest rest
                                        && (rest.trouble() == RestTrouble.FORBIDDEN
                                                || rest.trouble() == RestTrouble.BANNED));
    }

    /** A database that hides what happened long ago makes silence look right. */
    private static boolean hides(List<PlannedFault> faults) {
        return faults.stream()
                .anyMatch(
                        planned ->
                                planned.fault() instanceof Fault.Rest rest
                                        && (rest.trouble() == RestTrouble.DATABASE_LAG
                                                || rest.trouble() == RestTrouble.HIGHER_ID));
    }

    private static void verifyCounts(SimulatedFeed run, List<PlannedFault> faults) {
        assertThat(run.lost() == 0 || hides(faults)).as("nothing lost").isTrue();
        long reported =
                run.out.of(DataQuality.Kind.GAP).stream().mapToLong(DataQuality::repaired).sum();
        assertThat(reported).as("repairs reported").isLessThanOrEqualTo(run.counts.repaired);
        assertThat(run.counts.duplicates + run.counts.overlapped)
                .as("repeats counted")
                .isLessThanOrEqualTo(run.shown.repeated + run.shown.late);
    }
}
