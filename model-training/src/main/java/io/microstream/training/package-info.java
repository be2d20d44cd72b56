/**
 * From recorded klines to models that can be judged: reads history, trains on the first part of
 * time, evaluates on the later, writes artefacts and a report. {@link
 * io.microstream.training.ModelTraining} is the programme.
 *
 * <p>No clock and no chance but a given seed: equal input and settings give equal bytes.
 */
package io.microstream.training;
