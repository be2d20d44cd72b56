package io.microstream.training.evaluation;

import io.microstream.training.evaluation.statistics.StateFigures;
import io.microstream.training.evaluation.statistics.Transitions;
import io.microstream.training.evaluation.statistics.WalkForwardFold;
import java.util.List;

/**
 * The figures behind a report's plots; those that requirements are checked against are {@link
 * HoldOutFigures}.
 *
 * @param seed of all intervals
 * @param replicates behind each interval
 * @param states of the regime model, calm first
 * @param stateTransitions of the model, states calm first
 * @param regimeTransitions that they imply between regimes in equilibrium
 * @param folds walk-forward, in order of time
 * @param foldsNote how the folds were made, or why there are few or none
 * @param symbols that have warm rows in the hold-out, in alphabetical order
 */
public record EvaluationFigures(
        long seed,
        int replicates,
        List<StateFigures> states,
        Transitions stateTransitions,
        Transitions regimeTransitions,
        List<WalkForwardFold> folds,
        String foldsNote,
        List<SymbolFigures> symbols) {

    public EvaluationFigures {
        states = List.copyOf(states);
        folds = List.copyOf(folds);
        symbols = List.copyOf(symbols);
    }
}
