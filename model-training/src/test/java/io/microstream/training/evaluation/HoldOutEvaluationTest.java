package io.microstream.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.microstream.market.Bar;
import io.microstream.market.FeatureSchema;
import io.microstream.market.Regime;
import io.microstream.market.RegimeSignal;
import io.microstream.market.RollingFeatures;
import io.microstream.models.AnomalyScorer;
import io.microstream.models.ModelArtifact;
import io.microstream.models.RegimeFilterState;
import io.microstream.models.RegimeScorer;
import io.microstream.training.Markets;
import io.microstream.training.candidates.AnomalyTraining;
import io.microstream.training.candidates.RegimeTraining;
import io.microstream.training.history.SymbolHistory;
import io.microstream.training.history.TrainingHistory;
import io.microstream.training.history.TrainingPeriod;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HoldOutEvaluationTest {

    private static final int CUT = 10 * 1440;
    private static List<Bar> bars;
    private static SymbolHistory history;
    private static ModelArtifact regime;
    private static ModelArtifact anomaly;

    @BeforeAll
    static void train() {
        bars = Markets.simulated("BTCUSDT", 14, 5);
        bars.subList(17_000, 17_030).clear();
        history = Markets.history(bars, Markets.T0 + CUT * Bar.MINUTE_MS);
        TrainingHistory all =
                new TrainingHistory(List.of(history), Markets.T0, history.cutMs(), true, 1, 0);
        RegimeTraining.Outcome r = RegimeTraining.train(all, 1, 2, line -> {});
        AnomalyTraining.Outcome a = AnomalyTraining.train(all, 1, 2);
        regime = ModelArtifact.of(r.model(), "r", "BTCUSDT", 1, 0, 0, 1, "{}");
        anomaly = ModelArtifact.of(a.model(), "a", "BTCUSDT", 1, 0, 0, 1, "{}");
    }

    private static double close(int bar) {
        return bars.get(bar).close().doubleValue();
    }

    /** Returns the forward volatility of a bar; NaN if one of the sixteen minutes is missing. */
    private static double forwardVolatility(int bar) {
        if (bar + 15 >= bars.size()
                || bars.get(bar + 15).openTimeMs() - bars.get(bar).openTimeMs() != 900_000) {
            return Double.NaN;
        }
        double sum = 0;
        for (int i = bar + 1; i <= bar + 15; i++) {
            sum += Math.pow(StrictMath.log(close(i) / close(i - 1)), 2);
        }
        return 10_000 * Math.sqrt(sum);
    }

    @Test
    void figuresAreThoseOfTheNaiveTwin() {
        HoldOutFigures figures =
                HoldOutEvaluation.of(history, regime, anomaly, List.of()).orElseThrow();
        RegimeScorer scorer = RegimeScorer.open(regime);
        RegimeFilterState state = new RegimeFilterState();
        List<RegimeSignal> signals = new ArrayList<>();
        for (int row = CUT; row < bars.size(); row++) {
            signals.addAll(scorer.update(state, history.vector(row)));
        }
        assertThat(signals).hasSize(bars.size() - CUT);
        for (Regime wanted : Regime.values()) {
            List<Double> forward = new ArrayList<>();
            int rows = 0;
            List<Integer> runs = new ArrayList<>();
            for (int i = 0; i < signals.size(); i++) {
                if (signals.get(i).regime() == wanted) {
                    rows++;
                    forward.add(forwardVolatility(CUT + i));
                }
                boolean continues =
                        i > 0
                                && signals.get(i - 1).confirmedRegime()
                                        == signals.get(i).confirmedRegime()
                                && CUT + i != 17_000;
                if (signals.get(i).confirmedRegime() == wanted) {
                    if (continues) {
                        runs.set(runs.size() - 1, runs.get(runs.size() - 1) + 1);
                    } else {
                        runs.add(1);
                    }
                }
            }
            forward.removeIf(x -> x.isNaN());
            forward.sort(Comparator.naturalOrder());
            int n = forward.size();
            double median = (forward.get((n - 1) / 2) + forward.get(n / 2)) / 2;
            int k = wanted.ordinal();
            assertThat(figures.regime().occupancy().get(k))
                    .isCloseTo(rows / (double) signals.size(), within(1e-12));
            assertThat(figures.regime().forwardVolatilityBp().get(k))
                    .isCloseTo(median, within(1e-9));
            assertThat(figures.meanConfirmedRun().get(k))
                    .isCloseTo(
                            runs.stream().mapToInt(x -> x).average().orElseThrow(), within(1e-9));
        }
        assertThat(figures.logLikelihoodPerBar())
                .isCloseTo(
                        -signals.stream()
                                .mapToDouble(RegimeSignal::surprise)
                                .average()
                                .orElseThrow(),
                        within(1e-9));
    }

    @Test
    void flagsAreThoseOfTheScorerAndTheWidestMinutesAreAmongThem() {
        LocalDate day = LocalDate.of(2024, 1, 13);
        HoldOutFigures figures =
                HoldOutEvaluation.of(
                                history, regime, anomaly, List.of(day, LocalDate.of(1999, 1, 1)))
                        .orElseThrow();
        AnomalyScorer scorer = AnomalyScorer.open(anomaly);
        int flagged = 0;
        int scored = 0;
        List<Integer> ofTheDay = new ArrayList<>();
        int proxy = RollingFeatures.SCHEMA.indexOf(FeatureSchema.VOLATILITY_PROXY);
        for (int row = CUT; row < bars.size(); row++) {
            var signal = scorer.score(history.vector(row));
            scored += signal.isPresent() ? 1 : 0;
            flagged += signal.isPresent() && signal.get().isAnomaly() ? 1 : 0;
            if (TrainingPeriod.day(history.openTimeMs(row)).equals(day)) {
                ofTheDay.add(row);
            }
        }
        assertThat(scored)
                .as("the bar after the gap has no return")
                .isEqualTo(bars.size() - CUT - 1);
        assertThat(figures.scored()).isEqualTo(scored);
        assertThat(figures.flagRate()).isCloseTo(flagged / (double) scored, within(1e-12));
        ofTheDay.sort(Comparator.comparingDouble(row -> -history.value(row, proxy)));
        List<Integer> widest = ofTheDay.subList(0, 5);
        assertThat(figures.asked()).hasSize(1);
        WideMinutes asked = figures.asked().get(0);
        assertThat(asked.day()).isEqualTo("2024-01-13");
        assertThat(asked.rangesBp())
                .containsExactlyElementsOf(
                        widest.stream().map(row -> 1e4 * history.value(row, proxy)).toList());
        assertThat(asked.flagged())
                .isEqualTo(
                        (int)
                                widest.stream()
                                        .filter(
                                                row ->
                                                        scorer.score(history.vector(row))
                                                                .orElseThrow()
                                                                .isAnomaly())
                                        .count());
        assertThat(figures.widest()).hasSize(4);
        assertThat(figures.widest())
                .isSortedAccordingTo(
                        Comparator.comparingDouble(WideMinutes::meanRangeBp).reversed());
    }

    @Test
    void symbolWithoutWarmRowsAfterTheCutHasNoFigures() {
        SymbolHistory young = Markets.history(Markets.simulated("NEWUSDT", 1, 1), Markets.T0);
        assertThat(HoldOutEvaluation.of(young, regime, anomaly, List.of())).isEmpty();
    }

    @Test
    void regimeThatNeverOccursHasNoVolatility() {
        RegimeFigures figures =
                RegimeFigures.of(new byte[] {0, 0, 1, 1}, new double[] {1, 3, 6, Double.NaN}, 0, 4);
        assertThat(figures.occupancy()).containsExactly(.5, .5, 0.0);
        assertThat(figures.forwardVolatilityBp()).containsExactly(2.0, 6.0, Double.NaN);
        assertThat(figures.stableToVolatile()).isEqualTo(3);
        assertThat(figures.smallestRise()).isNaN();
    }
}
