package io.microstream.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.Any;
import io.microstream.market.FeatureSchema;
import io.microstream.market.Regime;
import io.microstream.market.RegimeSignal;
import io.microstream.market.RollingFeatures;
import io.microstream.models.protos.GaussianHmmProto;
import io.microstream.models.protos.IsolationForestProto;
import io.microstream.models.protos.ModelArtifactProto;
import io.microstream.models.protos.ModelRoleProto;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.protos.core.SequenceModelProto;

class ModelArtifactTest {

    private final ModelArtifact artifact = TrainedModels.regime(1, 3);

    @Test
    void fileReadsBackAsWritten(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("hmm-test" + ModelArtifact.FILE_SUFFIX);
        artifact.write(file);
        ModelArtifact read = ModelArtifact.read(file);
        assertThat(read).isEqualTo(artifact);
        assertThat(read.role()).isEqualTo(ModelRole.REGIME);
        assertThat(read.symbol()).isEqualTo("BTCUSDT");
        assertThat(read.version()).isEqualTo(3);
        assertThat(read.schema()).isEqualTo(RollingFeatures.SCHEMA);
        assertThat(read.inputs()).containsExactly("log_volatility", "log_volume");
        assertThat(read.provenance()).isEqualTo("{\"a\":1}");
        assertThat(read.sha256()).isEqualTo(artifact.sha256()).hasSize(64);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void trainingTwiceGivesEqualBytes() {
        assertThat(TrainedModels.regime(1, 3).toBytes()).isEqualTo(artifact.toBytes());
        assertThat(TrainedModels.anomaly().toBytes()).isEqualTo(TrainedModels.anomaly().toBytes());
        assertThat(TrainedModels.regime(2, 3).sha256()).isNotEqualTo(artifact.sha256());
    }

    @Test
    void anotherSchemaIsRefusedInOneLine() {
        List<String> names = new ArrayList<>(RollingFeatures.SCHEMA.names());
        names.add("ofi");
        FeatureSchema job = new FeatureSchema(4, names);
        assertThat(artifact.requireSchema(RollingFeatures.SCHEMA)).isSameAs(artifact);
        assertRejected(
                () -> artifact.requireSchema(job),
                "Model rejected: feature schema differs. artifact=REGIME:BTCUSDT:hmm-test:3"
                        + " model="
                        + RollingFeatures.SCHEMA
                        + " job="
                        + job
                        + ". Retrain with `microstream train` or deploy a job of v"
                        + RollingFeatures.SCHEMA.version()
                        + ".");
    }

    @Test
    void sameVersionWithOtherNamesIsRefused() {
        List<String> names = new ArrayList<>(RollingFeatures.SCHEMA.names());
        Collections.swap(names, 0, 1);
        FeatureSchema job = new FeatureSchema(RollingFeatures.SCHEMA.version(), names);
        assertRejected(() -> artifact.requireSchema(job), "feature schema differs");
    }

    @Test
    void garbageIsRefused() {
        assertRejected(
                () -> ModelArtifact.read("no model at all".getBytes(StandardCharsets.UTF_8)),
                "Model rejected: not a model artefact. artifact=bytes bytes=15");
        assertRejected(() -> ModelArtifact.read(new byte[0]), "format=0 expected=2");
    }

    @Test
    void everyTruncationIsRefused() {
        byte[] bytes = artifact.toBytes();
        for (int length = 0; length < bytes.length; length += 97) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertRejected(() -> RegimeScorer.open(ModelArtifact.read(cut)), "Model rejected: ");
        }
    }

    @Test
    void flippedBitsAreRefusedOrLeaveTheModelAsItIs() {
        byte[] bytes = artifact.toBytes();
        Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = bytes.clone();
            damaged[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                ModelArtifact read = ModelArtifact.read(damaged);
                assertThat(read.model()).isEqualTo(artifact.model());
            } catch (ModelRejectedException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1_800);
    }

    @Test
    void parametersThatAreNotValidAreRefused() throws IOException {
        SequenceModelProto model = SequenceModelProto.parseFrom(artifact.model());
        GaussianHmmProto hmm = model.getSerializedData().unpack(GaussianHmmProto.class);
        assertRejected(
                () -> open(model, hmm.toBuilder().setTransition(0, 2).build()),
                "do not sum to 1: transition=");
        assertRejected(
                () -> open(model, hmm.toBuilder().setMean(0, Double.NaN).build()),
                "mean is not finite: state=0 input=0");
        assertRejected(
                () -> open(model, hmm.toBuilder().setCovariance(0, -1).build()),
                "positive definite: state=0");
        assertRejected(() -> open(model, hmm.toBuilder().setInputScale(1, 0).build()), "scale=0.0");
        assertRejected(
                () -> open(model, hmm.toBuilder().setRegime(0, 3).build()), "unknown regime=3");
    }

    private void open(SequenceModelProto model, GaussianHmmProto hmm) {
        byte[] bytes = model.toBuilder().setSerializedData(Any.pack(hmm)).build().toByteArray();
        RegimeScorer.open(
                new ModelArtifact(
                        ModelRole.REGIME,
                        "x",
                        "*",
                        1,
                        0,
                        RollingFeatures.SCHEMA,
                        artifact.inputs(),
                        0,
                        0,
                        "{}",
                        bytes));
    }

    @Test
    void missingAndOversizedFilesAreRefused(@TempDir Path folder) throws IOException {
        Path missing = folder.resolve("none.model");
        assertRejected(() -> ModelArtifact.read(missing), "artifact=" + missing);
        Path large = folder.resolve("large.model");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(ModelArtifact.LARGEST + 1L);
        }
        assertRejected(() -> ModelArtifact.read(large), "too large");
    }

    @Test
    void damagedSchemaAndUnknownRoleAreRefused() {
        assertRefused(proto -> proto.setSchemaVersion(9), "feature schema is damaged");
        assertRefused(
                proto -> proto.setRole(ModelRoleProto.MODEL_ROLE_UNSPECIFIED), "unknown role");
        assertRefused(proto -> proto.setVersion(0), "artifact=bytes version=0");
        assertRefused(proto -> proto.setModelId("../../etc"), "modelId=../../etc");
        assertRefused(
                proto -> proto.setEffectiveFromMs(Long.MAX_VALUE), "effectiveFromMs=9223372036");
        assertRefused(proto -> proto.setProvenanceJson("no"), "provenance is not JSON");
    }

    private void assertRefused(Consumer<ModelArtifactProto.Builder> edit, String text) {
        byte[] bytes = Resealed.envelope(artifact.toBytes(), edit);
        assertRejected(() -> ModelArtifact.read(bytes), text);
    }

    @Test
    void anyChangeOfContentIsNoticed() throws IOException {
        ModelArtifactProto proto = ModelArtifactProto.parseFrom(artifact.toBytes());
        byte[] later =
                proto.toBuilder()
                        .setEffectiveFromMs(proto.getEffectiveFromMs() + 1)
                        .build()
                        .toByteArray();
        assertRejected(
                () -> ModelArtifact.read(later), "content is damaged. artifact=bytes sha256=");
        byte[] older = proto.toBuilder().setFormatVersion(1).build().toByteArray();
        assertRejected(() -> ModelArtifact.read(older), "content is damaged");
    }

    @Test
    void theFirstFormatMayNameASymbolWithoutBars() throws IOException {
        byte[] odd =
                Resealed.envelope(
                        FirstRelease.regime(),
                        proto ->
                                proto.setProvenanceJson(
                                        "{\"recipe\":1,\"bars\":[{\"symbol\":\"NEWUSDT\",\"bars\":0,"
                                                + "\"first\":null}]}"));
        ModelArtifact old = ModelArtifact.read(odd);
        assertThat(old.origin()).isEmpty();
        assertThat(old.toBytes()).isEqualTo(odd);
        RegimeScorer.open(old);
    }

    @Test
    void anArtefactOfTheFirstReleaseIsReadScoredAndWrittenAsItWas() throws IOException {
        byte[] bytes = FirstRelease.regime();
        ModelArtifact old = ModelArtifact.read(bytes);
        assertThat(old.format()).isEqualTo(1);
        assertThat(old.toBytes()).isEqualTo(bytes);
        assertThat(old.sha256())
                .isEqualTo("ad5d1868d551d9d994d1797c27a70d64e9459fa8d0b141b138cc318126b083df");
        assertThat(old.origin().orElseThrow().json()).isEqualTo(old.provenance());
        assertThat(old.origin().orElseThrow().seed()).isEqualTo(1);
        RegimeScorer scorer = RegimeScorer.open(old);
        RegimeSignal signal =
                scorer.update(new RegimeFilterState(), TrainedModels.vector(0, 0, 1.5, 0)).get(0);
        assertThat(signal.regime()).isEqualTo(Regime.LIQUIDITY_CRISIS);
        assertThat(signal.surpriseThreshold()).isNaN();
        assertThat(signal.isSurprising()).isFalse();
        ModelArtifact promoted = old.withVersion(20250101, 60_000);
        assertThat(ModelArtifact.read(promoted.toBytes())).isEqualTo(promoted);
    }

    @Test
    void aForestOfTheFirstReleaseScoresAsItDid() throws IOException {
        ModelArtifact old = ModelArtifact.read(FirstRelease.anomaly());
        assertThat(old.sha256())
                .isEqualTo("7fb83ba77e4af0276a4ab1b8649d0d88d2aa48cd5cd5c90388ae5daec1f1cee4");
        AnomalyScorer scorer = AnomalyScorer.open(old);
        assertThat(scorer.model().score(new double[] {2.5, -3, 3}))
                .isCloseTo(0.7827638334435059, within(1e-12));
        assertThat(scorer.model().threshold()).isEqualTo(0.6965764491461446);
    }

    @Test
    void modelOfAnotherRoleOrClassIsRefused() {
        assertRejected(() -> AnomalyScorer.open(artifact), "wrong role");
        ModelArtifact anomaly = TrainedModels.anomaly();
        ModelArtifact disguised =
                new ModelArtifact(
                        ModelRole.REGIME,
                        "x",
                        "*",
                        1,
                        0,
                        RollingFeatures.SCHEMA,
                        anomaly.inputs(),
                        0,
                        0,
                        "{}",
                        anomaly.model());
        assertRejected(() -> RegimeScorer.open(disguised), "model bytes are damaged");
    }

    @Test
    void aModelThatCannotBeOpenedIsNeverMadeOrHandedOn() {
        byte[] bad =
                Resealed.content(
                        artifact.toBytes(),
                        GaussianHmmProto.newBuilder(),
                        hmm -> hmm.setMean(0, Double.NaN));
        ModelArtifact read = ModelArtifact.read(bad);
        assertRejected(read::requireUsable, "mean is not finite: state=0 input=0");
        assertThat(artifact.requireUsable()).isSameAs(artifact);
        assertRejected(
                () -> ModelArtifact.of(TrainedModels.forest(), "a b", "*", 1, 0, 0, 0, "{}"),
                "artifact=a b modelId=a b");
    }

    @Test
    void aModelWithOtherProbeScoresThanWhenWrittenIsRefused() {
        byte[] moved =
                Resealed.content(
                        artifact.toBytes(),
                        GaussianHmmProto.newBuilder(),
                        hmm -> hmm.setMean(0, hmm.getMean(0) + 1e-6));
        assertRejected(
                () -> RegimeScorer.open(ModelArtifact.read(moved)),
                "the model answers otherwise than when it was written: probe=");
        byte[] split =
                Resealed.content(
                        TrainedModels.anomaly().toBytes(),
                        IsolationForestProto.newBuilder(),
                        forest -> forest.setSplit(0, forest.getSplit(0) + 2));
        assertRejected(
                () -> AnomalyScorer.open(ModelArtifact.read(split)),
                "the model answers otherwise than when it was written: probe=");
    }

    @Test
    void promotionChangesVersionAndTimeOnly() {
        ModelArtifact promoted = artifact.withVersion(4, artifact.effectiveFromMs() + 60_000);
        assertThat(promoted.version()).isEqualTo(4);
        assertThat(promoted.model()).isEqualTo(artifact.model());
        assertThat(promoted.withVersion(3, artifact.effectiveFromMs())).isEqualTo(artifact);
    }

    private static void assertRejected(ThrowingCallable call, String text) {
        assertThatThrownBy(call)
                .isInstanceOf(ModelRejectedException.class)
                .hasMessageContaining(text)
                .satisfies(e -> assertThat(e.getMessage().lines().count()).isEqualTo(1));
    }
}
