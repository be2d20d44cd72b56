package io.microstream.training.evaluation.statistics;

import java.util.List;

/**
 * Models fitted on the beginning of the training time and evaluated on what follows.
 *
 * @param trainedFrom first day of fitting, UTC
 * @param trainedTo end of fitting and begin of evaluation
 * @param judgedTo end of evaluation
 * @param fittedRows rows the fold's models were fitted on
 * @param judgedRows minutes evaluated
 * @param iterations of Baum-Welch
 * @param regimes of the states, calm first: {@code SSSVVC}
 * @param forwardVolatilityBp median realised volatility of the next 15 minutes by regime
 * @param stableToVolatile by which factor it rises
 * @param volatileToCrisis by which factor it rises
 * @param crisisOccupancy share of minutes labelled as crisis
 * @param logLikelihoodPerBar of the minutes evaluated, nats
 * @param flagRate share of minutes flagged by the fold's isolation forest
 * @param reasons what speaks against the fold's labelling; empty if it is sound
 */
public record WalkForwardFold(
        String trainedFrom,
        String trainedTo,
        String judgedTo,
        int fittedRows,
        int judgedRows,
        int iterations,
        String regimes,
        List<Double> forwardVolatilityBp,
        double stableToVolatile,
        double volatileToCrisis,
        double crisisOccupancy,
        double logLikelihoodPerBar,
        double flagRate,
        List<String> reasons) {

    public WalkForwardFold {
        forwardVolatilityBp = List.copyOf(forwardVolatilityBp);
        reasons = List.copyOf(reasons);
    }
}
