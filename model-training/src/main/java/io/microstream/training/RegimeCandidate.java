package io.microstream.training;

import java.util.List;

/**
 * A number of latent states that was tried.
 *
 * @param states K
 * @param iterations of Baum-Welch
 * @param converged whether it ended because the gain had become small
 * @param rows it was fitted on
 * @param logLikelihoodPerBar on the rows fitted on, nats
 * @param validationPerBar log likelihood on later training rows it was not fitted on, nats a bar
 * @param bicPerBar Schwarz's criterion on the rows fitted on, divided by their number; lower is
 *     better
 * @param topOccupancy share of rows in the most stressed state
 * @param topVolatility mean log_volatility of the rows in it
 * @param volatilityP90 90th percentile of log_volatility of all rows
 * @param regimes of the states, calm first, in one word: {@code SSSVVC}
 * @param reasons what speaks against it; empty if it qualifies
 */
public record RegimeCandidate(
        int states,
        int iterations,
        boolean converged,
        int rows,
        double logLikelihoodPerBar,
        double validationPerBar,
        double bicPerBar,
        double topOccupancy,
        double topVolatility,
        double volatilityP90,
        String regimes,
        List<String> reasons) {

    public RegimeCandidate {
        reasons = List.copyOf(reasons);
    }

    /** Whether it may be chosen. */
    public boolean qualifies() {
        return reasons.isEmpty();
    }
}
