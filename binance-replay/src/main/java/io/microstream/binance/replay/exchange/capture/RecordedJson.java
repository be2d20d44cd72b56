package io.microstream.binance.replay.exchange.capture;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.microstream.binance.replay.exchange.book.BookLevel;
import io.microstream.binance.replay.exchange.book.DepthChange;
import io.microstream.market.Decimal8;
import io.microstream.market.Trade;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads trades and depth out of recorded messages. Numbers never pass through double. Fields that
 * are not needed are skipped.
 */
final class RecordedJson {

    private static final JsonFactory JSON = new JsonFactory();
    private static final long LARGEST_MILLIS = 100_000_000_000_000L;

    private final Map<String, String> fields = new HashMap<>();
    private final Map<String, List<BookLevel>> sides = new HashMap<>();
    private final byte[] message;

    private RecordedJson(byte[] message) {
        this.message = message;
    }

    /** Reads the trade of an {@code aggTrade} message, or that of a {@code trade} message alone. */
    static Trade trade(byte[] payload) {
        RecordedJson json = read(payload);
        boolean aggregate = json.text("e").equals("aggTrade");
        return new Trade(
                json.text("s"),
                json.number(aggregate ? "a" : "t"),
                Decimal8.parse(json.text("p")),
                Decimal8.parse(json.text("q")),
                json.number(aggregate ? "f" : "t"),
                json.number(aggregate ? "l" : "t"),
                micros(json.number("T")),
                Boolean.parseBoolean(json.text("m")));
    }

    /** Reads the change that a {@code depthUpdate} message publishes. */
    static DepthChange depth(byte[] payload) {
        RecordedJson json = read(payload);
        return new DepthChange(
                micros(json.number("E")),
                json.number("U"),
                json.number("u"),
                json.side("b"),
                json.side("a"));
    }

    /** Reads a depth snapshot of REST, as a change of an empty book at time 0. */
    static DepthChange snapshot(byte[] body) {
        RecordedJson json = read(body);
        long id = json.number("lastUpdateId");
        return new DepthChange(0, id, id, json.side("bids"), json.side("asks"));
    }

    private static RecordedJson read(byte[] message) {
        RecordedJson json = new RecordedJson(message);
        try (JsonParser parser = JSON.createParser(message)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                json.field(parser.currentName(), parser);
            }
        } catch (IOException | NumberFormatException e) {
            throw json.bad(e.getMessage(), e);
        }
        return json;
    }

    private void field(String name, JsonParser parser) throws IOException {
        JsonToken token = parser.nextToken();
        if (token.isScalarValue()) {
            fields.put(name, parser.getText());
        } else if (token == JsonToken.START_ARRAY) {
            sides.put(name, levels(parser));
        } else {
            parser.skipChildren();
        }
    }

    private static List<BookLevel> levels(JsonParser parser) throws IOException {
        List<BookLevel> levels = new ArrayList<>();
        while (parser.nextToken() == JsonToken.START_ARRAY) {
            long price = Decimal8.parse(parser.nextTextValue());
            levels.add(new BookLevel(price, Decimal8.parse(parser.nextTextValue())));
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                parser.skipChildren();
            }
        }
        return levels;
    }

    private String text(String name) {
        String text = fields.get(name);
        if (text == null) {
            throw bad("no field '" + name + "'", null);
        }
        return text;
    }

    private long number(String name) {
        try {
            return Long.parseLong(text(name));
        } catch (NumberFormatException e) {
            throw bad("'" + name + "' is no whole number", e);
        }
    }

    private List<BookLevel> side(String name) {
        List<BookLevel> levels = sides.get(name);
        if (levels == null) {
            throw bad("no field '" + name + "'", null);
        }
        return levels;
    }

    private UncheckedIOException bad(String why, Exception cause) {
        String text = new String(message, UTF_8);
        String start = text.substring(0, Math.min(80, text.length()));
        IOException wrong = new IOException(why + " in " + start, cause);
        return new UncheckedIOException("Recorded message not read: " + wrong.getMessage(), wrong);
    }

    private static long micros(long time) {
        return time < LARGEST_MILLIS ? time * 1000 : time;
    }
}
