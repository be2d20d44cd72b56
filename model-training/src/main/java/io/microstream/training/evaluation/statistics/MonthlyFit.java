package io.microstream.training.evaluation.statistics;

/**
 * The fit of the regime model in one month.
 *
 * @param part {@code training} or {@code hold-out}
 * @param month {@code 2025-01}
 * @param minutes labelled
 * @param logLikelihoodPerBar mean of ln p(bar | all bars before it), nats
 */
public record MonthlyFit(String part, String month, int minutes, double logLikelihoodPerBar) {}
