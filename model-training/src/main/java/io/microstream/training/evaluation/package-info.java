/**
 * Evaluation on data after the training period: hold-out, walk-forward folds and drift, checked
 * against the requirements. Stands on {@code history}, {@code candidates} and {@code
 * evaluation.statistics}.
 */
package io.microstream.training.evaluation;
