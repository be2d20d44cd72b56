package io.microstream.live.rows;

import static io.microstream.live.rows.Freshness.DELAYED;
import static io.microstream.live.rows.Freshness.ENDED;
import static io.microstream.live.rows.Freshness.HISTORY;
import static io.microstream.live.rows.Freshness.LIVE;
import static io.microstream.live.rows.Freshness.SIMULATED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreshnessTest {

    private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long DAY = 1_440 * MINUTE;

    private static Freshness of(RunState run, String commitAge, String minuteAge) {
        Instant committed =
                commitAge.equals("-") ? null : NOW.minus(Duration.parse("PT" + commitAge));
        return Freshness.of(run, NOW, committed, NOW.minus(Duration.parse("PT" + minuteAge)));
    }

    @ParameterizedTest
    @CsvSource({
        "UNKNOWN, 0S, 0S, LIVE",
        "UNKNOWN, 90S, 3M, LIVE",
        "UNKNOWN, 90.001S, 3M, DELAYED",
        "UNKNOWN, 5S, 3M0.001S, DELAYED",
        "UNKNOWN, 5S, -65S, LIVE",
        "UNKNOWN, 5S, -65.001S, SIMULATED",
        "UNKNOWN, 5S, -3H, SIMULATED",
        "UNKNOWN, 5S, 24H, DELAYED",
        "UNKNOWN, 5S, 24H0.001S, SIMULATED",
        "UNKNOWN, 3M, 7000H, SIMULATED",
        "UNKNOWN, 3M0.001S, 7000H, ENDED",
        "UNKNOWN, 15M, 16M, DELAYED",
        "UNKNOWN, 15M0.001S, 16M, ENDED",
        "UNKNOWN, 24H, 24H, ENDED",
        "UNKNOWN, 24H0.001S, 0S, HISTORY",
        "UNKNOWN, 8760H, 8760H, HISTORY",
        "UNKNOWN, -, 0S, HISTORY",
        "LIVE, 5S, 0S, LIVE",
        "LIVE, 91S, 0S, DELAYED",
        "LIVE, 5S, -3H, DELAYED",
        "LIVE, 48H, 48H, DELAYED",
        "LIVE, -, 0S, DELAYED",
        "SIMULATED, 5S, 0S, SIMULATED",
        "SIMULATED, 5S, 20H, SIMULATED",
        "SIMULATED, -, 0S, SIMULATED",
        "ENDED, 0S, 0S, ENDED",
        "ENDED, 0S, 7000H, ENDED",
        "ENDED, 24H, 0S, ENDED",
        "ENDED, 25H, 0S, HISTORY",
        "ENDED, -, 0S, ENDED",
    })
    void isJudgedByRunCommitAndClock(
            RunState run, String commitAge, String minuteAge, Freshness expected) {
        assertThat(of(run, commitAge, minuteAge)).isEqualTo(expected);
    }

    /**
     * Lives of markets and runs of which all is known, seen by a server that knows the run, or not.
     */
    @Test
    void neverClaimsMoreThanWhatIsTrue() {
        long seed = 11;
        Random random = new Random(seed);
        Map<Freshness, Integer> seen = new EnumMap<>(Freshness.class);
        for (int life = 0; life < 20_000; life++) {
            boolean isMarketNow = random.nextBoolean();
            long runsFor = 1 + log(random, 2 * DAY);
            long sinceStart = log(random, 4 * DAY);
            boolean hasEnded = sinceStart > runsFor;
            long lag = random.nextInt(3) == 0 ? log(random, DAY / 2) : random.nextInt(5_000);
            long offset =
                    isMarketNow ? 0 : (random.nextBoolean() ? 1 : -1) * log(random, 400 * DAY);
            long commitAge = (hasEnded ? sinceStart - runsFor : 0) + random.nextInt(2_000);
            long newestTrade = (hasEnded ? sinceStart - runsFor : 0) + lag + offset;
            long minuteEndAge = Math.floorDiv(newestTrade, MINUTE) * MINUTE;
            RunState known =
                    hasEnded ? RunState.ENDED : isMarketNow ? RunState.LIVE : RunState.SIMULATED;
            List<String> wrong = new ArrayList<>();
            for (RunState run : new RunState[] {known, RunState.UNKNOWN}) {
                Freshness freshness =
                        Freshness.of(
                                run,
                                NOW,
                                NOW.minusMillis(commitAge),
                                NOW.minusMillis(minuteEndAge));
                seen.merge(freshness, 1, Integer::sum);
                boolean isTrue =
                        switch (freshness) {
                            // Of a run that nobody knows, a market played at the clock cannot be
                            // told.
                            case LIVE ->
                                    minuteEndAge <= 3 * MINUTE
                                            && minuteEndAge >= -65 * SECOND
                                            && commitAge <= 90 * SECOND
                                            && (run == RunState.UNKNOWN
                                                    || isMarketNow && !hasEnded);
                            case SIMULATED ->
                                    run == RunState.UNKNOWN
                                            ? minuteEndAge > DAY || minuteEndAge < -65 * SECOND
                                            : !isMarketNow && !hasEnded;
                            case ENDED -> hasEnded && commitAge <= DAY;
                            case HISTORY -> hasEnded && commitAge > DAY;
                            case DELAYED ->
                                    run == RunState.UNKNOWN
                                            ? commitAge <= 15 * MINUTE
                                            : isMarketNow
                                                    && !hasEnded
                                                    && (minuteEndAge > 3 * MINUTE
                                                            || minuteEndAge < -65 * SECOND
                                                            || commitAge > 90 * SECOND);
                        };
                if (!isTrue) {
                    wrong.add(run + " " + freshness);
                }
            }
            assertThat(wrong)
                    .as(
                            "seed=%d life=%d market now=%s ended=%s commit age=%d minute age=%d",
                            seed, life, isMarketNow, hasEnded, commitAge, minuteEndAge)
                    .isEmpty();
        }
        assertThat(seen).containsOnlyKeys(LIVE, DELAYED, ENDED, HISTORY, SIMULATED);
    }

    /** A random number below a limit, its magnitude uniform. */
    private static long log(Random random, long limit) {
        return (long) Math.exp(random.nextDouble() * Math.log(limit));
    }
}
