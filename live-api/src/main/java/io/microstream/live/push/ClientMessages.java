package io.microstream.live.push;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.microstream.live.rest.Problem;
import io.microstream.live.rest.ProblemException;
import io.microstream.live.rows.Symbols;
import java.util.ArrayList;
import java.util.List;

/** Parses messages of clients. Unknown members are ignored, so that clients may be newer. */
final class ClientMessages {

    /** The largest history of a subscription, minutes. */
    static final int MAX_HISTORY = 1440;

    private static final int DEFAULT_HISTORY = 120;
    private static final int MAX_LATENCIES = 100;
    private static final double MAX_LATENCY_MS = 600_000;
    private static final int SHOWN = 40;

    private static final ObjectMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(8)
                                                    .maxNumberLength(64)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build();

    private final int maxSymbols;

    ClientMessages(int maxSymbols) {
        this.maxSymbols = maxSymbols;
    }

    /**
     * Parses a message.
     *
     * @throws ProblemException if it is not one, or holds something out of range
     */
    ClientMessage parse(String text) {
        JsonNode message = tree(text);
        String type = message.path("type").asText("");
        return switch (type) {
            case "subscribe" ->
                    new ClientMessage.Subscribe(
                            symbols(message), history(message), cursor(message));
            case "unsubscribe" -> new ClientMessage.Unsubscribe(symbols(message));
            case "ping" -> new ClientMessage.Ping(at(message));
            case "seen" -> new ClientMessage.Seen(latencies(message));
            default ->
                    throw refused(
                            "type",
                            "Unknown message: type="
                                    + shown(message.path("type"))
                                    + ". Send subscribe, unsubscribe, ping or seen");
        };
    }

    private static JsonNode tree(String text) {
        try {
            JsonNode tree = JSON.readTree(text);
            if (tree.isObject()) {
                return tree;
            }
        } catch (JsonProcessingException e) {
            throw new ProblemException(
                    Problem.badRequest(
                            "Not JSON: column="
                                    + (e.getLocation() == null ? 0 : e.getLocation().getColumnNr())
                                    + " length="
                                    + text.length()
                                    + ". Send one JSON object a message"));
        }
        throw new ProblemException(
                Problem.badRequest(
                        "Not a JSON object: length="
                                + text.length()
                                + ". Send one JSON object a message"));
    }

    private List<String> symbols(JsonNode message) {
        JsonNode list = message.path("symbols");
        if (!list.isArray() || list.isEmpty()) {
            throw refused(
                    "symbols",
                    "No symbols: symbols=" + shown(list) + ". Give a list like [\"BTCUSDT\"]");
        }
        if (list.size() > maxSymbols) {
            throw new ProblemException(
                    Problem.badParameter(
                            "symbols",
                            "Too many symbols: symbols="
                                    + list.size()
                                    + " limit="
                                    + maxSymbols
                                    + ". Follow fewer, or the rest on another connection"));
        }
        List<String> symbols = new ArrayList<>();
        for (JsonNode symbol : list) {
            if (!symbol.isTextual() || !Symbols.isName(symbol.textValue())) {
                throw refused(
                        "symbols",
                        "Not a symbol: symbol=" + shown(symbol) + ". Write it like BTCUSDT");
            }
            if (!symbols.contains(symbol.textValue())) {
                symbols.add(symbol.textValue());
            }
        }
        return symbols;
    }

    private static int history(JsonNode message) {
        JsonNode history = message.path("history");
        if (history.isMissingNode() || history.isNull()) {
            return DEFAULT_HISTORY;
        }
        boolean whole = history.isIntegralNumber() && history.canConvertToInt();
        if (!whole || history.intValue() < 0 || history.intValue() > MAX_HISTORY) {
            throw refused(
                    "history",
                    "Minutes out of range: history="
                            + shown(history)
                            + ". Give 0 to "
                            + MAX_HISTORY
                            + "; ask REST for older minutes");
        }
        return history.intValue();
    }

    private static String cursor(JsonNode message) {
        JsonNode cursor = message.path("cursor");
        if (cursor.isMissingNode() || cursor.isNull()) {
            return null;
        }
        if (!cursor.isTextual()) {
            throw refused(
                    "cursor",
                    "Not a cursor: cursor="
                            + shown(cursor)
                            + ". Give back the text of the newest message, or leave it out");
        }
        return cursor.textValue();
    }

    private static long at(JsonNode message) {
        JsonNode at = message.path("at");
        if (!at.isIntegralNumber() || !at.canConvertToLong()) {
            throw refused(
                    "at",
                    "Not a time: at=" + shown(at) + ". Give your clock in milliseconds since 1970");
        }
        return at.longValue();
    }

    private static List<Double> latencies(JsonNode message) {
        JsonNode list = message.path("latency_ms");
        if (!list.isArray() || list.size() > MAX_LATENCIES) {
            throw refused(
                    "latency_ms",
                    "Not a list of latencies: latency_ms="
                            + shown(list)
                            + ". Give at most "
                            + MAX_LATENCIES
                            + " numbers of milliseconds");
        }
        List<Double> latencies = new ArrayList<>();
        for (JsonNode item : list) {
            double ms = item.isNumber() ? item.doubleValue() : Double.NaN;
            if (!(ms >= 0 && ms <= MAX_LATENCY_MS)) {
                throw refused(
                        "latency_ms",
                        "Latency out of range: latency_ms="
                                + shown(item)
                                + ". Give milliseconds from 0 to 600000");
            }
            latencies.add(ms);
        }
        return latencies;
    }

    private static ProblemException refused(String parameter, String detail) {
        return new ProblemException(Problem.badParameter(parameter, detail));
    }

    private static String shown(JsonNode value) {
        if (value.isMissingNode()) {
            return "absent";
        }
        String text = value.isTextual() ? value.textValue() : value.toString();
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
    }
}
