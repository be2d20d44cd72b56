/**
 * The figures that an evaluation measures, as records, and the statistics behind them, on plain
 * arrays.
 *
 * <p>Lists with a value for each regime are in the order of {@link io.microstream.market.Regime};
 * NaN stands for what cannot be measured and becomes null in JSON. Shares are of 1, volatilities,
 * ranges and returns in basis points, durations in minutes, likelihoods in nats per bar.
 */
package io.microstream.training.evaluation.statistics;
