package io.microstream.models;

import io.microstream.market.AnomalySignal;
import io.microstream.market.FeatureVector;
import io.microstream.market.RollingFeatures;
import io.microstream.models.features.FeatureExamples;
import io.microstream.models.isolation.IsolationForestModel;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Scores feature vectors by an anomaly model, one signal for each vector.
 *
 * <p>Stateless between vectors. Not thread-safe: it owns scratch arrays.
 */
public final class AnomalyScorer implements VectorScorer<AnomalySignal> {

    private final ModelArtifact artifact;
    private final boolean isShadow;
    private final IsolationForestModel model;
    private final FeatureExamples examples;
    private final double[] x;
    private final double[] shares;

    private AnomalyScorer(ModelArtifact artifact, boolean isShadow, IsolationForestModel model) {
        this.artifact = artifact;
        this.isShadow = isShadow;
        this.model = model;
        this.examples = new FeatureExamples(artifact.schema(), model.inputs());
        this.x = new double[model.inputs().size()];
        this.shares = new double[x.length];
    }

    /**
     * Opens the anomaly model inside an artefact, for vectors that {@link RollingFeatures} makes.
     * Models of another schema are opened by {@link ModelKinds#ANOMALY}.
     *
     * @throws ModelRejectedException if it is no anomaly model, of another schema, or damaged
     */
    public static AnomalyScorer open(ModelArtifact artifact) {
        return ModelKinds.ANOMALY.open(artifact.requireSchema(RollingFeatures.SCHEMA), false);
    }

    /** Returns the scorer of a model; called by {@link ModelKinds#ANOMALY}. */
    static AnomalyScorer of(ModelArtifact artifact, boolean isShadow, IsolationForestModel model) {
        AnomalyScorer scorer = new AnomalyScorer(artifact, isShadow, model);
        scorer.tryOut();
        return scorer;
    }

    /**
     * Scores rows near to and far from the training data: the model must answer all of them with
     * finite numbers.
     */
    private void tryOut() {
        for (double far : new double[] {0, 1, -1, 20, -20}) {
            Arrays.fill(x, far);
            double score = model.score(x);
            double severity = model.severity(x);
            model.attribution(x, shares);
            boolean isUsable =
                    score > 0
                            && score <= 1
                            && Double.isFinite(severity)
                            && Arrays.stream(shares).allMatch(Double::isFinite);
            ModelKind.requireTrial(
                    artifact, isUsable, "x=" + far + " score=" + score + " severity", severity);
        }
    }

    /** Returns the artefact that was opened. */
    public ModelArtifact artifact() {
        return artifact;
    }

    /** Returns the model inside the artefact. */
    public IsolationForestModel model() {
        return model;
    }

    /**
     * Scores a feature vector.
     *
     * @return the signal; empty if an input of the model is undefined (NaN) in the vector
     * @throws IllegalArgumentException if the vector is of another schema version
     */
    @Override
    public Optional<AnomalySignal> score(FeatureVector vector) {
        if (!examples.read(vector, x)) {
            return Optional.empty();
        }
        double score = model.score(x);
        return Optional.of(
                new AnomalySignal(
                        vector.symbol(),
                        vector.openTimeMs(),
                        artifact.modelId(),
                        artifact.version(),
                        score,
                        model.threshold(),
                        score > model.threshold(),
                        model.severity(x),
                        attribution(),
                        isShadow,
                        vector.barRevision(),
                        vector.receivedAtMs(),
                        vector.origin()));
    }

    private Map<String, Double> attribution() {
        model.attribution(x, shares);
        Map<String, Double> byName = new LinkedHashMap<>();
        for (int i = 0; i < shares.length; i++) {
            byName.put(model.inputs().get(i), shares[i]);
        }
        return Collections.unmodifiableMap(byName);
    }
}
