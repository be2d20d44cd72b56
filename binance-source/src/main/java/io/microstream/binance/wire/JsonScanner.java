package io.microstream.binance.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Scans one JSON text (RFC 8259) in place: {@link #value} reads any value and records where it
 * lies. Nothing is copied. Values nested deeper than {@link #MAX_DEPTH} are refused.
 *
 * <p>All methods throw {@link MalformedFrameException} on text that is not JSON.
 */
final class JsonScanner {

    static final int MAX_DEPTH = 32;

    /** What a value is, by the byte that it begins with; a number by any digit or its sign. */
    static final byte STRING = '"';

    static final byte NUMBER = '0';
    static final byte TRUE = 't';
    static final byte FALSE = 'f';
    static final byte NULL = 'n';
    static final byte OBJECT = '{';
    static final byte ARRAY = '[';

    byte[] bytes;

    /** Where the value read last lies: {@code [start, end)}, of a string without its quotes. */
    int start;

    int end;
    byte kind;

    /** True if the string read last contains escapes. */
    boolean escaped;

    private int at;
    private int to;

    void over(byte[] text, int from, int limit) {
        bytes = text;
        at = from;
        to = limit;
    }

    /** Returns the next byte that is not white space, without consuming it. */
    byte peek() {
        while (at < to) {
            byte b = bytes[at];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b;
            }
            at++;
        }
        throw new MalformedFrameException("JSON ends too early");
    }

    void expect(char wanted) {
        if (peek() != wanted) {
            throw new MalformedFrameException("JSON lacks '" + wanted + "'");
        }
        at++;
    }

    boolean consume(char wanted) {
        if (peek() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    /** Returns true if a comma and another element follow; false if {@code close} ends the list. */
    boolean more(char close) {
        if (consume(',')) {
            return true;
        }
        expect(close);
        return false;
    }

    /** Refuses anything but white space up to the end. */
    void finish() {
        for (; at < to; at++) {
            byte b = bytes[at];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                throw new MalformedFrameException("text after the end of the JSON");
            }
        }
    }

    /** Reads a key and its colon; the key is the value read last. */
    void key() {
        if (peek() != '"') {
            throw new MalformedFrameException("JSON lacks a key");
        }
        string();
        int keyStart = start;
        int keyEnd = end;
        expect(':');
        start = keyStart;
        end = keyEnd;
    }

    /** Reads any value that stands {@code depth} levels below the top. */
    void value(int depth) {
        byte first = peek();
        switch (first) {
            case '"' -> string();
            case '{' -> object(depth + 1);
            case '[' -> array(depth + 1);
            case 't' -> literal("true", TRUE);
            case 'f' -> literal("false", FALSE);
            case 'n' -> literal("null", NULL);
            default -> number();
        }
    }

    /** Reads the array that comes next as levels; returns false if it is not of their form. */
    boolean levels(Levels into) {
        int from = at;
        int end = into.readUsual(bytes, from, to);
        if (end < 0) {
            return false;
        }
        at = end;
        found(ARRAY, from, end);
        return true;
    }

    private void object(int depth) {
        int from = at;
        enter('{', depth);
        if (!consume('}')) {
            do {
                key();
                value(depth);
            } while (more('}'));
        }
        found(OBJECT, from, at);
    }

    private void array(int depth) {
        int from = at;
        enter('[', depth);
        if (!consume(']')) {
            do {
                value(depth);
            } while (more(']'));
        }
        found(ARRAY, from, at);
    }

    private void enter(char open, int depth) {
        if (depth > MAX_DEPTH) {
            throw new MalformedFrameException("JSON nested deeper than " + MAX_DEPTH);
        }
        expect(open);
    }

    private void string() {
        byte[] text = bytes;
        int limit = to;
        int from = at + 1;
        boolean hasEscapes = false;
        for (int next = from; next < limit; next++) {
            byte b = text[next];
            if (b == '"') {
                at = next + 1;
                found(STRING, from, next);
                escaped = hasEscapes;
                return;
            }
            if (b == '\\') {
                hasEscapes = true;
                at = next;
                escape();
                next = at;
            } else if (b >= 0 && b < ' ') {
                throw new MalformedFrameException("control character in a JSON string");
            }
        }
        throw new MalformedFrameException("JSON ends inside a string");
    }

    /** Steps onto the last byte of an escape. */
    private void escape() {
        at++;
        if (at < to && bytes[at] == 'u') {
            for (int last = at + 4; at < last; ) {
                at++;
                if (at >= to || Character.digit(bytes[at], 16) < 0) {
                    throw new MalformedFrameException("bad escape in a JSON string");
                }
            }
        } else if (at >= to || "\"\\/bfnrt".indexOf(bytes[at]) < 0) {
            throw new MalformedFrameException("bad escape in a JSON string");
        }
    }

    private void literal(String word, byte found) {
        int from = at;
        for (int i = 0; i < word.length(); i++, at++) {
            if (at >= to || bytes[at] != word.charAt(i)) {
                throw new MalformedFrameException("not a JSON value");
            }
        }
        found(found, from, at);
    }

    private void number() {
        int from = at;
        if (bytes[at] == '-') {
            at++;
        }
        int whole = at;
        digits();
        if (bytes[whole] == '0' && at - whole > 1) {
            throw new MalformedFrameException("JSON number with a leading zero");
        }
        if (at < to && bytes[at] == '.') {
            at++;
            digits();
        }
        if (at < to && (bytes[at] == 'e' || bytes[at] == 'E')) {
            at++;
            if (at < to && (bytes[at] == '+' || bytes[at] == '-')) {
                at++;
            }
            digits();
        }
        found(NUMBER, from, at);
    }

    private void digits() {
        byte[] text = bytes;
        int limit = to;
        int next = at;
        while (next < limit && text[next] >= '0' && text[next] <= '9') {
            next++;
        }
        if (next == at) {
            throw new MalformedFrameException("not a JSON value");
        }
        at = next;
    }

    private void found(byte what, int from, int limit) {
        kind = what;
        start = from;
        end = limit;
        escaped = false;
    }

    /** Returns the UTF-8 bytes that a string with (valid) escapes stands for. */
    static byte[] unescape(byte[] bytes, int from, int to) {
        String raw = new String(bytes, from, to - from, UTF_8);
        StringBuilder text = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            c = raw.charAt(++i);
            if (c == 'u') {
                text.append((char) Integer.parseInt(raw, i + 1, i + 5, 16));
                i += 4;
            } else {
                int control = "bfnrt".indexOf(c);
                text.append(control < 0 ? c : "\b\f\n\r\t".charAt(control));
            }
        }
        return text.toString().getBytes(UTF_8);
    }
}
