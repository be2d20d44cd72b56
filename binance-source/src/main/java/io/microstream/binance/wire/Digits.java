package io.microstream.binance.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.microstream.market.Decimal8;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * Parses numbers in ASCII bytes exactly, without double, allocation or exception. The result for
 * anything else is {@link #UNREADABLE}.
 */
public final class Digits {

    /** The result for anything that is not a plain non-negative number that fits. */
    public static final long UNREADABLE = -1;

    private static final long EIGHT_DIGITS = 100_000_000;
    private static final int MAX_NATURAL_DIGITS = 19;
    private static final int MAX_WHOLE_DIGITS = 11;
    private static final int MAX_LARGE_DIGITS = 30;

    private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE, Decimal8.SCALE);
    private static final Pattern PLAIN = Pattern.compile("\\d{1,30}(\\.\\d{1,30})?");
    private static final Pattern EXPONENT =
            Pattern.compile("[+-]?\\d{1,30}(\\.\\d{0,30})?[eE][+-]?\\d{1,5}");

    private Digits() {}

    /** Parses the whole number in {@code [from, to)}: digits only, below 2^63. */
    public static long natural(byte[] ascii, int from, int to) {
        int length = to - from;
        if (length <= 0 || length > MAX_NATURAL_DIGITS) {
            return UNREADABLE;
        }
        long value = 0;
        int at = from;
        for (; to - at >= Words.BYTES; at += Words.BYTES) {
            long word = Words.at(ascii, at);
            if (Words.digits(word) < Words.BYTES) {
                return UNREADABLE;
            }
            value = value * EIGHT_DIGITS + Words.number(word, Words.BYTES);
        }
        for (; at < to; at++) {
            int digit = ascii[at] - '0';
            if (digit < 0 || digit > 9) {
                return UNREADABLE;
            }
            value = value * 10 + digit;
        }
        return value < 0 ? UNREADABLE : value;
    }

    /**
     * Parses the decimal ≥ 0 in {@code [from, to)} to units of 1e-8; digits after the eighth must
     * be zeros. Accepts what {@link Decimal8#parse(byte[], int, int)} accepts.
     */
    public static long decimal8(byte[] ascii, int from, int to) {
        long value = 0;
        int at = from;
        for (; at < to && ascii[at] != '.'; at++) {
            int digit = ascii[at] - '0';
            if (digit < 0 || digit > 9) {
                return UNREADABLE;
            }
            value = value * 10 + digit;
        }
        if (at == from || at - from > MAX_WHOLE_DIGITS) {
            return UNREADABLE;
        }
        return at == to ? fits(value, Decimal8.SCALE) : fraction(value, ascii, at + 1, to);
    }

    /**
     * Parses the decimal ≥ 0 in {@code [from, to)} with scale 8, also where it does not fit {@link
     * #decimal8} (volumes of cheap coins). Returns null if it is none or has more than 30 digits.
     */
    public static BigDecimal largeDecimal(byte[] ascii, int from, int to) {
        long units = decimal8(ascii, from, to);
        if (units >= 0) {
            return BigDecimal.valueOf(units, Decimal8.SCALE);
        }
        int dot = from;
        while (dot < to && ascii[dot] >= '0' && ascii[dot] <= '9') {
            dot++;
        }
        int split = dot - MAX_WHOLE_DIGITS + 1;
        if (to - from > MAX_LARGE_DIGITS || split <= from) {
            return null;
        }
        long high = natural(ascii, from, split);
        long low = decimal8(ascii, split, to);
        if (high < 0 || low < 0) {
            return null;
        }
        BigDecimal whole = BigDecimal.valueOf(high).scaleByPowerOfTen(dot - split);
        return whole.add(BigDecimal.valueOf(low, Decimal8.SCALE));
    }

    /**
     * Returns what keeps {@code [from, to)} from being read as {@link #decimal8} above zero: an
     * exponent, its size, its decimals, or that it is none.
     */
    public static String decimalFault(byte[] ascii, int from, int to) {
        String text = new String(ascii, from, to - from, ISO_8859_1);
        if (PLAIN.matcher(text).matches()) {
            if (new BigDecimal(text).compareTo(LARGEST) > 0) {
                return "is larger than " + LARGEST.toPlainString();
            }
            return decimal8(ascii, from, to) >= 0
                    ? "is not a decimal above zero"
                    : "has more than eight decimals";
        }
        return EXPONENT.matcher(text).matches()
                ? "has an exponent, not a plain decimal"
                : "is not a decimal above zero";
    }

    private static long fraction(long whole, byte[] ascii, int from, int to) {
        if (from == to) {
            return UNREADABLE;
        }
        if (to - from == Words.BYTES) {
            long word = Words.at(ascii, from);
            boolean digits = Words.digits(word) == Words.BYTES;
            long value = whole * EIGHT_DIGITS + Words.number(word, Words.BYTES);
            return digits && value >= 0 ? value : UNREADABLE;
        }
        long value = whole;
        int kept = Math.min(to, from + Decimal8.SCALE);
        for (int at = from; at < kept; at++) {
            int digit = ascii[at] - '0';
            if (digit < 0 || digit > 9) {
                return UNREADABLE;
            }
            value = value * 10 + digit;
        }
        for (int at = kept; at < to; at++) {
            if (ascii[at] != '0') {
                return UNREADABLE;
            }
        }
        return fits(value, Decimal8.SCALE - (kept - from));
    }

    // At most nineteen digits, which stay below 1e19: a value that does not fit shows as negative.
    private static long fits(long digits, int missing) {
        long value = digits;
        for (int i = 0; i < missing; i++) {
            value *= 10;
        }
        return value < 0 ? UNREADABLE : value;
    }
}
