package io.microstream.binance.transport.websocket;

import java.nio.CharBuffer;

/**
 * Writes text messages, whole or in fragments, into an inbox as UTF-8. A surrogate without its
 * partner becomes {@code ?}, as in {@link String#getBytes}.
 *
 * <p>A message longer than the limit is cut: what is written is its first {@value #PREFIX_BYTES}
 * bytes (less where that would split a character) and an ellipsis, which no JSON ends with, so that
 * the parser refuses it and the dead letters show how it began.
 *
 * <p>One thread, the one that fills the inbox.
 */
final class MessageWriter {

    static final int PREFIX_BYTES = 200;

    private static final char ELLIPSIS = '…';
    private static final int MOST_BYTES_OF_A_CHAR = 3;

    private final FrameInbox inbox;
    private final int limit;
    private char high;
    private boolean cut;
    private boolean messageWasCut;

    MessageWriter(FrameInbox inbox, int limit) {
        this.inbox = inbox;
        this.limit = limit;
    }

    /**
     * Takes a fragment; the last one publishes the message.
     *
     * @param receivedMs when it came
     * @return false if the inbox is full; then nothing may be written any more
     */
    boolean write(CharSequence fragment, boolean last, long receivedMs) {
        if (fragment instanceof CharBuffer buffer && buffer.hasArray()) {
            int from = buffer.arrayOffset() + buffer.position();
            return write(buffer.array(), from, from + buffer.remaining(), last, receivedMs);
        }
        char[] chars = fragment.toString().toCharArray();
        return write(chars, 0, chars.length, last, receivedMs);
    }

    private boolean write(char[] chars, int from, int to, boolean last, long receivedMs) {
        if (!cut && !take(chars, from, to)) {
            return false;
        }
        if (!last) {
            return true;
        }
        if (high != 0 && !endUnpaired()) {
            return false;
        }
        messageWasCut = cut;
        cut = false;
        inbox.publish(receivedMs);
        return true;
    }

    /** True if the message published last was too long and has been cut. */
    boolean messageWasCut() {
        return messageWasCut;
    }

    private boolean take(char[] chars, int from, int to) {
        if (to - from > limit - inbox.messageLength()) {
            return cutShort(chars, from, to);
        }
        if (!inbox.reserve(to - from)) {
            return false;
        }
        int at = high == 0 ? ascii(chars, from, to) : from;
        return at == to || general(chars, at, to);
    }

    private int ascii(char[] chars, int from, int to) {
        byte[] bytes = inbox.array();
        int into = inbox.position();
        int at = from;
        while (at < to && chars[at] < 0x80) {
            bytes[into++] = (byte) chars[at++];
        }
        inbox.append(into);
        return at;
    }

    private boolean general(char[] chars, int from, int to) {
        long length = length(chars, from, to);
        if (length > limit - inbox.messageLength()) {
            return cutShort(chars, from, to);
        }
        if (!inbox.reserve((int) length)) {
            return false;
        }
        encode(chars, from, to);
        return true;
    }

    /** Returns how many bytes {@link #encode} will write. */
    private long length(char[] chars, int from, int to) {
        long bytes = 0;
        char before = high;
        for (int i = from; i < to; i++) {
            char c = chars[i];
            boolean pair = before != 0 && Character.isLowSurrogate(c);
            bytes += before == 0 ? 0 : pair ? 4 : 1;
            before = Character.isHighSurrogate(c) ? c : 0;
            bytes += pair || before != 0 ? 0 : size(c);
        }
        return bytes;
    }

    private static int size(char c) {
        return c < 0x80 || Character.isLowSurrogate(c) ? 1 : c < 0x800 ? 2 : 3;
    }

    private void encode(char[] chars, int from, int to) {
        byte[] bytes = inbox.array();
        int into = inbox.position();
        for (int i = from; i < to; i++) {
            into = put(chars[i], bytes, into);
        }
        inbox.append(into);
    }

    private int put(char c, byte[] bytes, int position) {
        int into = position;
        if (high != 0) {
            char before = high;
            high = 0;
            if (Character.isLowSurrogate(c)) {
                return pair(Character.toCodePoint(before, c), bytes, into);
            }
            bytes[into++] = '?';
        }
        if (c < 0x80) {
            bytes[into++] = (byte) c;
        } else if (c < 0x800) {
            bytes[into++] = (byte) (0xc0 | c >> 6);
            bytes[into++] = (byte) (0x80 | c & 0x3f);
        } else if (Character.isHighSurrogate(c)) {
            high = c;
        } else if (Character.isLowSurrogate(c)) {
            bytes[into++] = '?';
        } else {
            bytes[into++] = (byte) (0xe0 | c >> 12);
            bytes[into++] = (byte) (0x80 | c >> 6 & 0x3f);
            bytes[into++] = (byte) (0x80 | c & 0x3f);
        }
        return into;
    }

    private static int pair(int codePoint, byte[] bytes, int position) {
        int into = position;
        bytes[into++] = (byte) (0xf0 | codePoint >> 18);
        bytes[into++] = (byte) (0x80 | codePoint >> 12 & 0x3f);
        bytes[into++] = (byte) (0x80 | codePoint >> 6 & 0x3f);
        bytes[into++] = (byte) (0x80 | codePoint & 0x3f);
        return into;
    }

    private boolean endUnpaired() {
        if (!inbox.reserve(1)) {
            return false;
        }
        high = 0;
        inbox.array()[inbox.position()] = '?';
        inbox.append(inbox.position() + 1);
        return true;
    }

    private boolean cutShort(char[] chars, int from, int to) {
        int missing = Math.max(0, PREFIX_BYTES - inbox.messageLength());
        int some = Math.min(missing, to - from);
        if (!inbox.reserve(MOST_BYTES_OF_A_CHAR * (some + 2))) {
            return false;
        }
        encode(chars, from, from + some);
        high = 0;
        inbox.truncate(prefixLength());
        inbox.append(put(ELLIPSIS, inbox.array(), inbox.position()));
        cut = true;
        return true;
    }

    /** Where the message is cut so that no character is split. */
    private int prefixLength() {
        int written = inbox.messageLength();
        int start = inbox.position() - written;
        int length = Math.min(PREFIX_BYTES, written);
        while (length < written && (inbox.array()[start + length] & 0xc0) == 0x80) {
            length--;
        }
        return length;
    }
}
