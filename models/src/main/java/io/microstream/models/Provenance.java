package io.microstream.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Records where a model comes from: bars, recipe, settings. Training again on the same bars must
 * give the same bytes.
 *
 * <p>Travels in an artefact as JSON of at most {@value #LONGEST} bytes, equal text for equal
 * content, and is the column {@code models.provenance}. Holds nothing of the machine, the number of
 * threads or the day of training.
 *
 * @param recipe version of the training programme, ≥ 1: a change of rules is a new one
 * @param bars what was read, one entry for each symbol
 * @param rows rows of features the model was fitted on; not more than there are bars
 * @param settings hyper-parameters and {@value #SEED}, by name: numbers, texts and truth values
 */
public record Provenance(int recipe, List<Source> bars, long rows, Map<String, Object> settings) {

    /** Name of the setting from which all random choices follow. */
    public static final String SEED = "seed";

    /** Maximum length of the JSON text, in bytes. */
    public static final int LONGEST = 1 << 18;

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SYMBOL = Pattern.compile("[A-Z0-9]{1,40}");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectReader STRICT =
            JSON.reader()
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

    /**
     * The training bars of one symbol.
     *
     * @param symbol upper case
     * @param bars how many
     * @param first open time of the first, {@code 2024-06-01 00:00} in UTC
     * @param last open time of the last
     * @param gaps how often a minute is not followed by the next
     * @param missingMinutes minutes inside the gaps
     * @param sha256 over open time, open, high, low, close and volume of the bars as 8-byte
     *     big-endian numbers (times in milliseconds, others IEEE 754 doubles), lower-case hex
     */
    public record Source(
            String symbol,
            long bars,
            String first,
            String last,
            long gaps,
            long missingMinutes,
            String sha256) {

        public Source {
            require(SYMBOL.matcher(symbol).matches(), "symbol", symbol);
            require(bars >= 1, "bars", bars);
            require(SHA256.matcher(sha256).matches(), "sha256", sha256);
            require(gaps >= 0 && gaps < bars, "gaps", gaps);
            require(missingMinutes >= gaps, "missingMinutes", missingMinutes);
            long minutes = ChronoUnit.MINUTES.between(minute(first), minute(last)) + 1;
            require(minutes == bars + missingMinutes, "minutes from first to last", minutes);
        }

        /** Returns the open time of the symbol's first bar, milliseconds since the epoch. */
        public long firstMs() {
            return minute(first).toInstant(ZoneOffset.UTC).toEpochMilli();
        }

        /** Returns the open time of the symbol's last bar, milliseconds since the epoch. */
        public long lastMs() {
            return minute(last).toInstant(ZoneOffset.UTC).toEpochMilli();
        }

        private static LocalDateTime minute(String text) {
            try {
                return LocalDateTime.parse(text, MINUTE);
            } catch (DateTimeParseException e) {
                throw invalid("time", text);
            }
        }
    }

    public Provenance {
        bars = List.copyOf(bars);
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        require(recipe >= 1, "recipe", recipe);
        require(!bars.isEmpty(), "bars", bars);
        long all = bars.stream().mapToLong(Source::bars).sum();
        require(rows >= 1 && rows <= all, "rows", rows);
        require(settings.get(SEED) instanceof Number, "settings.seed", settings.get(SEED));
        settings.forEach((name, value) -> require(isPlain(value), "settings." + name, value));
    }

    private static boolean isPlain(Object value) {
        return value instanceof String
                || value instanceof Boolean
                || value instanceof Number n && Double.isFinite(n.doubleValue());
    }

    /** Returns the seed from which all random choices followed. */
    public long seed() {
        return ((Number) settings.get(SEED)).longValue();
    }

    /** Returns the open time of the first bar of all symbols, milliseconds since the epoch. */
    public long firstMs() {
        return bars.stream().mapToLong(Source::firstMs).min().orElseThrow();
    }

    /** Returns the open time of the last bar of all symbols, milliseconds since the epoch. */
    public long lastMs() {
        return bars.stream().mapToLong(Source::lastMs).max().orElseThrow();
    }

    /**
     * Returns the provenance as JSON without blanks: {@code
     * {"recipe":1,"bars":[…],"rows":…,"settings":{…}}}.
     */
    public String json() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("recipe", recipe);
        map.put("bars", bars.stream().map(Provenance::map).toList());
        map.put("rows", rows);
        map.put("settings", settings);
        try {
            return JSON.writeValueAsString(map);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers, texts and truth values are JSON", e);
        }
    }

    private static Map<String, Object> map(Source source) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("symbol", source.symbol());
        map.put("bars", source.bars());
        map.put("first", source.first());
        map.put("last", source.last());
        map.put("gaps", source.gaps());
        map.put("missingMinutes", source.missingMinutes());
        map.put("sha256", source.sha256());
        return map;
    }

    /**
     * Reads what {@link #json} wrote; fields of other names are ignored.
     *
     * @return empty if the JSON object has no recipe: the model was not made by the training
     *     programme
     * @throws IllegalArgumentException if the text is too long, no JSON object, or holds what a
     *     database cannot; or if a field is missing, of another type or out of range
     */
    static Optional<Provenance> read(String json) {
        JsonNode tree = requireJson(json);
        return tree.has("recipe") ? Optional.of(of(tree)) : Optional.empty();
    }

    /**
     * Parses a JSON object, checking that a database can hold it.
     *
     * @throws IllegalArgumentException if not
     */
    static JsonNode requireJson(String json) {
        require(json.length() <= LONGEST, "characters", json.length());
        JsonNode tree = tree(json);
        require(tree.isObject(), "not a JSON object", json);
        require(json.indexOf('\0') < 0 && !json.contains("\\u0000"), "NUL in text", json.length());
        return tree;
    }

    private static JsonNode tree(String json) {
        try {
            return STRICT.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "provenance is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static Provenance of(JsonNode json) {
        List<Source> bars = new ArrayList<>();
        json.path("bars").forEach(source -> bars.add(source(source)));
        Map<String, Object> settings = new LinkedHashMap<>();
        json.path("settings")
                .fields()
                .forEachRemaining(e -> settings.put(e.getKey(), value(e.getValue())));
        return new Provenance(
                Math.toIntExact(number(json, "recipe")), bars, number(json, "rows"), settings);
    }

    private static Source source(JsonNode json) {
        return new Source(
                json.path("symbol").asText(),
                number(json, "bars"),
                json.path("first").asText(),
                json.path("last").asText(),
                number(json, "gaps"),
                number(json, "missingMinutes"),
                json.path("sha256").asText());
    }

    private static long number(JsonNode json, String name) {
        JsonNode value = json.path(name);
        require(value.isIntegralNumber() && value.canConvertToLong(), name, value);
        return value.longValue();
    }

    private static Object value(JsonNode json) {
        return json.isNumber()
                ? json.numberValue()
                : json.isBoolean() ? (Object) json.booleanValue() : json.textValue();
    }

    private static void require(boolean condition, String name, Object value) {
        if (!condition) {
            throw invalid(name, value);
        }
    }

    private static IllegalArgumentException invalid(String name, Object value) {
        return new IllegalArgumentException("provenance is not valid: " + name + "=" + value);
    }
}
