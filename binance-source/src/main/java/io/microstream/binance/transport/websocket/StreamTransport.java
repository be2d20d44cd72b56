package io.microstream.binance.transport.websocket;

import java.net.URI;

/** Opens WebSocket connections: real ones, or simulated ones in tests. */
public interface StreamTransport {

    /**
     * Begins to connect; the outcome is reported to the listener. Does not block and does not
     * throw: a handshake that fails is a {@link StreamListener#closed}.
     */
    StreamConnection open(URI uri, StreamListener listener);
}
