package io.microstream.market;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.math.BigDecimal;

/**
 * Binance's decimals: a non-negative {@code long} counts units of 1e-8, so every price and quantity
 * the exchange can quote (at most 92,233,720,368.54775807) is exact.
 */
public final class Decimal8 {

    /** The number of digits after the decimal point. */
    public static final int SCALE = 8;

    /** The number one in units of 1e-8. */
    public static final long ONE = 100_000_000L;

    private static final int MAX_WHOLE_DIGITS = 11;

    private Decimal8() {}

    /**
     * Reads a plain decimal such as {@code 61837.63000000} from ASCII bytes {@code [from, to)},
     * without allocating and without passing through double. Digits after the eighth must be zeros.
     *
     * @throws NumberFormatException for anything else: a sign, an exponent, no digits, a value that
     *     does not fit
     */
    public static long parse(byte[] ascii, int from, int to) {
        long value = 0;
        int at = from;
        while (at < to && ascii[at] != '.') {
            value = value * 10 + digit(ascii, at++, from, to);
        }
        if (at == from || at - from > MAX_WHOLE_DIGITS) {
            throw notADecimal(ascii, from, to);
        }
        int scale = 0;
        if (at < to) {
            int fraction = at + 1;
            for (at = fraction; at < to && scale < SCALE; at++, scale++) {
                value = value * 10 + digit(ascii, at, from, to);
            }
            for (; at < to; at++) {
                if (digit(ascii, at, from, to) != 0) {
                    throw notADecimal(ascii, from, to);
                }
            }
            if (scale == 0) {
                throw notADecimal(ascii, from, to);
            }
        }
        for (; scale < SCALE; scale++) {
            value *= 10;
        }
        // Nineteen digits stay below 1e19, so a value that does not fit shows as a negative one.
        if (value < 0) {
            throw notADecimal(ascii, from, to);
        }
        return value;
    }

    /** Parses a whole text as {@link #parse(byte[], int, int)} does. */
    public static long parse(String text) {
        byte[] ascii = text.getBytes(ISO_8859_1);
        return parse(ascii, 0, ascii.length);
    }

    /** Returns the value as a decimal of scale eight. */
    public static BigDecimal toBigDecimal(long units) {
        return BigDecimal.valueOf(units, SCALE);
    }

    /**
     * The units of an exact decimal.
     *
     * @throws ArithmeticException if the value has more than eight decimals or does not fit
     */
    public static long of(BigDecimal value) {
        return value.setScale(SCALE).unscaledValue().longValueExact();
    }

    /** The nearest double; for features and pictures only. */
    public static double toDouble(long units) {
        return units / 1e8;
    }

    /** Appends the eight-decimal form, as Binance writes it, to ASCII bytes; returns the end. */
    public static int write(long units, byte[] out, int at) {
        long whole = units / ONE;
        long fraction = units % ONE;
        int digits = 1;
        for (long rest = whole; rest >= 10; rest /= 10) {
            digits++;
        }
        int dot = at + digits;
        for (int i = dot - 1; i >= at; i--, whole /= 10) {
            out[i] = (byte) ('0' + whole % 10);
        }
        out[dot] = '.';
        for (int i = dot + SCALE; i > dot; i--, fraction /= 10) {
            out[i] = (byte) ('0' + fraction % 10);
        }
        return dot + SCALE + 1;
    }

    private static int digit(byte[] ascii, int at, int from, int to) {
        int digit = ascii[at] - '0';
        if (digit < 0 || digit > 9) {
            throw notADecimal(ascii, from, to);
        }
        return digit;
    }

    private static NumberFormatException notADecimal(byte[] ascii, int from, int to) {
        return new NumberFormatException(
                "not a decimal of at most 8 places: '"
                        + new String(ascii, from, Math.min(to - from, 40), ISO_8859_1)
                        + "'");
    }
}
