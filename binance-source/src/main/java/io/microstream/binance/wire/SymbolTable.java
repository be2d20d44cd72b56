package io.microstream.binance.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Locale;

/**
 * Finds the String of a symbol by its bytes without allocation. The table is bounded: beyond a few
 * thousand names old ones are evicted and created again.
 */
final class SymbolTable {

    private static final int SLOTS = 8192;
    private static final int PROBES = 8;

    private final byte[][] keys = new byte[SLOTS][];
    private final String[] names = new String[SLOTS];

    /** Returns the name in {@code [from, to)} in upper case. */
    String nameOf(byte[] bytes, int from, int to) {
        int hash = 0;
        for (int at = from; at < to; at++) {
            hash = hash * 31 + bytes[at];
        }
        int home = (hash ^ hash >>> 15) & (SLOTS - 1);
        for (int probe = 0; probe < PROBES; probe++) {
            int slot = (home + probe) & (SLOTS - 1);
            byte[] key = keys[slot];
            if (key == null) {
                return remember(slot, bytes, from, to);
            }
            if (Arrays.equals(key, 0, key.length, bytes, from, to)) {
                return names[slot];
            }
        }
        return remember(home, bytes, from, to);
    }

    private String remember(int slot, byte[] bytes, int from, int to) {
        keys[slot] = Arrays.copyOfRange(bytes, from, to);
        names[slot] = new String(keys[slot], UTF_8).toUpperCase(Locale.ROOT);
        return names[slot];
    }
}
