package io.microstream.training.evaluation.statistics;

/**
 * The distribution of a quantity over the minutes of one regime.
 *
 * @param minutes that have the quantity
 * @param mean with its interval
 * @param median with its interval
 * @param q05 5th percentile
 * @param q25 lower quartile
 * @param q75 upper quartile
 * @param q95 95th percentile
 */
public record RegimeQuantity(
        int minutes,
        ConfidenceBounds mean,
        ConfidenceBounds median,
        double q05,
        double q25,
        double q75,
        double q95) {}
