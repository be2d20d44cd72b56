package io.microstream.binance.replay.exchange.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.microstream.market.Decimal8;
import io.microstream.market.ExactSum;
import java.math.BigInteger;
import java.util.Arrays;

/** JSON as bytes, written in one go; decimals are strings of eight places. */
final class JsonText {

    private static final int MOST_DIGITS = 32;
    private static final BigInteger ONE = BigInteger.valueOf(Decimal8.ONE);

    private byte[] bytes = new byte[1024];
    private int size;

    /** Appends ASCII as it is. */
    JsonText raw(String ascii) {
        room(ascii.length());
        for (int i = 0; i < ascii.length(); i++) {
            bytes[size++] = (byte) ascii.charAt(i);
        }
        return this;
    }

    /** Starts the next element of an array or object that began with {@code opening}. */
    JsonText next(char opening) {
        room(1);
        if (bytes[size - 1] != opening) {
            bytes[size++] = ',';
        }
        return this;
    }

    JsonText number(long value) {
        return raw(Long.toString(value));
    }

    /** A text in quotes, whatever is in it. */
    JsonText text(String value) {
        StringBuilder escaped = new StringBuilder(value.length() + 2).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                escaped.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                escaped.append(String.format("\\u%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return raw(escaped.append('"').toString());
    }

    /** Units of 1e-8. */
    JsonText decimal(long units) {
        room(MOST_DIGITS);
        bytes[size++] = '"';
        size = Decimal8.write(units, bytes, size);
        bytes[size++] = '"';
        return this;
    }

    /** A sum in units of 1e-8. */
    JsonText decimal(ExactSum sum) {
        return sum.high == 0 && sum.low >= 0 ? decimal(sum.low) : decimal(sum.toBigInteger());
    }

    /** A sum of products, in units of 1e-16; what is below 1e-8 is cut off. */
    JsonText productDecimal(ExactSum sum) {
        if (sum.high == 0 && sum.low >= 0) {
            return decimal(sum.low / Decimal8.ONE);
        }
        return decimal(sum.toBigInteger().divide(ONE));
    }

    private JsonText decimal(BigInteger units) {
        if (units.bitLength() < Long.SIZE) {
            return decimal(units.longValue());
        }
        BigInteger[] parts = units.divideAndRemainder(ONE);
        String fraction = Long.toString(Decimal8.ONE + parts[1].longValue()).substring(1);
        return raw("\"" + parts[0] + "." + fraction + "\"");
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, size, UTF_8);
    }
}
