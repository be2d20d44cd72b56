package io.microstream.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import io.microstream.market.FeatureSchema;
import io.microstream.models.protos.GaussianHmmProto;
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
        assertThat(read.schema()).isEqualTo(FeatureSchema.CURRENT);
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
        List<String> names = new ArrayList<>(FeatureSchema.CURRENT.names());
        names.add("ofi");
        FeatureSchema job = new FeatureSchema(4, names);
        assertThat(artifact.requireSchema(FeatureSchema.CURRENT)).isSameAs(artifact);
        assertRejected(
                () -> artifact.requireSchema(job),
                "Model rejected: feature schema differs. artifact=REGIME:BTCUSDT:hmm-test:3"
                        + " model="
                        + FeatureSchema.CURRENT
                        + " job="
                        + job
                        + ". Retrain with `microstream train` or deploy a job of v"
                        + FeatureSchema.CURRENT.version()
                        + ".");
    }

    @Test
    void sameVersionWithOtherNamesIsRefused() {
        List<String> names = new ArrayList<>(FeatureSchema.CURRENT.names());
        Collections.swap(names, 0, 1);
        FeatureSchema job = new FeatureSchema(FeatureSchema.CURRENT.version(), names);
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
                        FeatureSchema.CURRENT,
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
    void damagedSchemaAndUnknownRoleAreRefused() throws IOException {
        ModelArtifactProto proto = ModelArtifactProto.parseFrom(artifact.toBytes());
        assertRejected(
                () ->
                        ModelArtifact.read(
                                proto.toBuilder().setSchemaVersion(9).build().toByteArray()),
                "feature schema is damaged");
        assertRejected(
                () ->
                        ModelArtifact.read(
                                proto.toBuilder()
                                        .setRole(ModelRoleProto.MODEL_ROLE_UNSPECIFIED)
                                        .build()
                                        .toByteArray()),
                "unknown role");
        assertRejected(
                () -> ModelArtifact.read(proto.toBuilder().setVersion(0).build().toByteArray()),
                "version=0");
        assertRejected(
                () ->
                        ModelArtifact.read(
                                proto.toBuilder().setModelId("../../etc").build().toByteArray()),
                "modelId=../../etc");
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
                        FeatureSchema.CURRENT,
                        anomaly.inputs(),
                        0,
                        0,
                        "{}",
                        anomaly.model());
        assertRejected(() -> RegimeScorer.open(disguised), "model bytes are damaged");
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
