/**
 * Evaluation on time after the training: hold-out, walk-forward folds and drift, held against the
 * requirements. Stands on {@code history}, {@code candidates} and {@code evaluation.statistics}.
 */
package io.microstream.training.evaluation;
