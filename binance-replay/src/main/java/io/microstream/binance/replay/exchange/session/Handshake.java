package io.microstream.binance.replay.exchange.session;

/** The exchange's answer to a WebSocket handshake. */
public sealed interface Handshake {

    /** The connection is accepted and open. */
    record Accepted(StreamSession session) implements Handshake {}

    /**
     * The connection is refused by an HTTP answer.
     *
     * @param status HTTP status
     * @param body JSON
     */
    record Refused(int status, String body) implements Handshake {}
}
