/**
 * Trains models on recorded klines and measures how good they are: reads history, trains on its
 * first part, evaluates on the rest, writes artefacts and a report. {@link
 * io.microstream.training.ModelTraining} runs all of it.
 *
 * <p>No clock and no randomness but that of a given seed: equal input and settings give equal
 * bytes.
 */
package io.microstream.training;
