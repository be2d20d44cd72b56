package io.microstream.binance.replay.exchange.faults;

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
     * @throws ArithmeticException and {@link NumberFormatException} for anything else
     */
    static RowPlace read(String text) {
        boolean share = text.endsWith("%");
        RowPlace place =
                share
                        ? new RowPlace(
                                new BigDecimal(text.substring(0, text.length() - 1))
                                        .movePointRight(4)
                                        .longValueExact(),
                                true)
                        : new RowPlace(Long.parseLong(text), false);
        if (place.value < 0 || share && place.value > WHOLE) {
            throw new NumberFormatException("no place: '" + text + "'");
        }
        return place;
    }

    long in(long rows) {
        return share ? Math.multiplyExact(rows, value) / WHOLE : value;
    }
}
