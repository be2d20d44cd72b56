package io.microstream.models;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import io.microstream.market.FeatureSchema;
import io.microstream.models.protos.ModelArtifactProto;
import java.io.IOException;

/**
 * Writes and reads the serialized form of a {@link ModelArtifact}.
 *
 * <p>Equal content gives equal bytes. Reading checks, in this order: size, wire, format, checksum
 * of all content (since format 2), feature schema, checksum of the model, role, and what {@link
 * ArtifactRules} demand. The model inside is not examined; its scorer does that.
 */
final class ArtifactBytes {

    private static final String RETRAIN = ". Retrain with `microstream train`.";
    private static final String COPY = ". Take another copy of the file.";

    private ArtifactBytes() {}

    static byte[] of(ModelArtifact artifact) {
        ModelArtifactProto.Builder proto =
                ModelArtifactProto.newBuilder()
                        .setFormatVersion(artifact.format())
                        .setRoleValue(artifact.role().number())
                        .setModelId(artifact.modelId())
                        .setSymbol(artifact.symbol())
                        .setVersion(artifact.version())
                        .setEffectiveFromMs(artifact.effectiveFromMs())
                        .setSchemaVersion(artifact.schema().version())
                        .setSchemaHash(artifact.schema().hash())
                        .addAllSchemaNames(artifact.schema().names())
                        .addAllInputs(artifact.inputs())
                        .setTrainedFromMs(artifact.trainedFromMs())
                        .setTrainedToMs(artifact.trainedToMs())
                        .setProvenanceJson(artifact.provenance())
                        .setModel(ByteString.copyFrom(artifact.model()))
                        .setModelSha256(ReproducibleBytes.sha256(artifact.model()));
        if (artifact.format() > ModelArtifact.FORMAT_WITHOUT_CHECKSUM) {
            proto.setContentSha256(contentSha256(proto));
        }
        return ReproducibleBytes.of(proto.build());
    }

    private static String contentSha256(ModelArtifactProto.Builder proto) {
        return ReproducibleBytes.sha256(proto.clone().clearContentSha256().build());
    }

    /**
     * Reads an artefact and checks everything but the model inside.
     *
     * @param origin where the bytes are from, for messages
     * @throws ModelRejectedException if they are not a valid artefact
     */
    static ModelArtifact read(byte[] bytes, String origin, ModelKinds kinds) {
        ModelArtifactProto proto = parse(bytes, origin);
        checkFormat(proto, origin);
        FeatureSchema schema =
                new FeatureSchema(proto.getSchemaVersion(), proto.getSchemaNamesList());
        if (!schema.hash().equals(proto.getSchemaHash())) {
            throw rejected(
                    "feature schema is damaged",
                    origin,
                    "schema="
                            + schema
                            + " hash="
                            + proto.getSchemaHash()
                            + " expected="
                            + schema.hash()
                            + COPY);
        }
        byte[] model = proto.getModel().toByteArray();
        checkSha256(
                "model bytes are damaged",
                origin,
                ReproducibleBytes.sha256(model),
                proto.getModelSha256());
        return artifact(proto, schema, model, origin, kinds);
    }

    private static ModelArtifactProto parse(byte[] bytes, String origin) {
        if (bytes.length > ModelArtifact.LARGEST) {
            throw tooLarge(bytes.length, origin);
        }
        try {
            WireCheck.check(
                    CodedInputStream.newInstance(bytes),
                    ModelArtifactProto.getDescriptor(),
                    Provenance.LONGEST);
            CodedInputStream in = CodedInputStream.newInstance(bytes);
            in.enableAliasing(true);
            return ModelArtifactProto.parseFrom(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new ModelRejectedException(
                    "Model rejected: not a model artefact. artifact="
                            + origin
                            + " bytes="
                            + bytes.length
                            + " cause="
                            + e.getMessage()
                            + ". Retrain, or take another copy of the file.",
                    e);
        }
    }

    private static void checkFormat(ModelArtifactProto proto, String origin) {
        int format = proto.getFormatVersion();
        if (format < ModelArtifact.FORMAT_WITHOUT_CHECKSUM
                || format > ModelArtifact.FORMAT_VERSION) {
            throw rejected(
                    "not an artefact of this format",
                    origin,
                    "format=" + format + " expected=" + ModelArtifact.FORMAT_VERSION + RETRAIN);
        }
        String expected =
                format == ModelArtifact.FORMAT_WITHOUT_CHECKSUM
                        ? ""
                        : contentSha256(proto.toBuilder());
        checkSha256("content is damaged", origin, expected, proto.getContentSha256());
    }

    private static void checkSha256(String what, String origin, String found, String noted) {
        if (!found.equals(noted)) {
            throw rejected(what, origin, "sha256=" + found + " expected=" + noted + COPY);
        }
    }

    private static ModelArtifact artifact(
            ModelArtifactProto proto,
            FeatureSchema schema,
            byte[] model,
            String origin,
            ModelKinds kinds) {
        ModelRole role = role(proto, origin, kinds);
        try {
            return new ModelArtifact(
                    role,
                    proto.getModelId(),
                    proto.getSymbol(),
                    proto.getVersion(),
                    proto.getEffectiveFromMs(),
                    schema,
                    proto.getInputsList(),
                    proto.getTrainedFromMs(),
                    proto.getTrainedToMs(),
                    proto.getProvenanceJson(),
                    model,
                    proto.getFormatVersion());
        } catch (ModelRejectedException e) {
            throw rejected("invalid artefact", origin, e.getCause().getMessage() + RETRAIN);
        }
    }

    private static ModelRole role(ModelArtifactProto proto, String origin, ModelKinds kinds) {
        return kinds.role(proto.getRoleValue())
                .orElseThrow(
                        () ->
                                rejected(
                                        "unknown role",
                                        origin,
                                        "role=" + proto.getRoleValue() + RETRAIN));
    }

    static ModelRejectedException tooLarge(long size, String origin) {
        return rejected(
                "too large",
                origin,
                "bytes="
                        + size
                        + " limit="
                        + ModelArtifact.LARGEST
                        + ". Retrain with fewer trees or states.");
    }

    private static ModelRejectedException rejected(String what, String origin, String rest) {
        return new ModelRejectedException(
                "Model rejected: " + what + ". artifact=" + origin + " " + rest);
    }
}
