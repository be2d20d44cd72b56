package io.microstream.job;

import io.microstream.models.ModelArtifact;
import io.microstream.tables.ModelRow;
import java.util.Arrays;
import java.util.Objects;

/**
 * A model on its way to the scorers: the bytes of a {@link ModelArtifact}, and what selects it.
 *
 * <p>The order of arrival does not matter: for a bar the scorers take, among the models of the role
 * whose {@code effectiveFromMs} is not after the bar, those of the bar's own symbol before those of
 * {@code *}, and of these the highest version.
 *
 * @param role {@code REGIME} or {@code ANOMALY}
 * @param symbol a symbol, or {@code *} for every symbol that has no model of its own
 * @param modelId name of the model
 * @param version grows with each training
 * @param effectiveFromMs first bar it scores, by open time
 * @param artifact the bytes that {@link ModelArtifact#read} takes
 */
public record ModelUpdate(
        String role,
        String symbol,
        String modelId,
        long version,
        long effectiveFromMs,
        byte[] artifact) {

    /** The {@link #symbol} of a model that scores every symbol without a model of its own. */
    public static final String ANY_SYMBOL = "*";

    public ModelUpdate {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(symbol, "symbol");
        Objects.requireNonNull(modelId, "modelId");
        Objects.requireNonNull(artifact, "artifact");
    }

    /** Returns what the table {@code models} keeps of the model. */
    public ModelRow row() {
        ModelArtifact opened = ModelArtifact.read(artifact);
        return new ModelRow(
                modelId,
                version,
                role,
                symbol,
                opened.schema().version(),
                opened.sha256(),
                opened.trainedFromMs(),
                opened.trainedToMs(),
                effectiveFromMs,
                "CHAMPION",
                opened.provenance());
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof ModelUpdate other
                && role.equals(other.role)
                && symbol.equals(other.symbol)
                && modelId.equals(other.modelId)
                && version == other.version
                && effectiveFromMs == other.effectiveFromMs
                && Arrays.equals(artifact, other.artifact);
    }

    @Override
    public int hashCode() {
        return Objects.hash(role, symbol, modelId, version, effectiveFromMs);
    }

    @Override
    public String toString() {
        return role + " " + modelId + " v" + version + " for " + symbol;
    }
}
