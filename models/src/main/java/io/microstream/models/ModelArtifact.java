package io.microstream.models;

import io.microstream.market.FeatureSchema;
import io.microstream.market.RollingFeatures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A model as it travels from training to the job, with everything needed to verify it.
 *
 * <p>Serialized as bounded protobuf (at most {@link #LARGEST} bytes, no Java serialization), in
 * files that end in {@value #FILE_SUFFIX}. Equal content gives equal bytes, so {@link #sha256}
 * names a model.
 *
 * @param role what the model is for
 * @param modelId name that stays the same over versions: letters, digits, {@code . _ -}
 * @param symbol upper case, or {@value #ANY_SYMBOL} for all symbols without a model of their own
 * @param version ≥ 1, growing with each training
 * @param effectiveFromMs open time of the first bar it scores, milliseconds since the epoch
 * @param schema the features it was trained on
 * @param inputs the features it reads, in lexicographic order
 * @param trainedFromMs open time of the first training bar
 * @param trainedToMs open time of the last training bar
 * @param provenance where it comes from, as JSON text: a {@link Provenance} if the training
 *     programme made it
 * @param model a serialized Tribuo ModelProto or SequenceModelProto; must not be modified
 * @param format of the serialized form: {@value #FORMAT_VERSION}, or 1 of an artefact of the first
 *     release, which is written again byte for byte as it was
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
        byte[] model,
        int format) {

    /** Version of the artefact format that is written. */
    public static final int FORMAT_VERSION = 2;

    static final int FORMAT_WITHOUT_CHECKSUM = 1;

    /** Suffix of the name of every model file. */
    public static final String FILE_SUFFIX = ".model";

    /** The symbol of a model for all symbols that have none of their own. */
    public static final String ANY_SYMBOL = "*";

    /** Largest artefact in bytes: 16 MiB, a hundred times a usual forest. */
    public static final int LARGEST = 16 << 20;

    public ModelArtifact {
        Objects.requireNonNull(role, "role");
        inputs = inputs.stream().sorted().toList();
        try {
            ArtifactRules.checkIdentity(modelId, symbol, version, model.length);
            ArtifactRules.checkTimes(effectiveFromMs, trainedFromMs, trainedToMs);
            ArtifactRules.checkFeatures(schema, inputs);
            ArtifactRules.checkProvenance(format, provenance, trainedFromMs, trainedToMs);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ModelRejectedException(
                    "Model rejected: invalid artefact. artifact="
                            + modelId
                            + " "
                            + e.getMessage()
                            + ". Retrain, or take another file.",
                    e);
        }
    }

    /**
     * Creates an artefact of the current format.
     *
     * @throws ModelRejectedException if a value is out of range
     */
    public ModelArtifact(
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
        this(
                role,
                modelId,
                symbol,
                version,
                effectiveFromMs,
                schema,
                inputs,
                trainedFromMs,
                trainedToMs,
                provenance,
                model,
                FORMAT_VERSION);
    }

    /**
     * Makes the artefact of a model of a registered kind, trained on a {@link
     * io.microstream.models.features.FeatureMatrix} of the features that {@link RollingFeatures}
     * computes. An artefact lets no class of another data source's provenance be loaded.
     *
     * @throws ModelRejectedException if a value is out of range or the model could not be opened
     */
    public static ModelArtifact of(
            Object model,
            String modelId,
            String symbol,
            long version,
            long effectiveFromMs,
            long trainedFromMs,
            long trainedToMs,
            String provenance) {
        ModelKind<?, ?> kind = ModelKinds.REGISTERED.ofModel(model);
        return new ModelArtifact(
                        kind.role(),
                        modelId,
                        symbol,
                        version,
                        effectiveFromMs,
                        RollingFeatures.SCHEMA,
                        kind.inputsOf(model),
                        trainedFromMs,
                        trainedToMs,
                        provenance,
                        kind.bytes(model))
                .requireUsable();
    }

    /**
     * Returns the same model under another version and effective time: a promotion or a rollback.
     */
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
                model,
                format);
    }

    /**
     * Reads an artefact. The model inside is checked by the scorer that opens it.
     *
     * @throws ModelRejectedException if the bytes are not a valid artefact
     */
    public static ModelArtifact read(byte[] bytes) {
        return ArtifactBytes.read(bytes, "bytes", ModelKinds.REGISTERED);
    }

    /**
     * Reads an artefact from a file.
     *
     * @throws ModelRejectedException if the file cannot be read or is not a valid artefact
     */
    public static ModelArtifact read(Path file) {
        try {
            long size = Files.size(file);
            if (size > LARGEST) {
                throw ArtifactBytes.tooLarge(size, file.toString());
            }
            return ArtifactBytes.read(
                    Files.readAllBytes(file), file.toString(), ModelKinds.REGISTERED);
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

    /** Returns the serialized form; equal content gives equal bytes. */
    public byte[] toBytes() {
        return ArtifactBytes.of(this);
    }

    /**
     * Returns the parsed provenance of the training.
     *
     * @return empty if the training programme did not make the model, or if an artefact of format 1
     *     records less than a provenance of today
     */
    public Optional<Provenance> origin() {
        try {
            return Provenance.read(provenance);
        } catch (IllegalArgumentException | ArithmeticException e) {
            if (format > FORMAT_WITHOUT_CHECKSUM) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /**
     * Writes the artefact atomically: to a temporary file in the same folder, which is then moved.
     *
     * @throws IOException if the file cannot be written
     */
    public void write(Path file) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".writing");
        Files.write(beside, toBytes());
        Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Returns the SHA-256 of {@link #toBytes} in lower-case hex; for a file, what {@code sha256sum}
     * prints.
     */
    public String sha256() {
        return ReproducibleBytes.sha256(toBytes());
    }

    /**
     * Opens the model once, as the job will, and discards it: for code that only passes models on.
     *
     * @return this
     * @throws ModelRejectedException if the scorer of its role would not take it
     */
    public ModelArtifact requireUsable() {
        ModelKinds.REGISTERED.of(role).open(this, false);
        return this;
    }

    /**
     * Checks that the job computes the features that the model was trained on.
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

    /** Returns role, symbol, id and version as one word, for messages. */
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
