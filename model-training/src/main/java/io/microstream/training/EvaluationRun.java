package io.microstream.training;

import io.microstream.models.AnomalyScorer;
import io.microstream.models.ModelArtifact;
import io.microstream.models.RegimeScorer;
import io.microstream.models.hmm.GaussianHmmModel;
import io.microstream.training.evaluation.StationaryBootstrap;
import io.microstream.training.evaluation.Transitions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Judges two artefacts on a history: symbol by symbol, then fold by fold.
 *
 * @param holdOut what requirements are held against
 * @param figures what the plots show
 */
record EvaluationRun(List<HoldOutFigures> holdOut, EvaluationFigures figures) {

    static EvaluationRun of(
            TrainingHistory history,
            ModelArtifact regimeModel,
            ModelArtifact anomalyModel,
            TrainingRequest request,
            Consumer<String> progress) {
        List<HoldOutFigures> holdOut = new ArrayList<>();
        List<SymbolFigures> symbols = new ArrayList<>();
        for (SymbolHistory symbol : history.symbols()) {
            progress.accept("evaluating " + symbol.symbol() + " bars=" + symbol.holdOut().bars());
            SymbolEvaluation evaluation = new SymbolEvaluation(symbol, regimeModel, anomalyModel);
            Optional<HoldOutFigures> own = evaluation.holdOut(request.days());
            own.ifPresent(holdOut::add);
            if (own.isPresent()) {
                symbols.add(evaluation.figures(request.seed(), request.threads()));
            }
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
        return new EvaluationRun(
                holdOut,
                new EvaluationFigures(
                        request.seed(),
                        StationaryBootstrap.REPLICATES,
                        order.figures(),
                        order.transitions(),
                        Transitions.of(StateOrder.REGIMES, order.regimes().transition()),
                        walk.folds(),
                        walk.note(),
                        symbols));
    }
}
