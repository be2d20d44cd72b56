package io.microstream.binance.replay.dump;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.microstream.market.Decimal8;
import java.io.IOException;
import java.io.OutputStream;

/** Writes CSV rows as ASCII bytes through one buffer, without an object per row. */
final class CsvRows {

    private static final int LONGEST_ROW = 256;
    private static final byte[] TRUE = "True".getBytes(UTF_8);
    private static final byte[] FALSE = "False".getBytes(UTF_8);

    private final byte[] buffer = new byte[1 << 16];
    private OutputStream out = OutputStream.nullOutputStream();
    private int at;

    /** Switches to another file; the previous one must have been flushed. */
    void into(OutputStream newOut) {
        out = newOut;
    }

    CsvRows number(long value) {
        int end = at + digits(value);
        for (int i = end - 1; i >= at; i--, value /= 10) {
            buffer[i] = (byte) ('0' + value % 10);
        }
        return comma(end);
    }

    CsvRows decimal(long units) {
        return comma(Decimal8.write(units, buffer, at));
    }

    CsvRows flag(boolean value) {
        byte[] word = value ? TRUE : FALSE;
        System.arraycopy(word, 0, buffer, at, word.length);
        return comma(at + word.length);
    }

    /**
     * Ends the row: replaces its last comma by a line feed, and flushes a buffer that is nearly
     * full.
     */
    void endRow() throws IOException {
        buffer[at - 1] = '\n';
        if (at > buffer.length - LONGEST_ROW) {
            flush();
        }
    }

    void line(String text) throws IOException {
        flush();
        out.write(text.getBytes(UTF_8));
        out.write('\n');
    }

    void flush() throws IOException {
        out.write(buffer, 0, at);
        at = 0;
    }

    private CsvRows comma(int end) {
        buffer[end] = ',';
        at = end + 1;
        return this;
    }

    private static int digits(long value) {
        int digits = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        return digits;
    }
}
