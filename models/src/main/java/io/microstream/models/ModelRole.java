package io.microstream.models;

/** What a model is for: the job holds one champion, and perhaps a challenger, of each role. */
public enum ModelRole {
    /** A {@link io.microstream.models.hmm.GaussianHmmModel}. */
    REGIME,
    /** A {@link io.microstream.models.isolation.IsolationForestModel}. */
    ANOMALY
}
