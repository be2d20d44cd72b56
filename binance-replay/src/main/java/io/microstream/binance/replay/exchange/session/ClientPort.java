package io.microstream.binance.replay.exchange.session;

/** The exchange's end of a WebSocket connection. Called by the core's thread only. */
public interface ClientPort {

    /** Returns false while the client is behind with reading. */
    boolean writable();

    /** Sends a text message; the bytes are the caller's again afterwards. */
    void text(byte[] utf8, int from, int length);

    /** Sends a text message in {@code pieces} fragments. */
    void fragmented(byte[] utf8, int from, int length, int pieces);

    /** Sends a ping frame with a payload. */
    void ping(byte[] payload);

    /** Sends a pong frame with a payload. */
    void pong(byte[] payload);

    /** Sends a close frame and ends the connection. */
    void close(int code, String reason);

    /** Ends the connection without a close frame, after all that was sent. */
    void abrupt();

    /** Ends the connection by a TCP reset; what was not read yet may be lost. */
    void reset();

    /** Stops reading what the client sends. */
    void stopReading();
}
