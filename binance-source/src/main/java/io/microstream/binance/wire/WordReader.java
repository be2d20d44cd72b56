package io.microstream.binance.wire;

/**
 * Reads text of a known form eight bytes at a time: what is expected next is passed over or read,
 * and what has another form is left to a reader that knows every form. Never looks outside of the
 * text; where it ends, a word is filled with zeros, which no form contains.
 */
final class WordReader {

    /** One to eight ASCII characters that are expected as they are. */
    record Literal(long word, int length) {

        static Literal of(String text) {
            return new Literal(Words.of(text), text.length());
        }
    }

    private static final int MAX_DIGITS = 18;
    private static final int MAX_WHOLE_DIGITS = 10;
    private static final long DECIMALS = 100_000_000;
    private static final long[] TENS = new long[Words.BYTES + 1];

    static {
        TENS[0] = 1;
        for (int i = 1; i < TENS.length; i++) {
            TENS[i] = 10 * TENS[i - 1];
        }
    }

    /** The index of the next byte to read. */
    int at;

    private byte[] bytes;
    private int end;

    /** Begins to read the text in {@code [from, to)}. */
    void over(byte[] text, int from, int to) {
        if (bytes != text) {
            bytes = text;
        }
        at = from;
        end = to;
    }

    /** Returns the eight bytes that lie {@code ahead} bytes behind the next one. */
    long word(int ahead) {
        int from = at + ahead;
        return from <= end - Words.BYTES ? Words.at(bytes, from) : lastBytes(from);
    }

    private long lastBytes(int from) {
        long word = 0;
        for (int last = end - 1; last >= from; last--) {
            word = word << 8 | bytes[last] & 0xFF;
        }
        return word;
    }

    /** Passes over the literal and returns true if it comes next; stays where it is otherwise. */
    boolean skip(Literal expected) {
        boolean comes = (word(0) ^ expected.word()) << 64 - 8 * expected.length() == 0;
        at += comes ? expected.length() : 0;
        return comes;
    }

    /** Passes over the text of a string up to its quote, an escape or a control character. */
    void skipPlain() {
        int plain;
        do {
            plain = Words.plain(word(0));
            at += plain;
        } while (plain == Words.BYTES);
    }

    /** Reads a whole number; −1 if it has more than 18 digits, or is none as JSON writes them. */
    long natural() {
        boolean zero = (word(0) & 0xFF) == '0';
        int start = at;
        long value = digits();
        int length = at - start;
        return length > 0 && length <= (zero ? 1 : MAX_DIGITS) ? value : -1;
    }

    /** Reads a decimal of eight places as units of 1e-8; −1 if it has another form. */
    long decimal() {
        int start = at;
        long whole = digits();
        int length = at - start;
        boolean point = (word(0) & 0xFF) == '.';
        long places = word(1);
        if (length == 0
                || length > MAX_WHOLE_DIGITS
                || !point
                || Words.digits(places) < Words.BYTES) {
            return -1;
        }
        at += 1 + Words.BYTES;
        return whole * DECIMALS + Words.number(places, Words.BYTES);
    }

    private long digits() {
        long value = 0;
        int digits;
        do {
            long word = word(0);
            digits = Words.digits(word);
            if (digits > 0) {
                value = value * TENS[digits] + Words.number(word, digits);
            }
            at += digits;
        } while (digits == Words.BYTES);
        return value;
    }
}
