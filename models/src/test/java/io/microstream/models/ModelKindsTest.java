package io.microstream.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microstream.market.FeatureSchema;
import io.microstream.market.FeatureVector;
import io.microstream.models.isolation.IsolationForestModel;
import io.microstream.models.protos.IsolationForestProto;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Shows that a third kind of model needs its own classes and a registration, and nothing else. */
class ModelKindsTest {

    private static final ModelRole STRANGENESS = new ModelRole("STRANGENESS", 99);

    /** Signals whether a vector scores above the average, as a boolean. */
    private static final ModelKind<IsolationForestModel, VectorScorer<Boolean>> KIND =
            new ModelKind<>(
                    STRANGENESS,
                    IsolationForestModel.class,
                    IsolationForestProto.getDescriptor(),
                    IsolationForestModel::deserializeFromProto,
                    IsolationForestModel::serialize,
                    IsolationForestModel::inputs,
                    (artifact, isShadow, model) ->
                            vector -> Optional.of(isStrange(artifact, model, vector)),
                    Boolean.class);

    private static boolean isStrange(
            ModelArtifact artifact, IsolationForestModel model, FeatureVector vector) {
        double[] inputs =
                model.inputs().stream()
                        .mapToDouble(name -> vector.value(artifact.schema(), name))
                        .toArray();
        return model.score(inputs) > 0.5;
    }

    private static ModelArtifact artifact(FeatureSchema schema) {
        return new ModelArtifact(
                STRANGENESS,
                "strangeness-test",
                "*",
                1,
                TrainedModels.T0,
                schema,
                TrainedModels.forest().inputs(),
                TrainedModels.T0,
                TrainedModels.T0,
                "{}",
                KIND.bytes(TrainedModels.forest()));
    }

    private static final FeatureSchema TWO = new FeatureSchema(7, List.of(TrainedModels.INPUTS));

    @Test
    void artefactOfAnotherKindIsWrittenReadAndScores() {
        ModelArtifact read = KIND.artifact(artifact(TWO).toBytes());
        assertThat(read).isEqualTo(artifact(TWO));
        assertThat(read.role()).isEqualTo(STRANGENESS);
        VectorScorer<Boolean> scorer = KIND.open(read, false);
        assertThat(scorer.score(new FeatureVector("A", 0, 7, 0, new double[] {0, 0})))
                .contains(false);
        assertThat(scorer.score(new FeatureVector("A", 0, 7, 0, new double[] {9, 9})))
                .contains(true);
    }

    @Test
    void artefactOfAnUnregisteredKindIsRefused() {
        byte[] bytes = artifact(TWO).toBytes();
        assertThatThrownBy(() -> ModelArtifact.read(bytes))
                .isInstanceOf(ModelRejectedException.class)
                .hasMessageContaining("unknown role")
                .hasMessageContaining("role=99");
    }

    @Test
    void modelOfOneKindIsNotOpenedByAnother() {
        assertThatThrownBy(() -> KIND.open(TrainedModels.anomaly(), false))
                .isInstanceOf(ModelRejectedException.class)
                .hasMessageContaining("wrong role")
                .hasMessageContaining("role=ANOMALY expected=STRANGENESS");
    }

    @Test
    void twoKindsOfOneRoleAreRefused() {
        assertThatThrownBy(() -> new ModelKinds(List.of(ModelKinds.REGIME, KIND, KIND)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("STRANGENESS");
    }

    @Test
    void scorersOfTwoSchemasWorkSideBySide() {
        ModelArtifact wide = TrainedModels.anomaly();
        ModelArtifact narrow =
                new ModelArtifact(
                        ModelRole.ANOMALY,
                        "narrow",
                        "*",
                        1,
                        TrainedModels.T0,
                        TWO,
                        wide.inputs(),
                        TrainedModels.T0,
                        TrainedModels.T0,
                        "{}",
                        wide.model());
        FeatureVector ofWide = TrainedModels.vector(0, 0, 1.5, -0.5);
        FeatureVector ofNarrow =
                new FeatureVector("BTCUSDT", TrainedModels.T0, 7, 0, new double[] {1.5, -0.5});
        double score = AnomalyScorer.open(wide).score(ofWide).orElseThrow().score();
        assertThat(ModelKinds.ANOMALY.open(narrow, false).score(ofNarrow).orElseThrow().score())
                .isEqualTo(score);
        assertThatThrownBy(() -> ModelKinds.ANOMALY.open(narrow, false).score(ofWide))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("vector=v1")
                .hasMessageContaining("expected=v7[log_volatility,log_volume]");
        assertThatThrownBy(() -> AnomalyScorer.open(narrow))
                .isInstanceOf(ModelRejectedException.class)
                .hasMessageContaining("feature schema differs");
    }
}
