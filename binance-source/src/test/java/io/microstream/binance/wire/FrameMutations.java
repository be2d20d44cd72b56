package io.microstream.binance.wire;

import java.util.SplittableRandom;

/** Breaks frames byte by byte: flips, insertions, deletions and pieces that come twice. */
final class FrameMutations {

    private static final String SYNTAX = "\"{}[]:,0123456789.-eE\\untfa ";

    private FrameMutations() {}

    /** Returns a copy of the frame with one to four edits; never an empty one. */
    static byte[] mutate(byte[] frame, SplittableRandom random) {
        byte[] bytes = frame.clone();
        for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = (byte) SYNTAX.charAt(at % 27);
                case 2 -> bytes = spliced(bytes, at, Math.min(bytes.length, at + 1), bytes, 0, 0);
                case 3 -> {
                    int from = random.nextInt(bytes.length);
                    int to = Math.min(bytes.length, from + random.nextInt(12));
                    bytes = spliced(bytes, at, at, bytes, from, to);
                }
                case 4 -> {
                    int to = Math.min(bytes.length, at + random.nextInt(20));
                    bytes = spliced(bytes, at, to, bytes, 0, 0);
                }
                default -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            }
            if (bytes.length == 0) {
                return new byte[] {'{'};
            }
        }
        return bytes;
    }

    private static byte[] spliced(byte[] into, int cut, int end, byte[] from, int start, int stop) {
        byte[] result = new byte[into.length - (end - cut) + (stop - start)];
        System.arraycopy(into, 0, result, 0, cut);
        System.arraycopy(from, start, result, cut, stop - start);
        System.arraycopy(into, end, result, cut + stop - start, into.length - end);
        return result;
    }
}
