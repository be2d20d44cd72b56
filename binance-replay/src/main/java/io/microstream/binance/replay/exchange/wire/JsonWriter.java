package io.microstream.binance.replay.exchange.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.microstream.market.Decimal8;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;

/**
 * Writes JSON messages one after the other, by Jackson into a buffer that is used again. Decimals
 * are strings of eight places.
 */
public final class JsonWriter {

    private static final JsonFactory JSON = new JsonFactoryBuilder().rootValueSeparator("").build();
    private static final JsonFactory ASCII_JSON =
            new JsonFactoryBuilder()
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
                    .build();
    private static final int LONGEST_DECIMAL = 32;

    private interface Step {
        void on(JsonGenerator json) throws IOException;
    }

    private final JsonGenerator json;
    private final byte[] decimal = new byte[LONGEST_DECIMAL];
    private byte[] bytes = new byte[1 << 10];
    private int length;

    /** Creates a writer of JSON in UTF-8. */
    public JsonWriter() {
        this(JSON);
    }

    private JsonWriter(JsonFactory factory) {
        try {
            json = factory.createGenerator(new Appending(), JsonEncoding.UTF8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a writer of ASCII: all other characters are escaped. */
    public static JsonWriter ascii() {
        return new JsonWriter(ASCII_JSON);
    }

    /** Clears the buffer for the next message. */
    public JsonWriter clear() {
        flush();
        length = 0;
        return this;
    }

    /** Returns the buffer, of which the first {@link #length} bytes are the message. */
    public byte[] bytes() {
        flush();
        return bytes;
    }

    /** Returns the length of the message in bytes. */
    public int length() {
        flush();
        return length;
    }

    /** Returns the message as bytes of their own. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes(), length);
    }

    /** Returns the message as a string. */
    public String text() {
        return new String(bytes(), 0, length, UTF_8);
    }

    /** Begins an object as the next value. */
    public JsonWriter object() {
        return write(JsonGenerator::writeStartObject);
    }

    /** Begins an array as the next value. */
    public JsonWriter array() {
        return write(JsonGenerator::writeStartArray);
    }

    /** Ends the innermost object or array. */
    public JsonWriter end() {
        return json.getOutputContext().inObject()
                ? write(JsonGenerator::writeEndObject)
                : write(JsonGenerator::writeEndArray);
    }

    /** Names the next value of an object. */
    public JsonWriter name(String name) {
        return write(out -> out.writeFieldName(name));
    }

    public JsonWriter put(String name, String value) {
        return write(out -> out.writeStringField(name, value));
    }

    public JsonWriter put(String name, long value) {
        return write(out -> out.writeNumberField(name, value));
    }

    public JsonWriter put(String name, boolean value) {
        return write(out -> out.writeBooleanField(name, value));
    }

    /** Puts units of 1e-8 as a decimal. */
    public JsonWriter putDecimal(String name, long units) {
        return name(name).addDecimal(units);
    }

    /** Puts a decimal; places beyond the eighth are cut off. */
    public JsonWriter putDecimal(String name, BigDecimal value) {
        return name(name).addDecimal(value);
    }

    public JsonWriter add(String value) {
        return write(out -> out.writeString(value));
    }

    public JsonWriter add(long value) {
        return write(out -> out.writeNumber(value));
    }

    /** Adds units of 1e-8 as a decimal. */
    public JsonWriter addDecimal(long units) {
        int end = Decimal8.write(units, decimal, 0);
        return write(out -> out.writeRawUTF8String(decimal, 0, end));
    }

    /** Adds a decimal; places beyond the eighth are cut off. */
    public JsonWriter addDecimal(BigDecimal value) {
        return add(value.setScale(Decimal8.SCALE, RoundingMode.DOWN).toPlainString());
    }

    /** Adds a value that is JSON already. */
    public JsonWriter addJson(String value) {
        return write(out -> out.writeRawValue(value));
    }

    private JsonWriter write(Step step) {
        try {
            step.on(json);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Appends bytes without looking at them. */
    public JsonWriter raw(byte[] utf8) {
        flush();
        append(utf8, 0, utf8.length);
        return this;
    }

    private void flush() {
        if (json.getOutputBuffered() > 0) {
            write(JsonGenerator::flush);
        }
    }

    private void append(byte[] more, int from, int count) {
        reserve(count);
        System.arraycopy(more, from, bytes, length, count);
        length += count;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    private final class Appending extends OutputStream {

        @Override
        public void write(int one) {
            append(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] more, int from, int count) {
            append(more, from, count);
        }
    }
}
