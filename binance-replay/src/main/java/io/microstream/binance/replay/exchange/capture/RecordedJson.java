package io.microstream.binance.replay.exchange.capture;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.microstream.binance.replay.exchange.book.BookLevel;
import io.microstream.binance.replay.exchange.book.DepthChange;
import io.microstream.market.Decimal8;
import io.microstream.market.Trade;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads trades and depth out of recorded messages. Numbers never pass through double. */
final class RecordedJson {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final long LARGEST_MILLIS = 100_000_000_000_000L;

    private RecordedJson() {}

    /** Reads the trade of an {@code aggTrade} message, or that of a {@code trade} message alone. */
    static Trade trade(byte[] payload) {
        return read(payload, RecordedJson::trade);
    }

    private static Trade trade(JsonNode json) {
        boolean aggregate = text(json, "e").equals("aggTrade");
        return new Trade(
                text(json, "s"),
                number(json, aggregate ? "a" : "t"),
                Decimal8.parse(text(json, "p")),
                Decimal8.parse(text(json, "q")),
                number(json, aggregate ? "f" : "t"),
                number(json, aggregate ? "l" : "t"),
                micros(number(json, "T")),
                field(json, "m").asBoolean());
    }

    /** Reads the change that a {@code depthUpdate} message publishes. */
    static DepthChange depth(byte[] payload) {
        return read(
                payload,
                json ->
                        new DepthChange(
                                micros(number(json, "E")),
                                number(json, "U"),
                                number(json, "u"),
                                side(json, "b"),
                                side(json, "a")));
    }

    /** Reads a depth snapshot of REST, as a change of an empty book at time 0. */
    static DepthChange snapshot(byte[] body) {
        return read(
                body,
                json -> {
                    long id = number(json, "lastUpdateId");
                    return new DepthChange(0, id, id, side(json, "bids"), side(json, "asks"));
                });
    }

    private static <T> T read(byte[] message, Function<JsonNode, T> as) {
        try {
            return as.apply(JSON.readTree(message));
        } catch (IOException | ArithmeticException | IllegalArgumentException e) {
            String text = new String(message, UTF_8);
            String start = text.substring(0, Math.min(80, text.length()));
            IOException wrong = new IOException(e.getMessage() + " in " + start, e);
            throw new UncheckedIOException(
                    "Recorded message not read: " + wrong.getMessage(), wrong);
        }
    }

    private static JsonNode field(JsonNode json, String name) {
        JsonNode field = json.get(name);
        if (field == null) {
            throw new IllegalArgumentException("no field '" + name + "'");
        }
        return field;
    }

    private static String text(JsonNode json, String name) {
        return field(json, name).asText();
    }

    private static long number(JsonNode json, String name) {
        try {
            return Long.parseLong(text(json, name));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + name + "' is no whole number", e);
        }
    }

    private static List<BookLevel> side(JsonNode json, String name) {
        List<BookLevel> levels = new ArrayList<>();
        for (JsonNode level : field(json, name)) {
            long price = Decimal8.parse(level.path(0).asText());
            levels.add(new BookLevel(price, Decimal8.parse(level.path(1).asText())));
        }
        return levels;
    }

    private static long micros(long time) {
        return time < LARGEST_MILLIS ? time * 1000 : time;
    }
}
