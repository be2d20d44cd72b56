package io.microstream.binance.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.util.Arrays;

/**
 * Records where the values of one JSON object lie, for the keys Binance uses: the single letters
 * and a few words. Other keys are ignored; of a duplicate key the last one counts.
 *
 * <p>A letter's slot is its code minus 64 and the words lie in the gaps, so the bits of one long
 * show which of the 64 slots are filled.
 */
final class JsonFields {

    static final int STREAM = 27;
    static final int DATA = 28;
    static final int RESULT = 29;
    static final int ID = 30;
    static final int ERROR = 31;
    static final int CODE = 32;
    static final int MSG = 59;
    static final int LAST_UPDATE_ID = 60;
    static final int BIDS = 61;
    static final int ASKS = 62;

    private static final int NONE = -1;
    private static final byte[][] WORDS = new byte[64][];

    static {
        String[] words = {"stream", "data", "result", "id", "error", "code"};
        for (int i = 0; i < words.length; i++) {
            WORDS[STREAM + i] = words[i].getBytes(US_ASCII);
        }
        WORDS[MSG] = "msg".getBytes(US_ASCII);
        WORDS[LAST_UPDATE_ID] = "lastUpdateId".getBytes(US_ASCII);
        WORDS[BIDS] = "bids".getBytes(US_ASCII);
        WORDS[ASKS] = "asks".getBytes(US_ASCII);
    }

    private final int[] starts = new int[64];
    private final int[] ends = new int[64];
    private final byte[] kinds = new byte[64];
    private final boolean[] escapes = new boolean[64];
    private long filled;
    private byte[] source;

    /** The text that {@link #text} found: {@code [from, to)} of {@code bytes}. */
    byte[] bytes;

    int from;
    int to;

    static int slot(char letter) {
        return letter - 64;
    }

    private static String name(int slot) {
        byte[] word = WORDS[slot];
        return word == null ? String.valueOf((char) (slot + 64)) : new String(word, US_ASCII);
    }

    void clear() {
        filled = 0;
    }

    /** Returns the slot of the key that the scanner has just read; negative if it is not known. */
    static int slotOf(JsonScanner key) {
        if (key.escaped) {
            byte[] plain = JsonScanner.unescape(key.bytes, key.start, key.end);
            return slotOf(plain, 0, plain.length);
        }
        return slotOf(key.bytes, key.start, key.end);
    }

    private static int slotOf(byte[] key, int from, int to) {
        if (to - from == 1) {
            int letter = key[from];
            boolean known = (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z');
            return known ? letter - 64 : NONE;
        }
        return switch (to - from) {
            case 2 -> is(key, from, to, ID);
            case 3 -> is(key, from, to, MSG);
            case 4 ->
                    key[from] == 'd'
                            ? is(key, from, to, DATA)
                            : key[from] == 'b'
                                    ? is(key, from, to, BIDS)
                                    : key[from] == 'a'
                                            ? is(key, from, to, ASKS)
                                            : is(key, from, to, CODE);
            case 5 -> is(key, from, to, ERROR);
            case 6 -> is(key, from, to, key[from] == 's' ? STREAM : RESULT);
            case 12 -> is(key, from, to, LAST_UPDATE_ID);
            default -> NONE;
        };
    }

    private static int is(byte[] key, int from, int to, int slot) {
        byte[] word = WORDS[slot];
        return Arrays.equals(key, from, to, word, 0, word.length) ? slot : NONE;
    }

    /** Records the value that the scanner has just read. */
    void put(int slot, JsonScanner value) {
        filled |= 1L << slot;
        if (source != value.bytes) {
            source = value.bytes;
        }
        starts[slot] = value.start;
        ends[slot] = value.end;
        kinds[slot] = value.kind;
        escapes[slot] = value.escaped;
    }

    boolean has(int slot) {
        return (filled & 1L << slot) != 0;
    }

    boolean has(char letter) {
        return has(slot(letter));
    }

    boolean is(int slot, byte kind) {
        return has(slot) && kinds[slot] == kind;
    }

    /** Returns whether the field is absent or null. */
    boolean absent(int slot) {
        return !has(slot) || kinds[slot] == JsonScanner.NULL;
    }

    int start(int slot) {
        return starts[slot];
    }

    int end(int slot) {
        return ends[slot];
    }

    /** Finds the text of a string or number and unescapes it. */
    void text(int slot) {
        if (absent(slot)) {
            throw new MalformedFrameException("field " + name(slot) + " is missing");
        }
        if (kinds[slot] != JsonScanner.STRING && kinds[slot] != JsonScanner.NUMBER) {
            throw wrong(slot, "a text");
        }
        if (bytes != source) {
            bytes = source;
        }
        from = starts[slot];
        to = ends[slot];
        if (escapes[slot]) {
            bytes = JsonScanner.unescape(source, from, to);
            from = 0;
            to = bytes.length;
        }
    }

    String string(int slot) {
        text(slot);
        return new String(bytes, from, to - from, UTF_8);
    }

    long natural(char letter) {
        return natural(slot(letter));
    }

    long natural(int slot) {
        text(slot);
        long value = Digits.natural(bytes, from, to);
        if (value < 0) {
            throw wrong(slot, "a whole number");
        }
        return value;
    }

    /** Returns a whole number that may be negative. */
    long integer(int slot) {
        text(slot);
        boolean negative = from < to && bytes[from] == '-';
        long value = Digits.natural(bytes, negative ? from + 1 : from, to);
        if (value < 0) {
            throw wrong(slot, "a whole number");
        }
        return negative ? -value : value;
    }

    /** Returns a decimal of scale 8 that may exceed a long in units of 1e-8. */
    BigDecimal large(char letter) {
        int slot = slot(letter);
        text(slot);
        BigDecimal value = Digits.largeDecimal(bytes, from, to);
        if (value == null) {
            throw wrong(slot, "a plain decimal");
        }
        return value;
    }

    /** Returns a trade id, or −1 if that is what the field holds. */
    long idOrNone(char letter) {
        int slot = slot(letter);
        text(slot);
        boolean none = to - from == 2 && bytes[from] == '-' && bytes[from + 1] == '1';
        return none ? -1 : natural(slot);
    }

    /** Returns a decimal ≥ 0 in units of 1e-8. */
    long decimal(char letter) {
        int slot = slot(letter);
        text(slot);
        long value = Digits.decimal8(bytes, from, to);
        if (value < 0) {
            throw new MalformedFrameException(
                    "field " + name(slot) + " " + Digits.decimalFault(bytes, from, to));
        }
        return value;
    }

    long positive(char letter) {
        long value = decimal(letter);
        if (value == 0) {
            throw wrong(slot(letter), "above zero");
        }
        return value;
    }

    /** Returns a time in microseconds since the epoch. */
    long time(char letter) {
        long micros = BinanceTime.toMicros(natural(letter));
        if (micros < 0) {
            throw wrong(slot(letter), "a time between 2000 and 2100");
        }
        return micros;
    }

    long timeOrNone(char letter) {
        return absent(slot(letter)) ? -1 : time(letter);
    }

    boolean bool(char letter) {
        int slot = slot(letter);
        if (absent(slot)) {
            throw new MalformedFrameException("field " + letter + " is missing");
        }
        if (kinds[slot] != JsonScanner.TRUE && kinds[slot] != JsonScanner.FALSE) {
            throw wrong(slot, "true or false");
        }
        return kinds[slot] == JsonScanner.TRUE;
    }

    /** Refuses a field that is missing or of another kind than the object or array wanted. */
    void need(int slot, byte kind) {
        if (absent(slot)) {
            throw new MalformedFrameException("field " + name(slot) + " is missing");
        }
        if (kinds[slot] != kind) {
            throw wrong(slot, kind == JsonScanner.ARRAY ? "an array" : "an object");
        }
    }

    private static MalformedFrameException wrong(int slot, String wanted) {
        return new MalformedFrameException("field " + name(slot) + " is not " + wanted);
    }
}
