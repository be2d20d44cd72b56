package io.microstream.live.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Reads and writes the module's JSON with one mapper. Records get names in the manner of columns.
 */
public final class Json {

    public static final ObjectMapper MAPPER =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();

    private Json() {}

    /** Writes one JSON value by a generator. */
    @FunctionalInterface
    public interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    /** Returns a new object without members. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /**
     * Returns what is written, as UTF-8.
     *
     * @param typicalBytes size of the buffer to begin with
     */
    public static byte[] bytes(int typicalBytes, Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(typicalBytes);
        try (JsonGenerator json = MAPPER.createGenerator(bytes)) {
            content.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
