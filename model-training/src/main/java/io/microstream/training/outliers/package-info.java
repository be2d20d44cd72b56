/**
 * The isolation forest on public outlier sets with known truth: reads CSV files of the form
 * features…, outlier, trains with several seeds and holds the areas under the curves against
 * published ones. {@link io.microstream.training.outliers.OutlierEvaluation} is the programme.
 */
package io.microstream.training.outliers;
