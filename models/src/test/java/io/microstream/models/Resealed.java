package io.microstream.models;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.microstream.models.protos.ModelArtifactProto;
import java.util.function.Consumer;
import org.tribuo.protos.core.ModelProto;

/**
 * Edits the inside of an artefact and recomputes its checksums, so that deeper checks are reached.
 */
final class Resealed {

    private Resealed() {}

    /** Edits the fields of the envelope. */
    static byte[] envelope(byte[] artifact, Consumer<ModelArtifactProto.Builder> edit) {
        ModelArtifactProto.Builder proto = envelope(artifact);
        edit.accept(proto);
        return sealed(proto);
    }

    /** Edits the Tribuo message around the model. */
    static byte[] model(byte[] artifact, Consumer<ModelProto.Builder> edit) {
        ModelArtifactProto.Builder proto = envelope(artifact);
        ModelProto.Builder model = model(proto);
        edit.accept(model);
        return sealed(proto.setModel(model.build().toByteString()));
    }

    /** Edits the message of the model itself. */
    @SuppressWarnings("unchecked")
    static <B extends Message.Builder> byte[] content(byte[] artifact, B empty, Consumer<B> edit) {
        return model(
                artifact,
                model -> {
                    B content = (B) empty.clone();
                    parse(model.getSerializedData().getValue(), content);
                    edit.accept(content);
                    model.setSerializedData(Any.pack(content.build()));
                });
    }

    /** Parses the message in a field of type bytes or inside an Any. */
    static <B extends Message.Builder> B parse(ByteString bytes, B into) {
        try {
            into.mergeFrom(bytes);
            return into;
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static ModelArtifactProto.Builder envelope(byte[] artifact) {
        return parse(ByteString.copyFrom(artifact), ModelArtifactProto.newBuilder());
    }

    private static ModelProto.Builder model(ModelArtifactProto.Builder envelope) {
        return parse(envelope.getModel(), ModelProto.newBuilder());
    }

    private static byte[] sealed(ModelArtifactProto.Builder proto) {
        proto.setModelSha256(ReproducibleBytes.sha256(proto.getModel().toByteArray()));
        proto.clearContentSha256();
        if (proto.getFormatVersion() != ModelArtifact.FORMAT_WITHOUT_CHECKSUM) {
            proto.setContentSha256(ReproducibleBytes.sha256(proto.build()));
        }
        return ReproducibleBytes.of(proto.build());
    }
}
