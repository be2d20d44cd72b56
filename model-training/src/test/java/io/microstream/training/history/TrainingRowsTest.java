package io.microstream.training.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.market.Bar;
import io.microstream.market.FeatureSchema;
import io.microstream.market.FeatureVector;
import io.microstream.market.RollingFeatures;
import io.microstream.training.Markets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingRowsTest {

    private static final List<String> VOLATILITY = List.of(FeatureSchema.LOG_VOLATILITY);
    private static final List<String> WITH_RETURN =
            List.of(FeatureSchema.SCALED_RETURN, FeatureSchema.RANGE_SURGE);

    /** Returns 35 days of bars that lack a minute, two minutes, two hours and a day. */
    private static List<Bar> withGaps() {
        List<Bar> bars = Markets.simulated("BTCUSDT", 35, 3);
        bars.subList(40_000, 40_000 + 1440).clear();
        bars.subList(20_000, 20_120).clear();
        bars.remove(12_000);
        bars.remove(11_000);
        bars.remove(11_000);
        return bars;
    }

    @Test
    void sequencesEndAtGapsAndAtTheEndOfAMonth() {
        List<Bar> bars = withGaps();
        SymbolHistory history = Markets.history(bars, Long.MAX_VALUE);
        TrainingRows rows =
                TrainingRows.select(List.of(history), VOLATILITY, 0, Long.MAX_VALUE, day -> true);
        assertThat(rows.lengths())
                .as("warm-up, minutes 11000-11001, 12000, 20000-20119 and 40000-41439 are missing")
                .containsExactly(
                        11_000 - 1_440,
                        12_000 - 11_002,
                        20_000 - 12_001,
                        40_000 - 20_120,
                        31 * 1_440 - 41_440,
                        4 * 1_440);
        assertThat(history.training().gaps()).isEqualTo(4);
        assertThat(history.training().missingMinutes()).isEqualTo(2 + 1 + 120 + 1440);
    }

    @Test
    void rowsAreThoseOfTheNaiveTwin() {
        List<Bar> bars = withGaps();
        long fromMs = Markets.T0 + 5_000 * Bar.MINUTE_MS;
        long toMs = Markets.T0 + 33_000 * Bar.MINUTE_MS;
        List<Double> expected = new ArrayList<>();
        int[] pairs = {0};
        long[] last = {-1};
        RollingFeatures features = new RollingFeatures("BTCUSDT");
        for (Bar bar : bars) {
            features.update(
                    bar,
                    vector -> {
                        if (bar.openTimeMs() >= fromMs
                                && bar.openTimeMs() < toMs
                                && vector.value(RollingFeatures.SCHEMA, FeatureSchema.BASELINE_BARS)
                                        >= 1440
                                && Double.isFinite(
                                        vector.value(
                                                RollingFeatures.SCHEMA,
                                                FeatureSchema.SCALED_RETURN))) {
                            expected.add(
                                    vector.value(
                                            RollingFeatures.SCHEMA, FeatureSchema.RANGE_SURGE));
                            expected.add(
                                    vector.value(
                                            RollingFeatures.SCHEMA, FeatureSchema.SCALED_RETURN));
                            pairs[0] += bar.openTimeMs() - last[0] == Bar.MINUTE_MS ? 1 : 0;
                            last[0] = bar.openTimeMs();
                        }
                    });
        }
        TrainingRows rows =
                TrainingRows.select(
                        List.of(Markets.history(bars, toMs)),
                        WITH_RETURN,
                        fromMs,
                        toMs,
                        day -> true);
        assertThat(rows.matrix().values())
                .containsExactly(expected.stream().mapToDouble(Double::doubleValue).toArray());
        assertThat(rows.rows() - rows.lengths().length)
                .as("every transition is from one minute to the next")
                .isEqualTo(pairs[0]);
        assertThat(rows.firstMs()).isEqualTo(fromMs);
        assertThat(rows.lastMs()).isEqualTo(toMs - Bar.MINUTE_MS);
    }

    @Test
    void symbolsFollowOnOneAnotherAsSequencesOfTheirOwn() {
        SymbolHistory btc = Markets.history(Markets.simulated("BTCUSDT", 3, 1), Long.MAX_VALUE);
        SymbolHistory eth = Markets.history(Markets.simulated("ETHUSDT", 4, 1), Long.MAX_VALUE);
        TrainingRows rows =
                TrainingRows.select(List.of(btc, eth), VOLATILITY, 0, Long.MAX_VALUE, day -> true);
        assertThat(rows.lengths()).containsExactly(2 * 1440, 3 * 1440);
        int volatility = RollingFeatures.SCHEMA.indexOf(FeatureSchema.LOG_VOLATILITY);
        assertThat(rows.matrix().values()[2 * 1440]).isEqualTo(eth.value(1440, volatility));
    }

    @Test
    void wholeDaysCanBeLeftOut() {
        SymbolHistory history =
                Markets.history(Markets.simulated("BTCUSDT", 35, 1), Long.MAX_VALUE);
        int first = (int) (Markets.T0 / TrainingPeriod.DAY_MS);
        TrainingRows rows =
                TrainingRows.select(
                        List.of(history),
                        VOLATILITY,
                        0,
                        Long.MAX_VALUE,
                        day -> (day - first) % 10 >= 8);
        assertThat(rows.lengths())
                .as("days 9 and 10 of each ten, cut at the end of January")
                .containsExactly(2 * 1440, 2 * 1440, 2 * 1440);
        assertThat(rows.firstMs()).isEqualTo(Markets.T0 + 8 * TrainingPeriod.DAY_MS);
    }

    @Test
    void historyHoldsTheVectorsThatTheJobWouldScore() {
        List<Bar> bars = Markets.simulated("BTCUSDT", 2, 1);
        List<FeatureVector> expected = new ArrayList<>();
        RollingFeatures features = new RollingFeatures("BTCUSDT");
        bars.forEach(bar -> features.update(bar, expected::add));
        SymbolHistory history = Markets.history(bars, Long.MAX_VALUE);
        for (int row = 0; row < bars.size(); row++) {
            assertThat(history.vector(row)).isEqualTo(expected.get(row));
        }
        assertThat(Arrays.asList(history.isWarm(1439), history.isWarm(1440)))
                .containsExactly(false, true);
    }
}
