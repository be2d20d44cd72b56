package io.microstream.market;

import java.util.Objects;

/**
 * Mark that a trade of a symbol was quarantined because its time contradicts that of its
 * neighbours: whichever of them is right, the trade belongs to one of these minutes, so none of
 * them is complete.
 *
 * @param symbol upper case
 * @param fromMs open time of the first minute, milliseconds since the epoch
 * @param untilMs open time of the last minute, inclusive
 */
public record DisputedMinutes(String symbol, long fromMs, long untilMs) implements StreamEvent {

    public DisputedMinutes {
        Objects.requireNonNull(symbol, "symbol");
    }
}
