package io.microstream.models;

import io.microstream.market.FeatureVector;
import java.util.Optional;

/**
 * Scores feature vectors by a model that needs nothing but the vector.
 *
 * @param <T> signal
 */
public interface VectorScorer<T> {

    /**
     * Scores a vector.
     *
     * @return empty if an input of the model is undefined (NaN) in the vector
     * @throws IllegalArgumentException if the vector is of another schema version than the model
     */
    Optional<T> score(FeatureVector vector);
}
