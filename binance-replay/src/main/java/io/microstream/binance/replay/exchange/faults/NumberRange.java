package io.microstream.binance.replay.exchange.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of a script, or a range of them to draw from: {@code 3}, {@code 1..400}, {@code 1s..2s}.
 *
 * @param from first of the range; microseconds where there is a unit of time
 * @param steps how many steps lead from the first to the last; 0 for a number alone
 * @param scale decimals of a step
 * @param time true where there is a unit of time
 */
record NumberRange(BigDecimal from, long steps, int scale, boolean time) {

    private static final String NUMBER = "(-?[0-9]+(?:\\.[0-9]+)?)([a-z]*)";
    private static final Pattern FORM = Pattern.compile(NUMBER + "(?:\\.\\." + NUMBER + ")?");
    private static final Map<String, Long> MICROS =
            Map.of("us", 1L, "ms", 1_000L, "s", 1_000_000L, "m", 60_000_000L, "h", 3_600_000_000L);

    /**
     * Reads a value of a script; returns null for one that is no number.
     *
     * @throws IllegalArgumentException if a unit is unknown or the range is empty
     * @throws ArithmeticException if a time is no whole number of microseconds
     */
    static NumberRange read(JsonNode value) {
        String text = value.isNumber() ? value.decimalValue().toPlainString() : value.asText();
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return null;
        }
        String unit = form.group(2);
        BigDecimal from = number(form.group(1), unit);
        BigDecimal to = form.group(3) == null ? from : number(form.group(3), form.group(4));
        int scale = Math.max(from.scale(), to.scale());
        long steps = to.subtract(from).movePointRight(scale).longValueExact();
        if (steps < 0 || form.group(3) != null && unit.isEmpty() != form.group(4).isEmpty()) {
            throw new IllegalArgumentException("no range: '" + text + "'");
        }
        return new NumberRange(from, steps, scale, !unit.isEmpty());
    }

    private static BigDecimal number(String digits, String unit) {
        BigDecimal number = new BigDecimal(digits);
        if (unit.isEmpty()) {
            return number;
        }
        if (!MICROS.containsKey(unit)) {
            throw new IllegalArgumentException("no unit of time: '" + unit + "'");
        }
        BigDecimal micros = number.multiply(BigDecimal.valueOf(MICROS.get(unit)));
        return BigDecimal.valueOf(micros.longValueExact());
    }

    /** Returns the number that lies {@code step} steps above the first. */
    JsonNode number(long step) {
        BigDecimal number = from.add(BigDecimal.valueOf(step, scale));
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (time) {
            Duration duration = Duration.of(number.longValueExact(), ChronoUnit.MICROS);
            return nodes.textNode(duration.toString());
        }
        return scale == 0 ? nodes.numberNode(number.longValueExact()) : nodes.numberNode(number);
    }
}
