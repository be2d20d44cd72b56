package io.microstream.market;

import java.util.Objects;

/**
 * Proof that a symbol's tape is complete up to a moment: every trade before {@code untilMs} has
 * come. The exchange gave it by id (nothing follows the newest trade) at a time of its own clock;
 * silence alone proves nothing.
 *
 * @param symbol upper case
 * @param untilMs exclusive, milliseconds since the epoch
 */
public record Quiet(String symbol, long untilMs) implements TapeEvent {

    public Quiet {
        Objects.requireNonNull(symbol, "symbol");
    }
}
