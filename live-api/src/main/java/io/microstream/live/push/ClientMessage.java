package io.microstream.live.push;

import java.util.List;

/** A message that a client sends to the server. */
sealed interface ClientMessage {

    /**
     * Subscribes to symbols.
     *
     * @param symbols at least one
     * @param history minutes of the snapshot
     * @param cursor where it left off; null if it has nothing
     */
    record Subscribe(List<String> symbols, int history, String cursor) implements ClientMessage {}

    /** Ends the subscription to some symbols. */
    record Unsubscribe(List<String> symbols) implements ClientMessage {}

    /** Asks for the time of the server. */
    record Ping(long at) implements ClientMessage {}

    /** Reports how long trades took from their receipt to the client's screen, milliseconds. */
    record Seen(List<Double> latencyMs) implements ClientMessage {}
}
