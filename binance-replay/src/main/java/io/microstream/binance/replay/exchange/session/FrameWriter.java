package io.microstream.binance.replay.exchange.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.microstream.market.Decimal8;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;

/** A JSON text being written, without garbage; used again from frame to frame. */
public final class FrameWriter {

    private static final int LONGEST_NUMBER = 24;
    private static final int LONGEST_DECIMAL = 32;

    private byte[] bytes = new byte[1 << 10];
    private int length;

    public FrameWriter clear() {
        length = 0;
        return this;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    public FrameWriter raw(byte[] utf8) {
        reserve(utf8.length);
        System.arraycopy(utf8, 0, bytes, length, utf8.length);
        length += utf8.length;
        return this;
    }

    public FrameWriter raw(String text) {
        return raw(text.getBytes(UTF_8));
    }

    public FrameWriter raw(char ascii) {
        reserve(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    public FrameWriter number(long value) {
        reserve(LONGEST_NUMBER);
        if (value < 0) {
            bytes[length++] = '-';
        }
        long rest = Math.abs(value);
        int digits = 1;
        for (long left = rest; left >= 10; left /= 10) {
            digits++;
        }
        for (int at = length + digits - 1; at >= length; at--, rest /= 10) {
            bytes[at] = (byte) ('0' + rest % 10);
        }
        length += digits;
        return this;
    }

    /** Units of 1e-8 as a string of eight decimals, quotes included. */
    public FrameWriter decimal(long units) {
        reserve(LONGEST_DECIMAL);
        bytes[length++] = '"';
        length = Decimal8.write(units, bytes, length);
        bytes[length++] = '"';
        return this;
    }

    /** A decimal of eight places, quotes included; places beyond are cut off. */
    public FrameWriter decimal(BigDecimal value) {
        return raw('"').raw(value.setScale(Decimal8.SCALE, RoundingMode.DOWN).toPlainString())
                .raw('"');
    }

    public FrameWriter truth(boolean value) {
        return raw(value ? "true" : "false");
    }

    public String text() {
        return new String(bytes, 0, length, UTF_8);
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
