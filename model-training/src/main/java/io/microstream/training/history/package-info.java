/**
 * The history that models are trained and evaluated on: what was asked for, the klines of each
 * symbol with their features, and the training rows taken from them.
 */
package io.microstream.training.history;
