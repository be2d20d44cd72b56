package io.microstream.training.evaluation;

import io.microstream.models.AnomalyScorer;
import io.microstream.models.ModelArtifact;
import io.microstream.models.RegimeScorer;
import io.microstream.models.hmm.GaussianHmmModel;
import io.microstream.training.evaluation.statistics.ScoreHistogram;
import io.microstream.training.evaluation.statistics.StationaryBootstrap;
import io.microstream.training.history.SymbolHistory;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs all rows of a symbol through both models and measures everything the report shows of it:
 * first the hold-out, which requirements are checked on, then the training rows.
 */
final class SymbolEvaluation {

    static final String TRAINING = "training";
    static final String HOLD_OUT = "hold-out";

    private final SymbolHistory history;
    private final ModelArtifact regimeModel;
    private final ModelArtifact anomalyModel;
    private final ScoredRows holdOut;

    /** Runs both models over the symbol's hold-out. */
    SymbolEvaluation(SymbolHistory history, ModelArtifact regimeModel, ModelArtifact anomalyModel) {
        this.history = history;
        this.regimeModel = regimeModel;
        this.anomalyModel = anomalyModel;
        int first = history.firstRowFrom(history.cutMs());
        holdOut = ScoredRows.of(history, first, history.rows(), regimeModel, anomalyModel);
    }

    String symbol() {
        return history.symbol();
    }

    /**
     * Returns the figures that requirements are checked against; empty if the hold-out has no warm
     * row.
     */
    Optional<HoldOutFigures> holdOut(List<LocalDate> days) {
        return HoldOutEvaluation.of(holdOut, days);
    }

    /**
     * Returns the figures behind the symbol's plots; may be called only if there is a {@link
     * #holdOut}.
     *
     * @param seed of the intervals
     */
    SymbolFigures figures(long seed, int threads) {
        ScoredRows training =
                ScoredRows.byMonth(history, 0, holdOut.first(), regimeModel, anomalyModel, threads);
        GaussianHmmModel model = RegimeScorer.open(regimeModel).model();
        AnomalyScorer scorer = AnomalyScorer.open(anomalyModel);
        StateOrder order = new StateOrder(model);
        RegimeEvaluation before = new RegimeEvaluation(training, TRAINING);
        RegimeEvaluation after = new RegimeEvaluation(holdOut, HOLD_OUT);
        StationaryBootstrap bootstrap = after.bootstrap(seed);
        List<String> anomalyInputs = scorer.model().inputs();
        GapList gaps = GapList.of(history);
        return new SymbolFigures(
                history.symbol(),
                List.of(after.price(), before.price()),
                before.figures(),
                after.durations(order.regimes()),
                before.transitions(),
                after.transitions(),
                after.statePath(model, order),
                after.quantities(bootstrap, threads),
                bootstrap.meanBlockHours(),
                joined(before.fit(), after.fit()),
                joined(
                        AnomalyEvaluation.flagRates(training, TRAINING, seed),
                        AnomalyEvaluation.flagRates(holdOut, HOLD_OUT, seed)),
                joined(
                        AnomalyEvaluation.surpriseRates(training, TRAINING, seed),
                        AnomalyEvaluation.surpriseRates(holdOut, HOLD_OUT, seed)),
                ScoreHistogram.of(scorer.model().threshold(), training.score(), holdOut.score()),
                anomalyInputs,
                AnomalyEvaluation.mostSevere(holdOut, scorer),
                Months.of(holdOut).stream().map(Months.Month::name).toList(),
                DriftEvaluation.of(training, holdOut, model.inputs(), anomalyInputs, threads),
                gaps.longest(),
                gaps.leftOut());
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
