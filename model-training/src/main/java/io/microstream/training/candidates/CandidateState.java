package io.microstream.training.candidates;

import io.microstream.market.Regime;

/**
 * One latent state of a candidate model.
 *
 * @param regime it belongs to
 * @param mean of its emission, log_volatility
 * @param deviation standard deviation of its emission
 * @param rowMean mean log_volatility of the rows in the state, by filtered probabilities
 * @param occupancy share of rows in it, by filtered probabilities
 * @param selfTransition probability of staying for another minute
 */
public record CandidateState(
        Regime regime,
        double mean,
        double deviation,
        double rowMean,
        double occupancy,
        double selfTransition) {

    /** Returns the letter of the state's regime: S, V or C. */
    char letter() {
        return switch (regime) {
            case STABLE_LIQUIDITY -> 'S';
            case HIGH_VOLATILITY -> 'V';
            case LIQUIDITY_CRISIS -> 'C';
        };
    }
}
