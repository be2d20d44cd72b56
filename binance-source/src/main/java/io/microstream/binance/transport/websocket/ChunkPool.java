package io.microstream.binance.transport.websocket;

import java.util.ArrayDeque;

/**
 * The memory of one connection: hands out chunks as long as they stay within the capacity, and
 * keeps a few that came back for the next time.
 *
 * <p>Any thread; the lock is taken once per chunk, not per frame.
 */
final class ChunkPool {

    private static final int SPARES = 2;

    private final long capacity;
    private final ArrayDeque<FrameChunk> spares = new ArrayDeque<>();
    private long held;
    private long mostHeld;

    ChunkPool(long capacity) {
        this.capacity = capacity;
    }

    /** A chunk with an array of at least {@code length}; null if the capacity does not allow it. */
    synchronized FrameChunk take(int length) {
        if (length <= FrameChunk.BYTES && !spares.isEmpty()) {
            return spares.pop();
        }
        int granted = Math.max(length, FrameChunk.BYTES);
        return reserve(FrameChunk.cost(granted)) ? new FrameChunk(granted) : null;
    }

    /** Replaces the array of a chunk without frames; its first {@code used} bytes are kept. */
    synchronized boolean grow(FrameChunk chunk, int length, int used) {
        if (!reserve(length)) {
            return false;
        }
        byte[] larger = new byte[length];
        System.arraycopy(chunk.bytes, 0, larger, 0, used);
        held -= chunk.bytes.length;
        chunk.bytes = larger;
        return true;
    }

    /** Takes a chunk back of which neither side needs anything any more. */
    synchronized void give(FrameChunk chunk) {
        if (chunk.bytes.length == FrameChunk.BYTES && spares.size() < SPARES) {
            chunk.frames = 0;
            chunk.next = null;
            spares.push(chunk);
        } else {
            held -= FrameChunk.cost(chunk.bytes.length);
        }
    }

    private boolean reserve(long bytes) {
        while (held + bytes > capacity && !spares.isEmpty()) {
            held -= FrameChunk.cost(spares.pop().bytes.length);
        }
        if (held + bytes > capacity) {
            return false;
        }
        held += bytes;
        mostHeld = Math.max(mostHeld, held);
        return true;
    }

    /** Bytes of all chunks, those in use and those kept. */
    synchronized long heldBytes() {
        return held;
    }

    /** The most that {@link #heldBytes} has been, while an array was being replaced too. */
    synchronized long mostHeldBytes() {
        return mostHeld;
    }
}
