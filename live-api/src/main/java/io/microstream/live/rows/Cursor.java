package io.microstream.live.rows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.microstream.tables.ColumnType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * The place in a list where the next page begins, as an opaque text: base64url of an eight-byte
 * checksum and of a JSON array that holds a mark of the list and the values of the place.
 *
 * <p>It holds nothing secret, does not expire, and is good on any server of the same release.
 */
public final class Cursor {

    /** Thrown if a text is no cursor, or the cursor of another list. */
    public static final class NotThisListException extends Exception {

        private static final long serialVersionUID = 1;

        NotThisListException(String message) {
            super(message);
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CHECK = 8;
    private static final int LONGEST = 600;

    private Cursor() {}

    /**
     * Returns the cursor of a place.
     *
     * @param list what the list is: the same words when the cursor comes back
     */
    public static String of(String list, List<Object> place) {
        ArrayNode values = JSON.createArrayNode().add(mark(list));
        place.forEach(value -> values.add(value.toString()));
        byte[] body = bytes(values);
        byte[] whole = Arrays.copyOf(digest(body), CHECK + body.length);
        System.arraycopy(body, 0, whole, CHECK, body.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    }

    /**
     * Returns the place that a cursor names.
     *
     * @param types of the values of a place of this list
     * @throws NotThisListException if it is damaged or of another list
     */
    public static List<Object> place(String cursor, String list, List<ColumnType> types)
            throws NotThisListException {
        JsonNode values = open(cursor);
        if (values.size() != types.size() + 1 || !values.get(0).asText().equals(mark(list))) {
            throw new NotThisListException(
                    "Cursor of another list. Give it with the parameters it was given out for, or"
                            + " begin without cursor");
        }
        List<Object> place = new ArrayList<>();
        try {
            for (int i = 0; i < types.size(); i++) {
                place.add(value(values.get(i + 1).asText(), types.get(i)));
            }
        } catch (NumberFormatException | DateTimeException e) {
            throw damaged();
        }
        return place;
    }

    private static JsonNode open(String cursor) throws NotThisListException {
        try {
            if (cursor.length() > LONGEST) {
                throw damaged();
            }
            byte[] whole = Base64.getUrlDecoder().decode(cursor);
            byte[] body = Arrays.copyOfRange(whole, Math.min(CHECK, whole.length), whole.length);
            byte[] check = Arrays.copyOf(digest(body), CHECK);
            if (whole.length <= CHECK || !Arrays.equals(check, Arrays.copyOf(whole, CHECK))) {
                throw damaged();
            }
            return JSON.readTree(body);
        } catch (IllegalArgumentException | IOException e) {
            throw damaged();
        }
    }

    private static NotThisListException damaged() {
        return new NotThisListException(
                "Cursor damaged. Give the value of next as it was, or begin without cursor");
    }

    private static Object value(String text, ColumnType type) {
        return switch (type) {
            case TIMESTAMPTZ -> Instant.parse(text);
            case INT4, INT8 -> Long.valueOf(text);
            default -> text;
        };
    }

    private static String mark(String list) {
        byte[] digest = digest(list.getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, 9));
    }

    private static byte[] bytes(JsonNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("No SHA-256 in this JVM", e);
        }
    }
}
