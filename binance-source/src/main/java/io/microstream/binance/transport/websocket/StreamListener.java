package io.microstream.binance.transport.websocket;

/**
 * Receives the events of one connection, all on the loop thread and in the order of the wire; none
 * comes after {@link #closed}.
 */
public interface StreamListener {

    /** {@link #closed} code where no close frame came: a reset, a failed handshake, an abort. */
    int NO_CODE = 1006;

    /**
     * {@link #closed} code of a connection that we ended ourselves because more had come than may
     * wait. What had come before is delivered first; what came after is to be fetched.
     */
    int OVERFLOW = -2;

    /** {@link #closed} code where the handshake was refused; the reason holds the HTTP status. */
    int REFUSED = -3;

    /** Called once, when the handshake is done. */
    void opened();

    /**
     * Called for each text message, fragments joined, as UTF-8; the bytes are valid during the
     * call.
     *
     * @param receivedMs when it came from the socket and not when it was handled, milliseconds
     *     since the epoch by the wall clock
     */
    void frame(byte[] bytes, int from, int to, long receivedMs);

    /** Called exactly once, at the end, also for a connection that never opened. */
    void closed(int code, String reason);
}
