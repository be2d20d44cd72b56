package io.microstream.binance.replay.exchange.session;

/** The exchange's answer to a WebSocket handshake. */
public sealed interface Handshake {

    /** The connection is open. */
    record Accepted(StreamSession session) implements Handshake {}

    /**
     * There is no connection.
     *
     * @param status HTTP status
     * @param body JSON
     */
    record Refused(int status, String body) implements Handshake {}
}
