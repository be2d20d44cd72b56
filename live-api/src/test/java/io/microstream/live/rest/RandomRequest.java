package io.microstream.live.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.microstream.live.Schemas;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes requests of the contract's parameters and their schemas, right ones and wrong ones. */
final class RandomRequest {

    private static final Instant BEGIN = Instant.parse("2026-01-04T20:00:00Z");
    private static final List<String> SYMBOLS = List.of("BTCUSDT", "ETHUSDT");

    private RandomRequest() {}

    /** A path that a GET without path parameters has. */
    static String path(Schemas schemas, Random random) {
        List<String> paths = new ArrayList<>();
        schemas.contract()
                .get("paths")
                .properties()
                .forEach(
                        each -> {
                            if (each.getValue().has("get") && !each.getKey().contains("{")) {
                                paths.add(each.getKey());
                            }
                        });
        return paths.get(random.nextInt(paths.size()));
    }

    /** Parameters that the contract allows, over the filled days. */
    static Map<String, String> valid(Schemas schemas, String path, Random random) {
        Map<String, String> query = new LinkedHashMap<>();
        for (JsonNode parameter : parameters(schemas, path)) {
            String name = parameter.get("name").asText();
            boolean isIn = parameter.path("required").asBoolean() || random.nextBoolean();
            if (isIn && parameter.get("in").asText().equals("query") && !name.equals("cursor")) {
                query.put(name, value(name, schemas.resolved(parameter.get("schema")), random));
            }
        }
        order(query);
        return query;
    }

    private static void order(Map<String, String> query) {
        if (query.containsKey("from") && query.containsKey("to")) {
            Instant from = instant(query.get("from"));
            Instant to = instant(query.get("to"));
            if (!from.isBefore(to)) {
                query.put("from", to.minusSeconds(3600).toString());
            }
        }
    }

    private static Instant instant(String text) {
        return text.matches("\\d+")
                ? Instant.ofEpochMilli(Long.parseLong(text))
                : Instant.parse(text);
    }

    private static String value(String name, JsonNode schema, Random random) {
        if (name.equals("symbol")) {
            return SYMBOLS.get(random.nextInt(SYMBOLS.size()));
        }
        if (schema.has("enum")) {
            return schema.get("enum").get(random.nextInt(schema.get("enum").size())).asText();
        }
        if (schema.path("x-moment").asBoolean()) {
            Instant time = BEGIN.plusSeconds(60L * random.nextInt(5500) + random.nextInt(60));
            return random.nextBoolean() ? time.toString() : String.valueOf(time.toEpochMilli());
        }
        return switch (schema.get("type").asText()) {
            case "integer" -> String.valueOf(1 + random.nextInt(schema.get("maximum").asInt()));
            case "boolean" -> String.valueOf(random.nextBoolean());
            default -> throw new IllegalStateException("No generator: parameter=" + name);
        };
    }

    /** Makes one parameter wrong, or adds a wrong one; returns its name. */
    static String spoil(Schemas schemas, String path, Map<String, String> query, Random random) {
        List<JsonNode> parameters = new ArrayList<>();
        parameters(schemas, path).forEach(parameters::add);
        if (parameters.isEmpty() || random.nextInt(6) == 0) {
            String unknown = "x" + Integer.toString(random.nextInt(1_000_000), 36);
            query.put(unknown, "1");
            return unknown;
        }
        JsonNode parameter = parameters.get(random.nextInt(parameters.size()));
        String name = parameter.get("name").asText();
        JsonNode schema = schemas.resolved(parameter.get("schema"));
        if (parameter.path("required").asBoolean() && random.nextInt(3) == 0) {
            query.remove(name);
            return name;
        }
        query.put(name, wrong(name, schema, random));
        return name;
    }

    private static String wrong(String name, JsonNode schema, Random random) {
        if (schema.path("type").asText().equals("integer")) {
            List<String> wrong =
                    List.of("0", "-1", "10001", "1e3", "ten", "", "99999999999999999999");
            return wrong.get(random.nextInt(wrong.size()));
        }
        if (schema.path("x-moment").asBoolean()) {
            List<String> wrong =
                    List.of(
                            "2026-02-30T00:00:00Z",
                            "2008-12-31T23:59:59Z",
                            "2100-01-01T00:00:01Z",
                            "2026-01-05",
                            "17",
                            "yesterday",
                            "");
            return wrong.get(random.nextInt(wrong.size()));
        }
        if (name.equals("symbol")) {
            List<String> wrong = List.of("", "BTC USDT", "NOSUCH", "A".repeat(41), "a/b", "\u0000");
            return wrong.get(random.nextInt(wrong.size()));
        }
        return List.of("", "no such", "\u2028").get(random.nextInt(3));
    }

    private static Iterable<JsonNode> parameters(Schemas schemas, String path) {
        List<JsonNode> parameters = new ArrayList<>();
        schemas.contract()
                .path("paths")
                .path(path)
                .path("get")
                .path("parameters")
                .forEach(each -> parameters.add(schemas.resolved(each)));
        return parameters;
    }
}
