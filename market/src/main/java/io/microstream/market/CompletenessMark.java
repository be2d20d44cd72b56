package io.microstream.market;

import java.util.Objects;

/**
 * Mark that a symbol's trade stream is complete up to a moment: all trades before {@code untilMs}
 * have arrived. It rests on ids (the exchange has no trade after the newest one) and on the
 * exchange's own clock; silence alone proves nothing.
 *
 * @param symbol upper case
 * @param untilMs exclusive, milliseconds since the epoch
 */
public record CompletenessMark(String symbol, long untilMs) implements StreamEvent {

    public CompletenessMark {
        Objects.requireNonNull(symbol, "symbol");
    }
}
