package io.microstream.binance.transport.streams;

/** Receives the frames of the streams that it has subscribed to. Loop thread only. */
public interface StreamSubscriber {

    /**
     * Takes a frame of a stream, or one that names none of the streams of its connection.
     *
     * @param link the connection that brought it
     */
    void frame(StreamLink link, byte[] bytes, int from, int to, long receivedMs);

    /** Called when no connection carries the stream any more. */
    void cut(String stream, String how);

    /** Called when a new connection carries the stream; events between the two may be missing. */
    void joined(String stream);
}
