package io.microstream.models;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import java.io.IOException;

/** Protobuf messages as bytes, map entries in the order of their keys. */
final class ReproducibleBytes {

    private ReproducibleBytes() {}

    static byte[] of(Message message) {
        byte[] bytes = new byte[message.getSerializedSize()];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        try {
            message.writeTo(out);
            out.checkNoSpaceLeft();
            return bytes;
        } catch (IOException e) {
            throw new IllegalStateException("writing to an array of the right size", e);
        }
    }
}
