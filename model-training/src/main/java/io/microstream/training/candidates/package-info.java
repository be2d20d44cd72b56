/**
 * Candidates: trains regime models for every number of states from many starting points and an
 * isolation forest, rejects unsound ones, and chooses among the rest. Stands on {@code history}.
 */
package io.microstream.training.candidates;
