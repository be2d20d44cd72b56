package io.microstream.binance.transport.websocket;

/**
 * Messages on their way from the socket to the loop, in bounded memory: a chain of chunks that one
 * thread fills and another empties, without a lock and without garbage per message.
 *
 * <p>Threads: the writer calls {@link #reserve}, {@link #append}, {@link #truncate} and {@link
 * #publish}; the reader calls {@link #deliver} and {@link #hasFrames}. The writer's fields are
 * {@code writing}, {@code start}, {@code position}, the reader's {@code reading}, {@code read},
 * {@code offset}; what they share is in {@link FrameChunk} and {@link ChunkPool}.
 */
final class FrameInbox {

    private final ChunkPool pool;
    private final int largestArray;

    private FrameChunk writing;
    private int start;
    private int position;

    private volatile FrameChunk first;
    private FrameChunk reading;
    private int read;
    private int offset;

    /**
     * @param capacity bytes of memory, never exceeded
     * @param messageBytes the longest message that will be written
     */
    FrameInbox(long capacity, int messageBytes) {
        pool = new ChunkPool(capacity);
        largestArray = Math.max(messageBytes, FrameChunk.BYTES);
    }

    /**
     * Makes room for {@code length} more bytes of the message being written.
     *
     * @return false if the capacity does not allow it; then nothing may be written any more
     */
    boolean reserve(int length) {
        if (writing != null
                && writing.frames < FrameChunk.FRAMES
                && length <= writing.bytes.length - position) {
            return true;
        }
        return writing != null && start == 0 && writing.frames == 0
                ? grow(messageLength() + length)
                : change(messageLength() + length);
    }

    private boolean grow(int needed) {
        int length = (int) Math.min(2L * writing.bytes.length, largestArray);
        return pool.grow(writing, Math.max(length, needed), position);
    }

    /** Goes on in another chunk, with what the message has so far. */
    private boolean change(int needed) {
        FrameChunk fresh = pool.take(needed);
        if (fresh == null) {
            return false;
        }
        FrameChunk old = writing;
        int begun = messageLength();
        if (begun > 0) {
            System.arraycopy(old.bytes, start, fresh.bytes, 0, begun);
        }
        writing = fresh;
        start = 0;
        position = begun;
        if (old == null) {
            first = fresh;
        } else {
            old.next = fresh;
        }
        return true;
    }

    /** The array to write to, from {@link #position} on, as far as reserved. */
    byte[] array() {
        return writing.bytes;
    }

    /** Where the next byte of the message goes. */
    int position() {
        return position;
    }

    /** Bytes have been written up to here. */
    void append(int newPosition) {
        position = newPosition;
    }

    /** Bytes of the message being written. */
    int messageLength() {
        return position - start;
    }

    /** Cuts the message being written to {@code length} bytes. */
    void truncate(int length) {
        position = start + length;
    }

    /**
     * Ends the message; from now on the reader may see it. At least one reserve came before.
     *
     * @param receivedMs when its end came, milliseconds since the epoch
     */
    void publish(long receivedMs) {
        int frame = writing.frames;
        writing.receivedMs[frame] = receivedMs;
        writing.ends[frame] = position;
        start = position;
        writing.frames = frame + 1;
    }

    /**
     * Hands at most {@code most} messages to the listener, in order.
     *
     * @return how many
     */
    int deliver(StreamListener listener, int most) {
        int delivered = 0;
        while (delivered < most && hasFrames()) {
            FrameChunk chunk = reading;
            int until = Math.min(chunk.frames, read + most - delivered);
            delivered += until - read;
            while (read < until) {
                int from = offset;
                offset = chunk.ends[read];
                listener.frame(chunk.bytes, from, offset, chunk.receivedMs[read++]);
            }
        }
        return delivered;
    }

    /** True if a message waits; gives back chunks that are done with. */
    boolean hasFrames() {
        if (reading == null) {
            reading = first;
            if (reading == null) {
                return false;
            }
        }
        while (true) {
            FrameChunk next = reading.next;
            if (read < reading.frames) {
                return true;
            }
            if (next == null) {
                return false;
            }
            FrameChunk done = reading;
            reading = next;
            read = 0;
            offset = 0;
            pool.give(done);
        }
    }

    ChunkPool pool() {
        return pool;
    }
}
