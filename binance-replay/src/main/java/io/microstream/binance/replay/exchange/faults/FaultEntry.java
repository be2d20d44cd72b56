package io.microstream.binance.replay.exchange.faults;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.microstream.binance.replay.Chance;
import io.microstream.market.Decimal8;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/**
 * An entry of a script: a number of faults of one kind. Bound by Jackson.
 *
 * @param fault the kind, as {@code fault-kinds.yaml} names it
 * @param count how many faults
 * @param at the row of its one fault, or null where the seed chooses
 * @param from start of the window the seed chooses in, or null
 * @param to end of that window, or null
 * @param symbol the symbols it is for; empty for any
 * @param settings what each setting may be: a value, a range, or a list of these
 */
record FaultEntry(
        String fault,
        int count,
        RowPlace at,
        RowPlace from,
        RowPlace to,
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> symbol,
        @JsonAnySetter Map<String, JsonNode> settings) {

    private static final int MOST = 1_000_000;
    private static final Set<String> ANY_SIGN = Set.of("offset", "driftPpm");
    private static final Set<String> ABOVE_ZERO = Set.of("rows", "times", "requests", "tick");
    private static final Map<Class<?>, String> NUMBERS =
            Map.of(
                    int.class, "a whole number",
                    double.class, "a decimal of at most 8 places",
                    BigDecimal.class, "a decimal of at most 8 places",
                    Duration.class, "a time (250us, 100ms, 5s, 10m, 4h)");

    /**
     * @throws IllegalArgumentException with all that is wrong
     */
    FaultEntry {
        StringJoiner wrong = new StringJoiner(", ");
        ObjectNode defaults = FaultYaml.DEFAULTS.get(fault);
        if (defaults == null) {
            throw new IllegalArgumentException(
                    "fault=" + fault + " is unknown, allowed: " + FaultYaml.DEFAULTS.keySet());
        }
        if (at != null && (from != null || to != null)) {
            wrong.add("at excludes from and to");
        }
        if (at != null && count == 0) {
            count = 1;
        }
        if (count < 1 || count > (at == null ? MOST : 1)) {
            String allowed = at == null ? "1 to " + MOST + ", or a place at=30%" : "1 with at";
            wrong.add("count=" + count + " is not possible, allowed: " + allowed);
        }
        symbol = symbol == null ? List.of() : List.copyOf(symbol);
        Map<String, JsonNode> all = new LinkedHashMap<>();
        defaults.fields().forEachRemaining(each -> all.put(each.getKey(), each.getValue()));
        for (Map.Entry<String, JsonNode> said : settings.entrySet()) {
            String name = said.getKey();
            if (all.replace(name, said.getValue()) == null) {
                wrong.add(name + " is unknown here, allowed: " + all.keySet());
            } else if (!isPossible(fault, name, said.getValue())) {
                String what = name + "=" + said.getValue();
                wrong.add(what + " is not possible, allowed: " + allowed(fault, name));
            }
        }
        settings = all;
        if (wrong.length() > 0) {
            throw new IllegalArgumentException(wrong.toString());
        }
    }

    private static boolean isPossible(String fault, String name, JsonNode said) {
        Class<?> type = FaultYaml.type(fault, name);
        try {
            for (JsonNode value : alternatives(said)) {
                NumberRange range = NumberRange.read(value);
                if (range != null
                        && (range.from().signum() < least(name)
                                || range.scale() > Decimal8.SCALE)) {
                    return false;
                }
                JsonNode last = range == null ? value : range.number(range.steps());
                if (last.isNull() || last.asText().isEmpty()) {
                    return false;
                }
                FaultYaml.MAPPER.treeToValue(last, type);
            }
            return !alternatives(said).isEmpty();
        } catch (JsonProcessingException | RuntimeException e) {
            return false;
        }
    }

    /** Returns the smallest sign that a number may have. */
    private static int least(String name) {
        return ABOVE_ZERO.contains(name) ? 1 : ANY_SIGN.contains(name) ? -1 : 0;
    }

    private static String allowed(String fault, String name) {
        Class<?> type = FaultYaml.type(fault, name);
        if (!NUMBERS.containsKey(type)) {
            return type.isEnum()
                    ? List.of(type.getEnumConstants()).toString().toLowerCase(Locale.ROOT)
                    : type == boolean.class ? "true, false" : "a word";
        }
        int least = least(name);
        String sign = least == 1 ? " above zero" : least == 0 ? " not below zero" : "";
        return NUMBERS.get(type) + sign + ", a range FROM..TO, or a list of them";
    }

    /**
     * Draws the entry's faults, with {@code row} 0 still. Each alternative is drawn as often as the
     * others, give or take one.
     */
    List<PlannedFault> draw(Chance chance) {
        Map<String, EvenDraw<JsonNode>> draws = new LinkedHashMap<>();
        settings.forEach((name, said) -> draws.put(name, new EvenDraw<>(alternatives(said))));
        EvenDraw<String> symbols = new EvenDraw<>(symbol);
        List<PlannedFault> faults = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ObjectNode drawn = FaultYaml.MAPPER.createObjectNode();
            draws.forEach((name, draw) -> drawn.set(name, within(draw.next(chance), chance)));
            String whose = symbol.isEmpty() ? null : symbols.next(chance);
            faults.add(new PlannedFault(0, FaultYaml.bind(fault, drawn), whose));
        }
        return faults;
    }

    private static JsonNode within(JsonNode alternative, Chance chance) {
        NumberRange range = NumberRange.read(alternative);
        return range == null ? alternative : range.number(chance.below(range.steps() + 1));
    }

    private static List<JsonNode> alternatives(JsonNode said) {
        List<JsonNode> alternatives = new ArrayList<>();
        (said.isArray() ? said : List.of(said)).forEach(alternatives::add);
        return alternatives;
    }
}
