package io.microstream.binance.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Generates frames as Binance might send them one day: any order, odd spacing, new fields. */
final class FrameGenerator {

    private static final String[] SYMBOLS = {"BTCUSDT", "ETHUSDT", "1000SATSUSDT", "币安USDT"};

    private final Random random;

    FrameGenerator(long seed) {
        random = new Random(seed);
    }

    String next() {
        String symbol = SYMBOLS[random.nextInt(SYMBOLS.length)];
        String name = symbol.toLowerCase(Locale.ROOT);
        return switch (random.nextInt(10)) {
            case 0, 1 -> framed(name + "@aggTrade", aggTrade(symbol));
            case 2 -> framed(name + "@trade", trade(symbol));
            case 3 -> framed(name + "@depth@100ms", depth(symbol));
            case 4 -> framed(name + "@depth20", partialDepth());
            case 5 -> framed(name + "@bookTicker", bookTicker(symbol));
            case 6 -> framed(name + "@kline_1m", kline(symbol));
            case 7 -> framed("!serverShutdown", shutdown());
            case 8 -> object(fields("error", error(), "id", integer()));
            default -> object(fields("result", oneOf("null", "[]", "true"), "id", integer()));
        };
    }

    private String framed(String stream, List<String> payload) {
        String data = object(payload);
        return random.nextBoolean() ? data : object(fields("stream", quoted(stream), "data", data));
    }

    private List<String> aggTrade(String symbol) {
        List<String> f = fields("e", "\"aggTrade\"", "E", time(), "s", quoted(symbol));
        long first = random.nextInt(1_000_000);
        f.addAll(fields("a", integer(), "p", decimal(), "q", decimal(), "T", time()));
        f.addAll(fields("f", first + "", "l", first + random.nextInt(5) + "", "m", truth()));
        return f;
    }

    private List<String> trade(String symbol) {
        List<String> f = fields("e", "\"trade\"", "s", quoted(symbol), "t", integer());
        f.addAll(fields("p", decimal(), "q", decimal(), "T", time(), "m", truth(), "M", "true"));
        return f;
    }

    private List<String> depth(String symbol) {
        List<String> f = fields("e", "\"depthUpdate\"", "E", time(), "s", quoted(symbol));
        long first = random.nextInt(1_000_000);
        f.addAll(fields("U", first + "", "u", first + random.nextInt(9) + ""));
        f.addAll(fields("b", levels(), "a", levels()));
        return f;
    }

    private List<String> partialDepth() {
        return fields("lastUpdateId", integer(), "bids", levels(), "asks", levels());
    }

    private List<String> bookTicker(String symbol) {
        List<String> f = fields("u", integer(), "s", quoted(symbol), "b", decimal());
        f.addAll(fields("B", decimal(), "a", decimal(), "A", decimal()));
        return f;
    }

    private List<String> kline(String symbol) {
        List<String> k = fields("t", time(), "T", time(), "s", quoted(symbol), "i", "\"1m\"");
        k.addAll(fields("f", "-1", "L", integer(), "o", decimal(), "c", decimal()));
        k.addAll(fields("h", decimal(), "l", decimal(), "v", "\"123456789012345.5\""));
        k.addAll(fields("n", integer(), "x", truth(), "q", decimal(), "V", decimal()));
        k.addAll(fields("Q", decimal(), "B", "\"0\""));
        return fields("e", "\"kline\"", "E", time(), "s", quoted(symbol), "k", object(k));
    }

    private List<String> shutdown() {
        return fields("e", "\"serverShutdown\"", "E", time());
    }

    private String error() {
        return object(fields("code", oneOf("2", "-1"), "msg", "\"Invalid \\\"x\\\"\""));
    }

    private static List<String> fields(String... keysAndValues) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            fields.add(keysAndValues[i] + " " + keysAndValues[i + 1]);
        }
        return fields;
    }

    private String object(List<String> fields) {
        List<String> all = new ArrayList<>(fields);
        if (random.nextInt(4) == 0) {
            all.add("w " + oneOf("{\"p\":[1,{}]}", "null", "1e9", "\"\\u00e9\\n\""));
        }
        if (random.nextInt(2) == 0) {
            Collections.shuffle(all, random);
        }
        StringBuilder json = new StringBuilder(space()).append('{');
        for (String field : all) {
            int cut = field.indexOf(' ');
            json.append(json.charAt(json.length() - 1) == '{' ? "" : ",").append(space());
            json.append(key(field.substring(0, cut))).append(space()).append(':').append(space());
            json.append(field.substring(cut + 1)).append(space());
        }
        return json.append('}').append(space()).toString();
    }

    private String key(String name) {
        boolean escape = random.nextInt(30) == 0;
        return escape
                ? "\"\\u%04x%s\"".formatted((int) name.charAt(0), name.substring(1))
                : quoted(name);
    }

    private String space() {
        return random.nextInt(12) == 0 ? oneOf(" ", "\n", "\t ", "\r\n") : "";
    }

    private String levels() {
        List<String> levels = new ArrayList<>();
        boolean usual = random.nextBoolean();
        for (int i = random.nextInt(4); i > 0; i--) {
            levels.add(
                    usual
                            ? "[" + eightPlaces() + "," + eightPlaces() + "]"
                            : "[" + decimal() + "," + decimal() + oneOf("", "", ",[]") + "]");
        }
        return "[" + String.join(",", levels) + "]";
    }

    private String decimal() {
        String text = random.nextInt(100_000) + "." + (1 + random.nextInt(99_999_999));
        text = random.nextInt(50) == 0 ? oneOf("0.00000000", "1e5", "-3", "1.", "x") : text;
        return random.nextInt(8) == 0 && text.matches("\\d+\\.\\d+") ? plain(text) : quoted(text);
    }

    private String eightPlaces() {
        int whole = random.nextInt(5) == 0 ? 0 : random.nextInt() >>> random.nextInt(1, 32);
        return quoted("%d.%08d".formatted(whole, random.nextInt(100_000_000)));
    }

    private static String plain(String number) {
        return number.replaceFirst("^0+(?=\\d)", "");
    }

    private String integer() {
        String text = String.valueOf(Math.abs(random.nextLong() >> random.nextInt(60)));
        return random.nextInt(8) == 0 ? quoted(text) : text;
    }

    private String time() {
        return oneOf("1767225600411", "1767225600411987", "\"1767225600411\"", "1767225600000");
    }

    private String truth() {
        return oneOf("true", "false");
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    private String oneOf(String... texts) {
        return texts[random.nextInt(texts.length)];
    }
}
