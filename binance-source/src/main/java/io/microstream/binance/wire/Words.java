package io.microstream.binance.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Works on eight bytes of text at a time: a word is a long whose lowest byte is the first of them.
 */
final class Words {

    static final int BYTES = Long.BYTES;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x80 * EACH;

    private Words() {}

    /** Returns the eight bytes from {@code at} on, all of which must lie in the array. */
    static long at(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    /** Returns the word that begins with the ASCII characters; the bytes behind them are zeros. */
    static long of(String text) {
        long word = 0;
        for (int i = 0; i < text.length(); i++) {
            word |= (long) text.charAt(i) << 8 * i;
        }
        return word;
    }

    /** Counts the digits that the word begins with. */
    static int digits(long word) {
        long values = word ^ '0' * EACH;
        long others = ((values & ~HIGH_BITS) + 0x76 * EACH | values) & HIGH_BITS;
        return Long.numberOfTrailingZeros(others) >>> 3;
    }

    /** Returns the number that the first {@code digits} bytes are, 1 to 8 digits each. */
    static long number(long word, int digits) {
        long values = (word ^ '0' * EACH) << 64 - 8 * digits;
        long pairs = values * 10 + (values >>> 8);
        return (pairs & 0x0000_00FF_0000_00FFL) * 0x000F_4240_0000_0064L
                        + (pairs >>> 16 & 0x0000_00FF_0000_00FFL) * 0x0000_2710_0000_0001L
                >>> 32;
    }

    /** Counts the bytes before the first quote, backslash or control character. */
    static int plain(long word) {
        long special = zeros(word ^ '"' * EACH) | zeros(word ^ '\\' * EACH);
        long control = word - ' ' * EACH & ~word;
        return Long.numberOfTrailingZeros((special | control) & HIGH_BITS) >>> 3;
    }

    /** Counts the bytes before the first {@code wanted}. */
    static int before(char wanted, long word) {
        return Long.numberOfTrailingZeros(zeros(word ^ wanted * EACH) & HIGH_BITS) >>> 3;
    }

    /** Marks by its high bit the first byte that is zero; what it marks above is not to be used. */
    private static long zeros(long word) {
        return word - EACH & ~word;
    }
}
