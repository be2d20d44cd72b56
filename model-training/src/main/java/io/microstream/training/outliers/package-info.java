/**
 * Evaluates the isolation forest on public labelled outlier sets: reads CSV files of the form
 * features…, outlier, trains with several seeds and compares the areas under the curves with
 * published ones. {@link io.microstream.training.outliers.OutlierEvaluation} is the entry point.
 */
package io.microstream.training.outliers;
