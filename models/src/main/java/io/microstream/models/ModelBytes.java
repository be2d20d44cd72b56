package io.microstream.models;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.microstream.models.hmm.GaussianHmmModel;
import io.microstream.models.isolation.IsolationForestModel;
import io.microstream.models.protos.GaussianHmmProto;
import io.microstream.models.protos.IsolationForestProto;
import java.io.IOException;
import org.tribuo.protos.core.ModelProto;

/**
 * Opens the model inside an artefact; whatever is wrong with it becomes one clear line.
 *
 * <p>Nothing is handed to Tribuo, which loads any class a file names, before the bytes have passed
 * {@link WireCheck} on every level and {@link TribuoMetadata} has seen that they name only classes
 * that belong in such a model.
 *
 * @param <M> model
 * @param role whose models these are
 * @param type class of the model
 * @param content message inside
 * @param reader builds the model and checks its numbers
 */
record ModelBytes<M>(ModelRole role, Class<M> type, Descriptor content, Reader<M> reader) {

    static final ModelBytes<IsolationForestModel> ANOMALY =
            new ModelBytes<>(
                    ModelRole.ANOMALY,
                    IsolationForestModel.class,
                    IsolationForestProto.getDescriptor(),
                    IsolationForestModel::deserializeFromProto);

    static final ModelBytes<GaussianHmmModel> REGIME =
            new ModelBytes<>(
                    ModelRole.REGIME,
                    GaussianHmmModel.class,
                    GaussianHmmProto.getDescriptor(),
                    GaussianHmmModel::deserializeFromProto);

    /** Longest text inside a model, in bytes. */
    static final int LONGEST_TEXT = 4_096;

    /** Field of both contents that holds what Tribuo keeps of every model. */
    private static final int METADATA = 1;

    /** Reads a model of one kind. */
    interface Reader<M> {
        M read(int version, String className, Any content) throws InvalidProtocolBufferException;
    }

    /**
     * Opens a model.
     *
     * @throws ModelRejectedException if it is of another role or damaged
     */
    M open(ModelArtifact artifact) {
        if (artifact.role() != role) {
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

    /** Tribuo's SequenceModelProto has the same fields as its ModelProto. */
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

    /**
     * Refuses a model that does not give finite answers.
     *
     * @throws ModelRejectedException if {@code passed} is false
     */
    static void requireTrial(ModelArtifact artifact, boolean passed, String what, Object value) {
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
