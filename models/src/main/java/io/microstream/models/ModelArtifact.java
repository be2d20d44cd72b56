package io.microstream.models;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.microstream.market.FeatureSchema;
import io.microstream.models.hmm.GaussianHmmModel;
import io.microstream.models.isolation.IsolationForestModel;
import io.microstream.models.protos.ModelArtifactProto;
import io.microstream.models.protos.ModelRoleProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What travels from training to the job: a model and everything needed to refuse it.
 *
 * <p>Serialized as bounded protobuf (at most {@link #LARGEST} bytes, no Java serialization), in
 * files that end in {@value #FILE_SUFFIX}. Equal content gives equal bytes, so {@link #sha256}
 * names a model.
 *
 * @param role what the model is for
 * @param modelId name that stays over versions: letters, digits, {@code . _ -}
 * @param symbol upper case, or {@value #ANY_SYMBOL} for all symbols without a model of their own
 * @param version ≥ 1, growing with each training
 * @param effectiveFromMs open time of the first bar it scores, milliseconds since the epoch
 * @param schema the features it was trained on
 * @param inputs the features it wants, in lexicographic order
 * @param trainedFromMs open time of the first training bar
 * @param trainedToMs open time of the last training bar
 * @param provenance where it comes from, as JSON text
 * @param model a Tribuo ModelProto or SequenceModelProto; not to be changed
 */
public record ModelArtifact(
        ModelRole role,
        String modelId,
        String symbol,
        long version,
        long effectiveFromMs,
        FeatureSchema schema,
        List<String> inputs,
        long trainedFromMs,
        long trainedToMs,
        String provenance,
        byte[] model) {

    /** Version of the serialized form. */
    public static final int FORMAT_VERSION = 1;

    /** End of a model file's name. */
    public static final String FILE_SUFFIX = ".model";

    /** The symbol of a model for all symbols that have none of their own. */
    public static final String ANY_SYMBOL = "*";

    /** Largest artefact in bytes: 64 MiB. */
    public static final int LARGEST = 64 << 20;

    private static final Pattern MODEL_ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final Pattern SYMBOL = Pattern.compile("[A-Z0-9]{1,40}|\\*");

    public ModelArtifact {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(provenance, "provenance");
        inputs = inputs.stream().sorted().toList();
        require(MODEL_ID.matcher(modelId).matches(), "modelId", modelId);
        require(SYMBOL.matcher(symbol).matches(), "symbol", symbol);
        require(version >= 1, "version", version);
        require(effectiveFromMs >= 0, "effectiveFromMs", effectiveFromMs);
        require(trainedFromMs <= trainedToMs, "trainedFromMs", trainedFromMs);
        require(!inputs.isEmpty() && schema.names().containsAll(inputs), "inputs", inputs);
        require(model.length > 0, "model bytes", model.length);
    }

    private static void require(boolean condition, String name, Object value) {
        if (!condition) {
            throw new ModelRejectedException(
                    "Model rejected: invalid artefact. "
                            + name
                            + "="
                            + value
                            + ". Retrain, or take another file.");
        }
    }

    /** An anomaly model of {@link FeatureSchema#CURRENT}. */
    public static ModelArtifact of(
            IsolationForestModel model,
            String modelId,
            String symbol,
            long version,
            long effectiveFromMs,
            long trainedFromMs,
            long trainedToMs,
            String provenance) {
        return new ModelArtifact(
                ModelRole.ANOMALY,
                modelId,
                symbol,
                version,
                effectiveFromMs,
                FeatureSchema.CURRENT,
                model.inputs(),
                trainedFromMs,
                trainedToMs,
                provenance,
                ReproducibleBytes.of(model.serialize()));
    }

    /** A regime model of {@link FeatureSchema#CURRENT}. */
    public static ModelArtifact of(
            GaussianHmmModel model,
            String modelId,
            String symbol,
            long version,
            long effectiveFromMs,
            long trainedFromMs,
            long trainedToMs,
            String provenance) {
        return new ModelArtifact(
                ModelRole.REGIME,
                modelId,
                symbol,
                version,
                effectiveFromMs,
                FeatureSchema.CURRENT,
                model.inputs(),
                trainedFromMs,
                trainedToMs,
                provenance,
                ReproducibleBytes.of(model.serialize()));
    }

    /** The same model under another version and from another time on: a promotion or a rollback. */
    public ModelArtifact withVersion(long newVersion, long newEffectiveFromMs) {
        return new ModelArtifact(
                role,
                modelId,
                symbol,
                newVersion,
                newEffectiveFromMs,
                schema,
                inputs,
                trainedFromMs,
                trainedToMs,
                provenance,
                model);
    }

    /**
     * Reads an artefact.
     *
     * @throws ModelRejectedException if the bytes are none
     */
    public static ModelArtifact read(byte[] bytes) {
        return read(bytes, "bytes");
    }

    /**
     * Reads an artefact from a file.
     *
     * @throws ModelRejectedException if the file cannot be read or is none
     */
    public static ModelArtifact read(Path file) {
        try {
            long size = Files.size(file);
            if (size > LARGEST) {
                throw tooLarge(size, file.toString());
            }
            return read(Files.readAllBytes(file), file.toString());
        } catch (IOException e) {
            throw new ModelRejectedException(
                    "Model rejected: file cannot be read. artifact="
                            + file
                            + " cause="
                            + e
                            + ". Check path and permissions.",
                    e);
        }
    }

    private static ModelArtifact read(byte[] bytes, String origin) {
        if (bytes.length > LARGEST) {
            throw tooLarge(bytes.length, origin);
        }
        ModelArtifactProto proto = parse(bytes, origin);
        if (proto.getFormatVersion() != FORMAT_VERSION) {
            throw new ModelRejectedException(
                    "Model rejected: not an artefact of this format. artifact="
                            + origin
                            + " format="
                            + proto.getFormatVersion()
                            + " expected="
                            + FORMAT_VERSION
                            + ". Retrain with `microstream train`.");
        }
        FeatureSchema schema =
                new FeatureSchema(proto.getSchemaVersion(), proto.getSchemaNamesList());
        if (!schema.hash().equals(proto.getSchemaHash())) {
            throw new ModelRejectedException(
                    "Model rejected: feature schema is damaged. artifact="
                            + origin
                            + " schema="
                            + schema
                            + " hash="
                            + proto.getSchemaHash()
                            + " expected="
                            + schema.hash()
                            + ". Take another copy of the file.");
        }
        String modelSha256 = sha256(proto.getModel().toByteArray());
        if (!modelSha256.equals(proto.getModelSha256())) {
            throw new ModelRejectedException(
                    "Model rejected: model bytes are damaged. artifact="
                            + origin
                            + " sha256="
                            + modelSha256
                            + " expected="
                            + proto.getModelSha256().replaceAll("[^0-9a-f]", "?")
                            + ". Take another copy of the file.");
        }
        return new ModelArtifact(
                role(proto, origin),
                proto.getModelId(),
                proto.getSymbol(),
                proto.getVersion(),
                proto.getEffectiveFromMs(),
                schema,
                proto.getInputsList(),
                proto.getTrainedFromMs(),
                proto.getTrainedToMs(),
                proto.getProvenanceJson(),
                proto.getModel().toByteArray());
    }

    private static ModelArtifactProto parse(byte[] bytes, String origin) {
        try {
            return ModelArtifactProto.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new ModelRejectedException(
                    "Model rejected: not a model artefact. artifact="
                            + origin
                            + " bytes="
                            + bytes.length
                            + " cause="
                            + e.getMessage()
                            + " Retrain, or take another copy of the file.",
                    e);
        }
    }

    private static ModelRole role(ModelArtifactProto proto, String origin) {
        return switch (proto.getRole()) {
            case REGIME -> ModelRole.REGIME;
            case ANOMALY -> ModelRole.ANOMALY;
            default ->
                    throw new ModelRejectedException(
                            "Model rejected: unknown role. artifact="
                                    + origin
                                    + " role="
                                    + proto.getRoleValue()
                                    + ". Retrain with `microstream train`.");
        };
    }

    private static ModelRejectedException tooLarge(long size, String origin) {
        return new ModelRejectedException(
                "Model rejected: too large. artifact="
                        + origin
                        + " bytes="
                        + size
                        + " limit="
                        + LARGEST
                        + ". Retrain with fewer trees or states.");
    }

    /** The serialized form; equal for equal content. */
    public byte[] toBytes() {
        Message proto =
                ModelArtifactProto.newBuilder()
                        .setFormatVersion(FORMAT_VERSION)
                        .setRole(ModelRoleProto.valueOf(role.name()))
                        .setModelId(modelId)
                        .setSymbol(symbol)
                        .setVersion(version)
                        .setEffectiveFromMs(effectiveFromMs)
                        .setSchemaVersion(schema.version())
                        .setSchemaHash(schema.hash())
                        .addAllSchemaNames(schema.names())
                        .addAllInputs(inputs)
                        .setTrainedFromMs(trainedFromMs)
                        .setTrainedToMs(trainedToMs)
                        .setProvenanceJson(provenance)
                        .setModel(ByteString.copyFrom(model))
                        .setModelSha256(sha256(model))
                        .build();
        return ReproducibleBytes.of(proto);
    }

    /**
     * Writes the artefact so that a reader sees all of it or nothing: to a file beside, then moved.
     *
     * @throws IOException if the file cannot be written
     */
    public void write(Path file) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".writing");
        Files.write(beside, toBytes());
        Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** SHA-256 of {@link #toBytes}, lower-case hex. */
    public String sha256() {
        return sha256(toBytes());
    }

    private static String sha256(byte[] bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * Refuses to run on other features than it was trained on.
     *
     * @return this
     * @throws ModelRejectedException if version, names or order differ
     */
    public ModelArtifact requireSchema(FeatureSchema job) {
        if (!schema.hash().equals(job.hash())) {
            throw new ModelRejectedException(
                    "Model rejected: feature schema differs. artifact="
                            + key()
                            + " model="
                            + schema
                            + " job="
                            + job
                            + ". Retrain with `microstream train` or deploy a job of v"
                            + schema.version()
                            + ".");
        }
        return this;
    }

    /** Role, symbol, id and version in one word, for messages. */
    public String key() {
        return role + ":" + symbol + ":" + modelId + ":" + version;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof ModelArtifact other
                && MessageDigest.isEqual(toBytes(), other.toBytes());
    }

    @Override
    public int hashCode() {
        return Objects.hash(role, modelId, symbol, version, effectiveFromMs, model.length);
    }

    @Override
    public String toString() {
        return "ModelArtifact["
                + key()
                + ", effectiveFromMs="
                + effectiveFromMs
                + ", inputs="
                + inputs
                + ", modelBytes="
                + model.length
                + "]";
    }
}
