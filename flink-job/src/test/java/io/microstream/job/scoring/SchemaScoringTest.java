package io.microstream.job.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microstream.job.Harnesses;
import io.microstream.job.ModelUpdate;
import io.microstream.job.SimulatedVectors;
import io.microstream.job.TestModels;
import io.microstream.market.AnomalySignal;
import io.microstream.market.FeatureSchema;
import io.microstream.market.FeatureVector;
import io.microstream.market.RollingFeatures;
import io.microstream.models.AnomalyScorer;
import io.microstream.models.ModelArtifact;
import io.microstream.models.ModelKind;
import io.microstream.models.ModelKinds;
import io.microstream.models.ModelRejectedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scores vectors of two feature schemas in one stream, each by a model of its own schema. */
class SchemaScoringTest {

    private static final List<FeatureVector> VECTORS = SimulatedVectors.of("BTCUSDT", 30);
    private static final FeatureSchema REVERSED =
            new FeatureSchema(2, reversed(RollingFeatures.SCHEMA.names()));

    /** Names anomaly models over vectors of both schemas. */
    private static final class BothSchemas implements VectorScoring.Models<AnomalyScorer> {

        private static final long serialVersionUID = 1L;

        @Override
        public ModelKind<?, AnomalyScorer> kind() {
            return ModelKinds.ANOMALY;
        }

        @Override
        public List<FeatureSchema> schemas() {
            return List.of(RollingFeatures.SCHEMA, REVERSED);
        }
    }

    @Test
    void eachVectorIsScoredByTheModelOfItsSchema() throws Exception {
        ModelUpdate first = TestModels.anomaly(1, TestModels.ANY, 1, 0);
        ModelUpdate second = over(REVERSED, TestModels.anomaly(1, TestModels.ANY, 2, 0));
        List<FeatureVector> mixed = new ArrayList<>();
        for (int i = 0; i < VECTORS.size(); i++) {
            mixed.add(i % 2 == 0 ? VECTORS.get(i) : inReverse(VECTORS.get(i)));
        }
        List<AnomalySignal> signals = run(List.of(second, first), mixed);
        assertThat(signals).hasSize(VECTORS.size());
        AnomalyScorer scorer = AnomalyScorer.open(TestModels.artifact(first));
        for (int i = 0; i < VECTORS.size(); i++) {
            assertThat(signals.get(i).score())
                    .isEqualTo(scorer.score(VECTORS.get(i)).orElseThrow().score());
            assertThat(signals.get(i).modelVersion()).isEqualTo(i % 2 == 0 ? 1 : 2);
        }
    }

    @Test
    void aModelOfAnotherSchemaThanTheVectorsIsRefusedInOneLine() {
        ModelUpdate other = over(REVERSED, TestModels.anomaly(1, TestModels.ANY, 2, 0));
        assertThatThrownBy(() -> run(List.of(other), VECTORS))
                .isInstanceOf(ModelRejectedException.class)
                .hasMessageContaining("model=" + REVERSED)
                .hasMessageContaining("job=" + RollingFeatures.SCHEMA);
    }

    private static List<AnomalySignal> run(List<ModelUpdate> models, List<FeatureVector> vectors)
            throws Exception {
        try (var operator =
                Harnesses.scoring(
                        new StatelessScoring<>(new BothSchemas()), List.of(ModelBroadcast.STATE))) {
            operator.open();
            for (ModelUpdate model : models) {
                operator.processBroadcastElement(model, 0);
            }
            for (FeatureVector vector : vectors) {
                operator.processElement(vector, vector.openTimeMs());
            }
            operator.watermark(Long.MAX_VALUE);
            return operator.extractOutputValues();
        }
    }

    private static ModelUpdate over(FeatureSchema schema, ModelUpdate update) {
        ModelArtifact trained = TestModels.artifact(update);
        ModelArtifact artifact =
                new ModelArtifact(
                        trained.role(),
                        trained.modelId(),
                        trained.symbol(),
                        trained.version(),
                        trained.effectiveFromMs(),
                        schema,
                        trained.inputs(),
                        trained.trainedFromMs(),
                        trained.trainedToMs(),
                        trained.provenance(),
                        trained.model());
        return new ModelUpdate(
                update.role(),
                update.symbol(),
                update.modelId(),
                update.version(),
                update.effectiveFromMs(),
                artifact.toBytes());
    }

    private static FeatureVector inReverse(FeatureVector vector) {
        double[] values = vector.values();
        double[] reversed = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            reversed[i] = values[values.length - 1 - i];
        }
        return new FeatureVector(
                vector.symbol(), vector.openTimeMs(), 2, vector.barRevision(), reversed);
    }

    private static List<String> reversed(List<String> names) {
        List<String> reversed = new ArrayList<>(names);
        Collections.reverse(reversed);
        return reversed;
    }
}
