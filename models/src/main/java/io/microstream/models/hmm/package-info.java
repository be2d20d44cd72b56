/**
 * Gaussian hidden Markov model with full covariances: training by Baum-Welch, filtering bar by bar,
 * and the naming of latent states as market regimes.
 *
 * <p>Arrays are flat and row by row: {@code start[state]}, {@code transition[from][to]}, {@code
 * mean[state][input]}, {@code covariance[state][input][input]}, {@code lnAlpha[row][state]}.
 * Logarithms are {@link java.lang.StrictMath}'s.
 */
package io.microstream.models.hmm;
