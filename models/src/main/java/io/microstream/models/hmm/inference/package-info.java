/**
 * Inference in a hidden Markov model whose parameters are known: emission densities, the
 * forward-backward recursion, the online filter, Viterbi's path, and the parameters themselves.
 */
package io.microstream.models.hmm.inference;
