/**
 * Labelling of hidden states: from profiles of the states to the liquidity regime that each of them
 * belongs to, and the assignment of states of one model to those of another.
 */
package io.microstream.models.hmm.labelling;
