package io.microstream.binance.replay.exchange.faults;

import io.microstream.binance.replay.Chance;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One component of a fault as a script names it: {@code lost=3}; {@code lost=1..400} draws between,
 * {@code lost=1|10|100} draws one of them, {@code ending=*} any word there is.
 */
final class Knob {

    private static final Map<String, String> FALLBACKS =
            Map.ofEntries(
                    Map.entry("ending", "*"),
                    Map.entry("lost", "0"),
                    Map.entry("scope", "stream"),
                    Map.entry("pings", "true"),
                    Map.entry("streamType", "aggTrade"),
                    Map.entry("delay", "1s"),
                    Map.entry("rows", "1"),
                    Map.entry("times", "1"),
                    Map.entry("how", "*"),
                    Map.entry("lead", "1s"),
                    Map.entry("offset", "1s"),
                    Map.entry("driftPpm", "0"),
                    Map.entry("status", "HALT"),
                    Map.entry("tick", "0.1"),
                    Map.entry("trouble", "*"),
                    Map.entry("path", "*"),
                    Map.entry("requests", "1"),
                    Map.entry("amount", "0"));
    private static final Set<String> ANY_SIGN = Set.of("offset", "driftPpm");
    private static final Set<String> FROM_ONE = Set.of("rows", "times", "requests", "tick");

    private final RecordComponent component;
    private final Unit unit;
    private final List<String> words;

    Knob(RecordComponent component) {
        this.component = component;
        this.unit = Unit.of(component.getType());
        this.words = words(component.getType());
    }

    String name() {
        return component.getName();
    }

    /** What is taken where the script does not say. */
    String fallback() {
        return FALLBACKS.get(name());
    }

    /** The alternatives of a setting. */
    List<String> alternatives(String setting) {
        return setting.equals("*") && !words.isEmpty() ? words : List.of(setting.split("\\|", -1));
    }

    /** Null if a setting can be understood, else what would be allowed. */
    String complaint(String setting) {
        try {
            return alternatives(setting).stream().allMatch(this::understood) ? null : allowed();
        } catch (ArithmeticException | NumberFormatException notANumber) {
            return allowed();
        }
    }

    /** A value out of an alternative: drawn, if that is a range. */
    Object draw(String alternative, Chance chance) {
        if (unit == null) {
            return read(alternative);
        }
        long from = bound(alternative, true);
        long to = bound(alternative, false);
        return unit.value(from + chance.below(to - from + 1));
    }

    /** A value as a script would write it. */
    String write(Object value) {
        return unit != null
                ? unit.write(unit.units(value))
                : words.isEmpty() ? value.toString() : value.toString().toLowerCase(Locale.ROOT);
    }

    private Object read(String text) {
        Class<?> type = component.getType();
        if (words.isEmpty()) {
            return text;
        }
        return type == boolean.class
                ? (Object) Boolean.valueOf(text)
                : type.getEnumConstants()[words.indexOf(text)];
    }

    private boolean understood(String alternative) {
        if (unit == null) {
            return words.isEmpty() ? !alternative.isEmpty() : words.contains(alternative);
        }
        long from = bound(alternative, true);
        return from >= least() && from <= bound(alternative, false);
    }

    private long bound(String alternative, boolean lower) {
        int dots = alternative.indexOf("..");
        if (dots < 0) {
            return unit.read(alternative);
        }
        return unit.read(
                lower
                        ? alternative.substring(0, dots)
                        : alternative.substring(dots + "..".length()));
    }

    private long least() {
        return ANY_SIGN.contains(name()) ? Long.MIN_VALUE : FROM_ONE.contains(name()) ? 1 : 0;
    }

    private String allowed() {
        if (unit == null) {
            return words.isEmpty() ? "a word" : String.join("|", words) + " or * for any";
        }
        long least = least();
        String bound =
                least == Long.MIN_VALUE ? "" : least == 0 ? ", not negative" : ", above zero";
        return unit.allowed() + bound + ", a range FROM..TO, or alternatives A|B";
    }

    private static List<String> words(Class<?> type) {
        if (type == boolean.class) {
            return List.of("true", "false");
        }
        return !type.isEnum()
                ? List.of()
                : Arrays.stream(type.getEnumConstants())
                        .map(word -> word.toString().toLowerCase(Locale.ROOT))
                        .toList();
    }
}
