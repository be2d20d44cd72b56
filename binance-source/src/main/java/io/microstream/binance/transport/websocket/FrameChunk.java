package io.microstream.binance.transport.websocket;

/**
 * A run of frames, end to end, in one array.
 *
 * <p>The writer fills {@link #bytes}, {@link #ends} and {@link #receivedMs}, then raises {@link
 * #frames}: the volatile write hands the frame over. The array may be replaced as long as {@link
 * #frames} is 0, never afterwards.
 */
final class FrameChunk {

    static final int BYTES = 64 << 10;
    static final int FRAMES = 1024;

    byte[] bytes;
    final int[] ends = new int[FRAMES];

    /** When the last fragment of each frame came, wall clock. */
    final long[] receivedMs = new long[FRAMES];

    volatile int frames;
    volatile FrameChunk next;

    FrameChunk(int length) {
        bytes = new byte[length];
    }

    /** Bytes of heap that a chunk with an array of {@code length} takes, headers left out. */
    static long cost(int length) {
        return length + (long) (Integer.BYTES + Long.BYTES) * FRAMES;
    }
}
