/**
 * Fitting of a hidden Markov model: starting points, the expectation step in log space and its
 * scaled fast path, and Baum-Welch, plain and accelerated. Stands on {@code inference}.
 */
package io.microstream.models.hmm.fitting;
