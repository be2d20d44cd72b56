package io.microstream.training.evaluation.statistics;

import io.microstream.market.Regime;

/**
 * The figures of one latent state of the regime model.
 *
 * @param name {@code S1}, {@code V1}, {@code C1}: letter of the regime, counted from calm to
 *     turbulent
 * @param regime it belongs to
 * @param stress see {@link io.microstream.models.hmm.labelling.RegimeLabelling}
 * @param occupancy share of the training rows
 * @param meanLogVolatility mean of log_volatility over the training rows in it
 * @param stay probability of staying for another minute
 * @param meanStay 1 / (1 − stay), minutes
 * @param stationary share of time in equilibrium
 */
public record StateFigures(
        String name,
        Regime regime,
        double stress,
        double occupancy,
        double meanLogVolatility,
        double stay,
        double meanStay,
        double stationary) {}
