package io.microstream.training.evaluation;

import io.microstream.models.AnomalyScorer;
import io.microstream.models.ModelArtifact;
import io.microstream.models.RegimeScorer;
import io.microstream.models.hmm.GaussianHmmModel;
import io.microstream.training.evaluation.statistics.StationaryBootstrap;
import io.microstream.training.evaluation.statistics.Transitions;
import io.microstream.training.history.SymbolHistory;
import io.microstream.training.history.TrainingHistory;
import io.microstream.training.history.TrainingRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Evaluates the two artefacts on a history: first on each symbol's hold-out, which the requirements
 * are checked against, then for the report's plots and by walk-forward folds, which takes longer.
 */
public final class EvaluationRun {

    private final TrainingHistory history;
    private final ModelArtifact regimeModel;
    private final ModelArtifact anomalyModel;
    private final TrainingRequest request;
    private final List<HoldOutFigures> holdOut = new ArrayList<>();
    private final List<SymbolEvaluation> evaluations = new ArrayList<>();

    /** Runs both models over the hold-out of every symbol. */
    public EvaluationRun(
            TrainingHistory history,
            ModelArtifact regimeModel,
            ModelArtifact anomalyModel,
            TrainingRequest request,
            Consumer<String> progress) {
        this.history = history;
        this.regimeModel = regimeModel;
        this.anomalyModel = anomalyModel;
        this.request = request;
        for (SymbolHistory symbol : history.symbols()) {
            progress.accept("judging " + symbol.symbol() + " bars=" + symbol.holdOut().bars());
            SymbolEvaluation evaluation = new SymbolEvaluation(symbol, regimeModel, anomalyModel);
            Optional<HoldOutFigures> own = evaluation.holdOut(request.days());
            own.ifPresent(
                    figures -> {
                        holdOut.add(figures);
                        evaluations.add(evaluation);
                    });
        }
    }

    /**
     * Returns the figures that requirements are checked against; a symbol without warm rows in the
     * hold-out is left out.
     */
    public List<HoldOutFigures> holdOut() {
        return holdOut;
    }

    /** Returns the figures behind the report's plots, reporting each step to {@code progress}. */
    public EvaluationFigures figures(Consumer<String> progress) {
        List<SymbolFigures> symbols = new ArrayList<>();
        for (SymbolEvaluation evaluation : evaluations) {
            progress.accept("evaluating " + evaluation.symbol());
            symbols.add(evaluation.figures(request.seed(), request.threads()));
        }
        progress.accept("walking forward");
        GaussianHmmModel regime = RegimeScorer.open(regimeModel).model();
        WalkForward.Outcome walk =
                WalkForward.of(
                        history,
                        regime,
                        AnomalyScorer.open(anomalyModel).model(),
                        request.seed(),
                        request.threads());
        StateOrder order = new StateOrder(regime);
        return new EvaluationFigures(
                request.seed(),
                StationaryBootstrap.REPLICATES,
                order.figures(),
                order.transitions(),
                Transitions.of(StateOrder.REGIMES, order.regimes().transition()),
                walk.folds(),
                walk.note(),
                symbols);
    }
}
