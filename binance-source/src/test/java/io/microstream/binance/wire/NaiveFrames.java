package io.microstream.binance.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Describes a frame's content by Jackson, maps and BigDecimal: the parser's naive twin. */
final class NaiveFrames {

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(32).build())
                    .build();
    private static final Map<String, String> EVENTS =
            Map.of(
                    "aggTrade", "AGG_TRADE",
                    "trade", "TRADE",
                    "blockTrade", "BLOCK_TRADE",
                    "depthUpdate", "DEPTH_UPDATE",
                    "kline", "KLINE",
                    "serverShutdown", "SERVER_SHUTDOWN");

    private record Num(String text) {}

    private static final class Bad extends Exception {
        Bad(String why) {
            super(why);
        }
    }

    private NaiveFrames() {}

    /** Returns what {@link #describe(FrameParser)} must return for the frame. */
    static String describe(String frame) {
        try (JsonParser json = JSON.createParser(frame)) {
            Object value = value(json, json.nextToken());
            if (json.nextToken() != null) {
                return "MALFORMED";
            }
            if (value instanceof List) {
                return "UNKNOWN null";
            }
            return value instanceof Map<?, ?> object ? ofObject(object) : "MALFORMED";
        } catch (IOException | Bad e) {
            return "MALFORMED";
        }
    }

    /** Returns the content of the frame that the parser has parsed last. */
    static String describe(FrameParser f) {
        String start = f.type() + " " + f.symbol();
        return switch (f.type()) {
            case MALFORMED -> "MALFORMED";
            case AGG_TRADE, TRADE, BLOCK_TRADE, NOT_A_TRADE ->
                    "%s E%d id%d p%d q%d f%d l%d T%d %b"
                            .formatted(
                                    start,
                                    f.eventTimeUs(),
                                    f.id(),
                                    f.price(),
                                    f.quantity(),
                                    f.firstId(),
                                    f.lastId(),
                                    f.timeUs(),
                                    f.buyerIsMaker());
            case DEPTH_UPDATE ->
                    "%s E%d U%d u%d %s %s"
                            .formatted(
                                    start,
                                    f.eventTimeUs(),
                                    f.firstId(),
                                    f.lastId(),
                                    levels(f.bids()),
                                    levels(f.asks()));
            case PARTIAL_DEPTH ->
                    "%s u%d %s %s".formatted(start, f.lastId(), levels(f.bids()), levels(f.asks()));
            case BOOK_TICKER ->
                    "%s u%d %d %d %d %d"
                            .formatted(
                                    start,
                                    f.lastId(),
                                    f.bidPrice(),
                                    f.bidQuantity(),
                                    f.askPrice(),
                                    f.askQuantity());
            case KLINE -> start + " E" + f.eventTimeUs() + " " + f.kline();
            case SERVER_SHUTDOWN -> start + " E" + f.eventTimeUs();
            default -> start;
        };
    }

    private static String levels(Levels levels) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < levels.size(); i++) {
            texts.add(levels.price(i) + "x" + levels.quantity(i));
        }
        return texts.toString();
    }

    private static Object value(JsonParser json, JsonToken token) throws IOException, Bad {
        if (token == null) {
            throw new Bad("no value");
        }
        switch (token) {
            case START_OBJECT:
                Map<String, Object> object = new HashMap<>();
                while (json.nextToken() != JsonToken.END_OBJECT) {
                    String key = json.currentName();
                    object.put(key, value(json, json.nextToken()));
                }
                return object;
            case START_ARRAY:
                List<Object> array = new ArrayList<>();
                for (JsonToken t = json.nextToken();
                        t != JsonToken.END_ARRAY;
                        t = json.nextToken()) {
                    array.add(value(json, t));
                }
                return array;
            case VALUE_STRING:
                return json.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT:
                return new Num(json.getText());
            case VALUE_TRUE:
                return true;
            case VALUE_FALSE:
                return false;
            default:
                return null;
        }
    }

    private static String ofObject(Map<?, ?> outer) throws Bad {
        Map<?, ?> payload = outer.get("data") instanceof Map<?, ?> data ? data : outer;
        String type = typeOf(payload, outer);
        String symbol = null;
        if (outer.containsKey("stream")) {
            if (!(outer.get("stream") instanceof String stream)) {
                throw new Bad("stream");
            }
            String[] parts = stream.split("@", 2);
            if (parts.length == 2 && !parts[0].isEmpty() && parts[0].length() <= 64) {
                symbol = parts[0].toUpperCase(Locale.ROOT);
            }
            String promised = promised(parts.length == 2 ? parts[1] : "");
            if (promised != null && !promised.equals(type)) {
                throw new Bad("stream");
            }
        }
        return content(type, symbol, payload, outer);
    }

    private static String promised(String suffix) {
        if (suffix.equals("aggTrade") || suffix.equals("trade") || suffix.equals("blockTrade")) {
            return EVENTS.get(suffix);
        }
        if (suffix.equals("bookTicker")) {
            return "BOOK_TICKER";
        }
        if (suffix.startsWith("depth")) {
            return suffix.matches("(?s)depth[0-9].*") ? "PARTIAL_DEPTH" : "DEPTH_UPDATE";
        }
        return suffix.startsWith("kline_") ? "KLINE" : null;
    }

    private static String typeOf(Map<?, ?> payload, Map<?, ?> outer) throws Bad {
        if (payload.containsKey("e")) {
            if (!(payload.get("e") instanceof String event)) {
                throw new Bad("e");
            }
            return EVENTS.getOrDefault(event, "UNKNOWN");
        }
        if (payload.containsKey("lastUpdateId")) {
            return "PARTIAL_DEPTH";
        }
        if (payload.containsKey("u")) {
            return "BOOK_TICKER";
        }
        if (payload.containsKey("E") || payload.containsKey("s")) {
            throw new Bad("e");
        }
        if (payload == outer && !outer.containsKey("stream")) {
            if (outer.containsKey("error") || outer.containsKey("code")) {
                return "ERROR";
            }
            if (outer.containsKey("result")) {
                return "REPLY";
            }
        }
        return "UNKNOWN";
    }

    private static String content(String type, String symbol, Map<?, ?> p, Map<?, ?> outer)
            throws Bad {
        switch (type) {
            case "AGG_TRADE":
                long f = natural(p, "f");
                long l = natural(p, "l");
                if (l < f) {
                    throw new Bad("l");
                }
                return trade(type, p, natural(p, "a"), f, l);
            case "TRADE":
                long single = natural(p, "t");
                boolean market = !(p.get("X") instanceof String mark) || mark.equals("MARKET");
                return trade(market ? type : "NOT_A_TRADE", p, single, single, single);
            case "BLOCK_TRADE":
                long id = natural(p, "t");
                return trade(type, p, id, id, id);
            case "DEPTH_UPDATE":
                if (natural(p, "u") < natural(p, "U")) {
                    throw new Bad("u");
                }
                return "%s %s E%d U%d u%d %s %s"
                        .formatted(
                                type,
                                symbol(p),
                                time(p, "E"),
                                natural(p, "U"),
                                natural(p, "u"),
                                levels(p, "b"),
                                levels(p, "a"));
            case "PARTIAL_DEPTH":
                return "%s %s u%d %s %s"
                        .formatted(
                                type,
                                symbol,
                                natural(p, "lastUpdateId"),
                                levels(p, "bids"),
                                levels(p, "asks"));
            case "BOOK_TICKER":
                return "%s %s u%d %d %d %d %d"
                        .formatted(
                                type,
                                symbol(p),
                                natural(p, "u"),
                                decimal(p, "b"),
                                decimal(p, "B"),
                                decimal(p, "a"),
                                decimal(p, "A"));
            case "KLINE":
                return "%s %s E%d %s".formatted(type, symbol(p), timeOrNone(p), kline(p));
            case "SERVER_SHUTDOWN":
                return type + " " + symbol + " E" + timeOrNone(p);
            case "ERROR":
                checkError(outer);
                return type + " " + symbol;
            default:
                return type + " " + symbol;
        }
    }

    private static void checkError(Map<?, ?> outer) throws Bad {
        Object error = outer.containsKey("error") ? outer.get("error") : outer;
        if (!(error instanceof Map<?, ?> map)) {
            throw new Bad("error");
        }
        integer(map, "code");
        if (map.get("msg") != null) {
            text(map, "msg");
        }
    }

    private static String trade(String type, Map<?, ?> p, long id, long f, long l) throws Bad {
        boolean some = type.equals("NOT_A_TRADE") || decimal(p, "p") * decimal(p, "q") != 0;
        if (!some || !(p.get("m") instanceof Boolean)) {
            throw new Bad("p, q or m");
        }
        return "%s %s E%d id%d p%d q%d f%d l%d T%d %b"
                .formatted(
                        type,
                        symbol(p),
                        timeOrNone(p),
                        id,
                        decimal(p, "p"),
                        decimal(p, "q"),
                        f,
                        l,
                        time(p, "T"),
                        p.get("m"));
    }

    private static KlineFrame kline(Map<?, ?> p) throws Bad {
        if (!(p.get("k") instanceof Map<?, ?> k) || !(k.get("x") instanceof Boolean closed)) {
            throw new Bad("k");
        }
        return new KlineFrame(
                symbol(p),
                text(k, "i"),
                time(k, "t"),
                time(k, "T"),
                price(k, "o"),
                price(k, "h"),
                price(k, "l"),
                price(k, "c"),
                large(k, "v"),
                large(k, "q"),
                large(k, "V"),
                large(k, "Q"),
                natural(k, "n"),
                idOrNone(k, "f"),
                idOrNone(k, "L"),
                closed);
    }

    private static long idOrNone(Map<?, ?> k, String key) throws Bad {
        return text(k, key).equals("-1") ? -1 : natural(k, key);
    }

    private static BigDecimal price(Map<?, ?> k, String key) throws Bad {
        if (decimal(k, key) == 0) {
            throw new Bad(key);
        }
        return BigDecimal.valueOf(decimal(k, key), 8);
    }

    private static List<String> levels(Map<?, ?> p, String key) throws Bad {
        if (!(p.get(key) instanceof List<?> list)) {
            throw new Bad(key);
        }
        List<String> texts = new ArrayList<>();
        for (Object level : list) {
            if (!(level instanceof List<?> pair) || pair.size() < 2) {
                throw new Bad(key);
            }
            Map<String, Object> both = new HashMap<>();
            both.put("p", pair.get(0));
            both.put("q", pair.get(1));
            if (decimal(both, "p") == 0) {
                throw new Bad(key);
            }
            texts.add(decimal(both, "p") + "x" + decimal(both, "q"));
        }
        return texts;
    }

    private static String text(Map<?, ?> p, String key) throws Bad {
        Object value = p.get(key);
        if (value instanceof Num num) {
            return num.text();
        }
        if (value instanceof String text) {
            return text;
        }
        throw new Bad(key);
    }

    private static String symbol(Map<?, ?> p) throws Bad {
        String symbol = text(p, "s");
        if (symbol.isEmpty() || symbol.length() > 64) {
            throw new Bad("s");
        }
        return symbol.toUpperCase(Locale.ROOT);
    }

    private static long natural(Map<?, ?> p, String key) throws Bad {
        String text = text(p, key);
        if (!text.matches("[0-9]{1,19}") || new BigInteger(text).bitLength() > 63) {
            throw new Bad(key);
        }
        return Long.parseLong(text);
    }

    private static void integer(Map<?, ?> p, String key) throws Bad {
        if (!text(p, key).matches("-?[0-9]{1,18}")) {
            throw new Bad(key);
        }
    }

    private static BigDecimal large(Map<?, ?> p, String key) throws Bad {
        String text = text(p, key);
        if (!text.matches("[0-9]+(\\.[0-9]+)?") || text.length() > 30) {
            throw new Bad(key);
        }
        try {
            return new BigDecimal(text).setScale(8);
        } catch (ArithmeticException e) {
            throw new Bad(key);
        }
    }

    private static long decimal(Map<?, ?> p, String key) throws Bad {
        String text = text(p, key);
        if (!text.matches("[0-9]{1,11}(\\.[0-9]+)?")) {
            throw new Bad(key);
        }
        try {
            return new BigDecimal(text).setScale(8).unscaledValue().longValueExact();
        } catch (ArithmeticException e) {
            throw new Bad(key);
        }
    }

    private static long time(Map<?, ?> p, String key) throws Bad {
        long time = natural(p, key);
        BigInteger micros = BigInteger.valueOf(time);
        if (time <= 100_000_000_000_000L) {
            micros = micros.multiply(BigInteger.valueOf(1_000));
        }
        if (micros.compareTo(BigInteger.valueOf(946_684_800_000_000L)) < 0
                || micros.compareTo(BigInteger.valueOf(4_102_444_800_000_000L)) >= 0) {
            throw new Bad(key);
        }
        return micros.longValueExact();
    }

    private static long timeOrNone(Map<?, ?> p) throws Bad {
        return p.get("E") == null ? -1 : time(p, "E");
    }
}
