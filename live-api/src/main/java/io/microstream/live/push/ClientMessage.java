package io.microstream.live.push;

import java.util.List;

/** What a client says. */
sealed interface ClientMessage {

    /**
     * It wants to be told of symbols.
     *
     * @param symbols at least one
     * @param history minutes of the snapshot
     * @param cursor where it left off; null if it has nothing
     */
    record Subscribe(List<String> symbols, int history, String cursor) implements ClientMessage {}

    /** It no longer wants to be told of symbols. */
    record Unsubscribe(List<String> symbols) implements ClientMessage {}

    /** It asks for the server's clock. */
    record Ping(long at) implements ClientMessage {}

    /** How long trades took from their receipt to its screen, milliseconds. */
    record Seen(List<Double> latencyMs) implements ClientMessage {}
}
