package io.microstream.models;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Serializes protobuf messages with fields and map entries in order, so that equal content gives
 * equal bytes.
 */
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

    /** Returns the SHA-256 of a message's bytes by {@link #of}, in lower-case hex. */
    static String sha256(Message message) {
        try (DigestOutputStream digest =
                new DigestOutputStream(OutputStream.nullOutputStream(), digest())) {
            CodedOutputStream out = CodedOutputStream.newInstance(digest);
            out.useDeterministicSerialization();
            message.writeTo(out);
            out.flush();
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (IOException e) {
            throw new IllegalStateException("a digest takes everything", e);
        }
    }

    /** Returns the SHA-256 of bytes in lower-case hex. */
    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
