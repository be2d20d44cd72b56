package io.microstream.models;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.tribuo.protos.core.ModelProto;

/**
 * A kind of model: its role, the check of its artefacts, its scorer and the signals that come out.
 * {@link ModelKinds} registers all of them.
 *
 * <p>Nothing of an artefact is handed to Tribuo, which loads any class a file names, before the
 * bytes have passed {@link WireCheck} on every level and {@link TribuoMetadata} has seen that they
 * name only classes that belong in such a model. Any defect is reported in one clear line.
 *
 * @param <M> model
 * @param <S> scorer
 * @param role of its models in the job
 * @param type class of the model
 * @param content message inside the artefact's model bytes
 * @param reader builds the model and checks its numbers
 * @param writer serializes the model
 * @param inputs names the features that a model reads
 * @param scorer opens a model for scoring and refuses one that gives unusable answers
 * @param output class of the signals that the scorer makes
 */
public record ModelKind<M, S>(
        ModelRole role,
        Class<M> type,
        Descriptor content,
        Reader<M> reader,
        Function<M, Message> writer,
        Function<M, List<String>> inputs,
        Opener<M, S> scorer,
        Class<?> output) {

    /** Maximum length of a text inside a model, in bytes. */
    static final int LONGEST_TEXT = 4_096;

    /** Number of the field, in the messages of all models, that holds Tribuo's metadata. */
    private static final int METADATA = 1;

    /** Reads a model from its serialized form. */
    public interface Reader<M> {

        /** Returns the model; throws if a number in it is not usable. */
        M read(int version, String className, Any content) throws InvalidProtocolBufferException;
    }

    /** Opens a model for scoring, once for each task. */
    public interface Opener<M, S> {

        /** Returns the scorer of a model, of a challenger if {@code isShadow}. */
        S open(ModelArtifact artifact, boolean isShadow, M model);
    }

    /**
     * Reads an artefact of this kind or of a registered one.
     *
     * @throws ModelRejectedException if the bytes are not a valid artefact
     */
    public ModelArtifact artifact(byte[] bytes) {
        return ArtifactBytes.read(bytes, "bytes", ModelKinds.REGISTERED.with(this));
    }

    /**
     * Opens an artefact, as a challenger if {@code isShadow}.
     *
     * @throws ModelRejectedException if it is of another role, damaged, or gives unusable answers
     */
    public S open(ModelArtifact artifact, boolean isShadow) {
        return scorer.open(artifact, isShadow, model(artifact));
    }

    /**
     * Returns the model inside an artefact.
     *
     * @throws ModelRejectedException if it is of another role or damaged
     */
    M model(ModelArtifact artifact) {
        if (!artifact.role().equals(role)) {
            throw new ModelRejectedException(
                    "Model rejected: wrong role. artifact="
                            + artifact.key()
                            + " role="
                            + artifact.role()
                            + " expected="
                            + role
                            + ". Deploy it in its own role.");
        }
        try {
            return read(artifact);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new ModelRejectedException(
                    "Model rejected: model bytes are damaged. artifact="
                            + artifact.key()
                            + " cause="
                            + e.getMessage()
                            + ". Retrain, or take another copy of the file.",
                    e);
        }
    }

    /**
     * Reads both kinds of Tribuo messages: a SequenceModelProto has the same fields as a
     * ModelProto.
     */
    private M read(ModelArtifact artifact) throws IOException {
        CodedInputStream wire = CodedInputStream.newInstance(artifact.model());
        WireCheck.check(wire, ModelProto.getDescriptor(), LONGEST_TEXT);
        CodedInputStream in = CodedInputStream.newInstance(artifact.model());
        in.enableAliasing(true);
        ModelProto proto = ModelProto.parseFrom(in);
        if (!proto.getClassName().equals(type.getName())) {
            throw new IllegalArgumentException(
                    "class found=" + proto.getClassName() + " expected=" + type.getName());
        }
        Any data = proto.getSerializedData();
        WireCheck.check(data.getValue().newCodedInput(), content, LONGEST_TEXT);
        TribuoMetadata.check(metadata(data.getValue()), type, artifact.inputs());
        return reader.read(proto.getVersion(), proto.getClassName(), data);
    }

    private static ByteString metadata(ByteString content) throws IOException {
        CodedInputStream in = content.newCodedInput();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == METADATA) {
                return in.readBytes();
            }
            in.skipField(tag);
        }
        return ByteString.EMPTY;
    }

    /** Returns the serialized form of a model, equal for equal models. */
    byte[] bytes(Object model) {
        return ReproducibleBytes.of(writer.apply(type.cast(model)));
    }

    /** Returns the names of the features that a model reads. */
    List<String> inputsOf(Object model) {
        return inputs.apply(type.cast(model));
    }

    /**
     * Refuses a model whose trial scores failed.
     *
     * @throws ModelRejectedException if {@code passed} is false
     */
    public static void requireTrial(
            ModelArtifact artifact, boolean passed, String what, Object value) {
        if (!passed) {
            throw new ModelRejectedException(
                    "Model rejected: it gives no usable answers. artifact="
                            + artifact.key()
                            + " "
                            + what
                            + "="
                            + value
                            + ". Retrain with `microstream train`.");
        }
    }
}
