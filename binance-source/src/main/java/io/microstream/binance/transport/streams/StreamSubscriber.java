package io.microstream.binance.transport.streams;

/** Takes what streams bring that it has subscribed to. Loop thread only. */
public interface StreamSubscriber {

    /**
     * Takes a frame of a stream, or one that names none of the streams of its connection.
     *
     * @param link the connection that brought it
     */
    void frame(StreamLink link, byte[] bytes, int from, int to, long receivedMs);

    /** No connection carries the stream now. */
    void cut(String stream, String how);

    /** A new connection carries the stream, perhaps from behind its newest event on. */
    void joined(String stream);
}
