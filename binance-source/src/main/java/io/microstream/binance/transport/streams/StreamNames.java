package io.microstream.binance.transport.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Map;

/** Finds the subscriber of a combined frame by the name in front of it, without allocation. */
final class StreamNames {

    private static final byte[] FRONT = "{\"stream\":\"".getBytes(UTF_8);

    private final byte[][] names;
    private final StreamSubscriber[] subscribers;
    private final int mask;

    StreamNames(Map<String, StreamSubscriber> byName) {
        int slots = Integer.highestOneBit(Math.max(1, byName.size())) * 4;
        this.names = new byte[slots][];
        this.subscribers = new StreamSubscriber[slots];
        this.mask = slots - 1;
        byName.forEach(this::put);
    }

    private void put(String name, StreamSubscriber subscriber) {
        byte[] bytes = name.getBytes(UTF_8);
        int slot = hash(bytes, 0, bytes.length) & mask;
        while (names[slot] != null) {
            slot = slot + 1 & mask;
        }
        names[slot] = bytes;
        subscribers[slot] = subscriber;
    }

    /** Returns the subscriber of the stream that a frame names first; null if there is none. */
    StreamSubscriber find(byte[] frame, int from, int to) {
        int start = from + FRONT.length;
        if (start >= to || !Arrays.equals(frame, from, start, FRONT, 0, FRONT.length)) {
            return null;
        }
        int end = start;
        while (end < to && frame[end] != '"') {
            end++;
        }
        int slot = hash(frame, start, end) & mask;
        while (names[slot] != null) {
            if (Arrays.equals(frame, start, end, names[slot], 0, names[slot].length)) {
                return subscribers[slot];
            }
            slot = slot + 1 & mask;
        }
        return null;
    }

    private static int hash(byte[] bytes, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash ^ hash >>> 16;
    }
}
