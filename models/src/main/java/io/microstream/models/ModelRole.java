package io.microstream.models;

import java.util.Objects;

/**
 * The role of a model in the job, which holds one champion, and perhaps a challenger, of each.
 *
 * @param name upper case, as in the table {@code models}
 * @param number of the role in serialized artefacts, ≥ 1, never reused
 */
public record ModelRole(String name, int number) {

    /** Role of a {@link io.microstream.models.hmm.GaussianHmmModel}, which publishes regimes. */
    public static final ModelRole REGIME = new ModelRole("REGIME", 1);

    /**
     * Role of an {@link io.microstream.models.isolation.IsolationForestModel}, which publishes
     * anomalies.
     */
    public static final ModelRole ANOMALY = new ModelRole("ANOMALY", 2);

    public ModelRole {
        Objects.requireNonNull(name, "name");
        if (number < 1) {
            throw new IllegalArgumentException("Role number must be 1 or more: number=" + number);
        }
    }

    /** Returns the name of the role, for messages. */
    @Override
    public String toString() {
        return name;
    }
}
