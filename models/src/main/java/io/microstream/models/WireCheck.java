package io.microstream.models;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Walks a serialized protobuf message before anything is built from it, so that a damaged or
 * hostile file costs no more memory than its own bytes.
 *
 * <p>Refused are: fields the message does not know, fields of another wire type than declared, a
 * single value given twice, texts longer than a limit, more than {@value #MOST_PIECES} texts and
 * inner messages, more than {@value #MOST_NUMBERS} numbers in one field, and bytes that end early.
 * The contents of fields of type {@code bytes} are not examined.
 */
final class WireCheck {

    /** Maximum number of texts and inner messages in one walk. */
    static final int MOST_PIECES = 10_000;

    /** Maximum number of values in one repeated field, such as the nodes of a forest. */
    static final int MOST_NUMBERS = 1 << 20;

    private final CodedInputStream in;
    private final int longestText;
    private int pieces;

    private WireCheck(CodedInputStream in, int longestText) {
        this.in = in;
        this.longestText = longestText;
    }

    /**
     * Walks a message to its end.
     *
     * @param longestText of a text, in bytes
     * @throws IllegalArgumentException if anything is refused; the message is one line
     */
    static void check(CodedInputStream in, Descriptor type, int longestText) {
        try {
            new WireCheck(in, longestText).message(type);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    type.getName() + " ends early: " + e.getMessage(), e);
        }
    }

    private void message(Descriptor type) throws IOException {
        Set<Integer> seen = new HashSet<>();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int number = WireFormat.getTagFieldNumber(tag);
            FieldDescriptor field = type.findFieldByNumber(number);
            if (field == null) {
                throw refusal(type, "unknown field=" + number);
            }
            int expected =
                    field.isPacked()
                            ? WireFormat.WIRETYPE_LENGTH_DELIMITED
                            : field.getLiteType().getWireType();
            if (WireFormat.getTagWireType(tag) != expected) {
                throw refusal(type, "field=" + field.getName() + " has another wire type");
            }
            boolean isNew = seen.add(number);
            boolean maySeveral = field.isRepeated() && !field.isPacked();
            if (!isNew && !maySeveral) {
                throw refusal(type, "field=" + field.getName() + " comes twice");
            }
            value(type, field, tag);
        }
    }

    private void value(Descriptor type, FieldDescriptor field, int tag) throws IOException {
        if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
            in.skipField(tag);
            return;
        }
        int length = in.readRawVarint32();
        boolean isBytes = field.getType() == FieldDescriptor.Type.BYTES;
        if (field.isPacked()) {
            numbers(type, field, length);
        } else if (isBytes) {
            in.skipRawBytes(length);
        } else if (++pieces > MOST_PIECES) {
            throw refusal(type, "more than " + MOST_PIECES + " texts and messages");
        } else if (field.getType() == FieldDescriptor.Type.MESSAGE) {
            int outer = in.pushLimit(length);
            message(field.getMessageType());
            in.popLimit(outer);
        } else if (length > longestText) {
            throw refusal(type, "field=" + field.getName() + " is longer than " + longestText);
        } else {
            in.skipRawBytes(length);
        }
    }

    private void numbers(Descriptor type, FieldDescriptor field, int length) throws IOException {
        int outer = in.pushLimit(length);
        boolean isFixed = field.getLiteType().getWireType() == WireFormat.WIRETYPE_FIXED64;
        int count = 0;
        for (; in.getBytesUntilLimit() > 0; count++) {
            if (count == MOST_NUMBERS) {
                throw refusal(type, "field=" + field.getName() + " has more than " + MOST_NUMBERS);
            }
            if (isFixed) {
                in.skipRawBytes(Long.BYTES);
            } else {
                in.readRawVarint64();
            }
        }
        in.popLimit(outer);
    }

    private static IllegalArgumentException refusal(Descriptor type, String what) {
        return new IllegalArgumentException(type.getName() + ": " + what);
    }
}
