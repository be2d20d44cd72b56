package io.microstream.binance.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.Closeable;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Locale;

/**
 * Reads one JSON body by Jackson's streaming parser. It is strict on the fields that are used;
 * other fields may hold anything. Numbers are parsed from their text, quoted or not, never through
 * double.
 */
public final class JsonReader implements Closeable {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int SHOWN = 80;

    /** Handles one field of an object: reads its value, or leaves it to be skipped. */
    public interface Field {
        void read(String name) throws IOException;
    }

    /** Handles one element of an array, whose first token is the current one. */
    public interface Element {
        void read() throws IOException;
    }

    /** Reads a body to a value. */
    public interface Body<T> {
        T read(JsonReader json) throws IOException;
    }

    /** Signals a body that is not what it should be; the message says why. */
    public static final class UnreadableException extends IOException {
        UnreadableException(String message) {
            super(message);
        }
    }

    private final JsonParser parser;
    private byte[] digits = new byte[32];

    private JsonReader(byte[] body) throws IOException {
        this.parser = FACTORY.createParser(body);
    }

    /** Reads a whole body; nothing may follow. */
    public static <T> T read(byte[] bytes, Body<T> body) throws UnreadableException {
        try (JsonReader json = new JsonReader(bytes)) {
            json.parser.nextToken();
            T value = body.read(json);
            if (json.parser.nextToken() != null) {
                throw json.unreadable("something follows the end");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new UnreadableException(e.getOriginalMessage() + ", body=" + startOf(bytes));
        } catch (UnreadableException e) {
            throw new UnreadableException(e.getMessage() + ", body=" + startOf(bytes));
        } catch (IOException e) {
            throw new UnreadableException(e.getMessage());
        }
    }

    /** Returns the start of a body in one line, for error messages. */
    public static String startOf(byte[] body) {
        String text = new String(body, 0, Math.min(body.length, 4 * SHOWN), UTF_8);
        String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }

    /** Reads the array that begins here. */
    void array(Element element) throws IOException {
        require(JsonToken.START_ARRAY);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            requireMore();
            element.read();
        }
    }

    /** Reads the object that begins here. */
    public void object(Field field) throws IOException {
        require(JsonToken.START_OBJECT);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            requireMore();
            String name = parser.currentName();
            parser.nextToken();
            JsonToken before = parser.currentToken();
            field.read(name);
            if (parser.currentToken() == before) {
                parser.skipChildren();
            }
        }
    }

    /** Moves to the next element of the array of fixed places that is being read. */
    void next() throws IOException {
        parser.nextToken();
    }

    /** Skips the rest of the array that is being read. */
    void skipRest() throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            requireMore();
            parser.skipChildren();
        }
    }

    /** Refuses anything but an array here. */
    void requireArray() throws IOException {
        require(JsonToken.START_ARRAY);
    }

    /** Returns the string that stands here. */
    public String text() throws IOException {
        require(JsonToken.VALUE_STRING);
        return parser.getText();
    }

    /** Returns the bool that stands here. */
    boolean bool() throws IOException {
        JsonToken token = parser.currentToken();
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw unreadable("not true or false: " + token);
        }
        return token == JsonToken.VALUE_TRUE;
    }

    /** Returns a whole number ≥ 0. */
    long natural() throws IOException {
        int length = digits();
        long value = Digits.natural(digits, 0, length);
        if (value < 0) {
            throw unreadable("not a whole number: " + startOf(parser.getText().getBytes(UTF_8)));
        }
        return value;
    }

    /** Returns a whole number of either sign. */
    public int integer() throws IOException {
        require(JsonToken.VALUE_NUMBER_INT);
        return parser.getIntValue();
    }

    /** Returns a time in microseconds, whichever unit the body uses. */
    public long micros() throws IOException {
        long micros = BinanceTime.toMicros(natural());
        if (micros == BinanceTime.ABSURD) {
            throw unreadable("not a time between the years 2000 and 2100: " + parser.getText());
        }
        return micros;
    }

    /** Returns a decimal ≥ 0 in units of 1e-8. */
    long units() throws IOException {
        int length = digits();
        long units = Digits.decimal8(digits, 0, length);
        if (units < 0) {
            throw unreadable(
                    "not a decimal of at most 8 places: "
                            + startOf(parser.getText().getBytes(UTF_8)));
        }
        return units;
    }

    /** Returns a price: a decimal above 0 in units of 1e-8. */
    long price() throws IOException {
        long price = units();
        if (price == 0) {
            throw unreadable("price is 0");
        }
        return price;
    }

    /** Returns a decimal ≥ 0 of any size with scale 8. */
    BigDecimal quantity() throws IOException {
        int length = digits();
        BigDecimal quantity = Digits.largeDecimal(digits, 0, length);
        if (quantity == null) {
            throw unreadable(
                    "not a decimal of at most 8 places: "
                            + startOf(parser.getText().getBytes(UTF_8)));
        }
        return quantity;
    }

    /** Returns the error to throw, with the place in the body. */
    public UnreadableException unreadable(String why) {
        long at = parser.currentLocation().getByteOffset();
        return new UnreadableException(why + ", byte=" + at);
    }

    /** Copies the text of the number to {@link #digits} and returns how long it is. */
    private int digits() throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null || !token.isScalarValue()) {
            throw unreadable("a number is missing");
        }
        char[] text = parser.getTextCharacters();
        int from = parser.getTextOffset();
        int length = parser.getTextLength();
        if (digits.length < length) {
            digits = new byte[length];
        }
        for (int i = 0; i < length; i++) {
            char c = text[from + i];
            digits[i] = (byte) (c < 0x80 ? c : '?');
        }
        return length;
    }

    private void require(JsonToken wanted) throws IOException {
        if (parser.currentToken() != wanted) {
            throw unreadable(
                    String.format(
                            Locale.ROOT, "%s expected, found %s", wanted, parser.currentToken()));
        }
    }

    private void requireMore() throws IOException {
        if (parser.currentToken() == null) {
            throw unreadable("ends too early");
        }
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
