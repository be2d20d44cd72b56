package io.microstream.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.microstream.market.Bar;
import io.microstream.market.FeatureSchema;
import io.microstream.models.ModelArtifact;
import io.microstream.models.hmm.GaussianHmmModel;
import io.microstream.models.hmm.GaussianHmmTrainer;
import io.microstream.models.isolation.IsolationForestModel;
import io.microstream.training.Markets;
import io.microstream.training.candidates.AnomalyTraining;
import io.microstream.training.evaluation.statistics.WalkForwardFold;
import io.microstream.training.history.SymbolHistory;
import io.microstream.training.history.TrainingHistory;
import io.microstream.training.history.TrainingRows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WalkForwardTest {

    private static final int CUT = 29 * 1440;
    private static List<Bar> bars;
    private static GaussianHmmModel regime;
    private static IsolationForestModel anomaly;

    @BeforeAll
    static void train() {
        bars = Markets.simulated("BTCUSDT", 31, 5);
        TrainingHistory history = history(bars, CUT);
        TrainingRows rows =
                TrainingRows.select(
                        history.symbols(),
                        List.of(FeatureSchema.LOG_VOLATILITY),
                        history.fromMs(),
                        history.cutMs(),
                        day -> true);
        regime =
                GaussianHmmTrainer.withStates(3)
                        .threads(2)
                        .build()
                        .train(rows.matrix(), rows.lengths());
        anomaly = AnomalyTraining.train(history, 1, 2).model();
    }

    private static TrainingHistory history(List<Bar> all, int cut) {
        long cutMs = Markets.T0 + cut * Bar.MINUTE_MS;
        return new TrainingHistory(
                List.of(Markets.history(all, cutMs)), Markets.T0, cutMs, true, 1, 0);
    }

    private static WalkForward.Outcome walk(int cut, int threads) {
        return WalkForward.of(history(bars, cut), regime, anomaly, 1, threads);
    }

    @Test
    void windowsGrowAndEachIsEvaluatedOnWhatFollows() {
        List<WalkForwardFold> folds = walk(CUT, 2).folds();
        assertThat(folds).hasSize(3);
        assertThat(folds)
                .extracting(WalkForwardFold::trainedTo)
                .containsExactly("2024-01-08 06:00", "2024-01-15 12:00", "2024-01-22 18:00");
        assertThat(folds)
                .extracting(WalkForwardFold::judgedTo)
                .containsExactly("2024-01-15 12:00", "2024-01-22 18:00", "2024-01-30 00:00");
        assertThat(folds)
                .allSatisfy(
                        fold -> {
                            assertThat(fold.trainedFrom()).isEqualTo("2024-01-01 00:00");
                            assertThat(fold.judgedRows()).isEqualTo(CUT / 4);
                            assertThat(fold.stableToVolatile()).isGreaterThan(1.5);
                            assertThat(fold.flagRate()).isBetween(.002, .05);
                        });
        assertThat(folds.get(0).fittedRows()).isEqualTo(CUT / 4 - 1440);
    }

    @Test
    void laterBarsChangeNothingInAnEarlierFold() {
        List<Bar> others = new ArrayList<>(bars.subList(0, 22 * 1440));
        Markets.simulated("BTCUSDT", 31, 77).stream().skip(22 * 1440).forEach(others::add);
        List<WalkForwardFold> changed =
                WalkForward.of(history(others, CUT), regime, anomaly, 1, 2).folds();
        List<WalkForwardFold> folds = walk(CUT, 2).folds();
        assertThat(changed.get(0)).isEqualTo(folds.get(0));
        assertThat(changed.get(2)).isNotEqualTo(folds.get(2));
    }

    @Test
    void foldsAreTheSameAtAnyNumberOfThreads() {
        assertThat(walk(CUT, 3)).isEqualTo(walk(CUT, 1));
    }

    @Test
    void shortRangesHaveFewFoldsOrNoneAndSayWhy() {
        assertThat(walk(14 * 1440, 1).folds()).hasSize(1);
        assertThat(walk(14 * 1440, 1).note())
                .contains("one fold,")
                .contains("Fewer than 5, since a part must hold 7 days.");
        WalkForward.Outcome none = walk(13 * 1440, 1);
        assertThat(none.folds()).isEmpty();
        assertThat(none.note())
                .isEqualTo(
                        "No folds: the training period of 13.0 days is shorter than two parts of 7 days.");
    }

    @Test
    void figuresOfScoredRowsAgreeWithThoseOfTheRequirements() {
        SymbolHistory history = history(bars, CUT).symbols().get(0);
        ModelArtifact r = ModelArtifact.of(regime, "r", "*", 1, 0, 0, 1, "{}");
        ModelArtifact a = ModelArtifact.of(anomaly, "a", "*", 1, 0, 0, 1, "{}");
        SymbolEvaluation evaluation = new SymbolEvaluation(history, r, a);
        HoldOutFigures required = evaluation.holdOut(List.of()).orElseThrow();
        SymbolFigures figures = evaluation.figures(1, 2);
        for (int k = 0; k < 3; k++) {
            assertThat(figures.durations().get(k).mean())
                    .isCloseTo(required.meanConfirmedRun().get(k), within(1e-9));
            assertThat(figures.quantities().get(3).regimes().get(k).median().value())
                    .isCloseTo(required.regime().forwardVolatilityBp().get(k), within(1e-9));
        }
        assertThat(figures.quantities().get(3).stableToVolatile().value())
                .isCloseTo(required.regime().stableToVolatile(), within(1e-9));
        assertThat(figures.flagRates().get(figures.flagRates().size() - 1).clustered().value())
                .isCloseTo(required.flagRate(), within(1e-12));
        assertThat(figures.flagRates().get(1).month()).isEqualTo("all");
        assertThat(figures.flagRates().get(1).clustered().value())
                .as("in sample the rate is the contamination")
                .isCloseTo(AnomalyTraining.CONTAMINATION, within(1e-4));
        assertThat(figures.fit().get(1).logLikelihoodPerBar())
                .isCloseTo(required.logLikelihoodPerBar(), within(1e-9));
        assertThat(figures.prices().get(0).minutes()).isEqualTo(required.regime().rows());
        assertThat(figures.anomalies())
                .allSatisfy(
                        anomalous ->
                                assertThat(
                                                anomalous.attribution().stream()
                                                        .mapToDouble(x -> x)
                                                        .sum())
                                        .isCloseTo(anomalous.score() - .5, within(1e-9)));
        assertThat(figures.anomalies())
                .isSortedAccordingTo(
                        Comparator.comparingDouble(anomalous -> -anomalous.severity()));
    }
}
