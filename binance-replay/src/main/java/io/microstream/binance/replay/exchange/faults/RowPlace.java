package io.microstream.binance.replay.exchange.faults;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/**
 * A place in a market: a row, or a share of its rows.
 *
 * @param value the row, or the share in millionths
 * @param share which of them
 */
record RowPlace(long value, boolean share) {

    private static final long WHOLE = 1_000_000;

    /**
     * Reads {@code 1000} or {@code 12.5%}.
     *
     * @throws IllegalArgumentException for anything else
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static RowPlace read(JsonNode said) {
        String text = said.asText();
        boolean share = text.endsWith("%");
        try {
            BigDecimal number = new BigDecimal(text.replaceFirst("%$", ""));
            long value = number.movePointRight(share ? 4 : 0).longValueExact();
            if (value >= 0 && (!share || value <= WHOLE)) {
                return new RowPlace(value, share);
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // refused below, with what would be allowed
        }
        throw new IllegalArgumentException(
                text + " is no place, allowed: a row, as 1000, or a share of all rows, as 30%");
    }

    /** Returns the row in a market of {@code rows} rows. */
    long in(long rows) {
        return share ? Math.multiplyExact(rows, value) / WHOLE : value;
    }
}
