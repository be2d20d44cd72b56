/**
 * Models of the market: what travels ({@link io.microstream.models.ModelArtifact}) and what scores
 * a feature vector ({@link io.microstream.models.RegimeScorer}, {@link
 * io.microstream.models.AnomalyScorer}).
 *
 * <p>The learners lie below: {@code isolation} and {@code hmm}, both plugged into Tribuo. All
 * results are functions of data, parameters and seed: equal on every machine and at any number of
 * threads.
 */
package io.microstream.models;
