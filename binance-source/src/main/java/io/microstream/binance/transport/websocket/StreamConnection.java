package io.microstream.binance.transport.websocket;

/** A connection being opened or open. Loop thread only. */
public interface StreamConnection {

    /** Sends a text message; no effect before {@link StreamListener#opened} or after the end. */
    void send(String text);

    /** Sends a close frame and ends; {@link StreamListener#closed} follows. */
    void close();

    /** Ends at once, without a frame; {@link StreamListener#closed} follows. */
    void abort();

    /**
     * When the newest frame of any kind came, pings included: monotonic nanoseconds of the loop's
     * clock, taken when it came and not when it was handled.
     */
    long lastFrameNanos();

    /** True if messages have come that have not been passed to the listener yet. */
    default boolean hasWaiting() {
        return false;
    }
}
