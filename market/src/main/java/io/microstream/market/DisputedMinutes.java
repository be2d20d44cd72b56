package io.microstream.market;

import java.util.Objects;

/**
 * Mark that a trade of a symbol was quarantined because its time contradicts that of other rows.
 * Whichever of them is right, all lie between two moments, so no minute is complete from the first
 * one to that of the next trade that is not before the second.
 *
 * @param symbol upper case
 * @param fromMs open time of the first minute, milliseconds since the epoch
 * @param untilUs the second moment, microseconds since the epoch
 */
public record DisputedMinutes(String symbol, long fromMs, long untilUs) implements StreamEvent {

    public DisputedMinutes {
        Objects.requireNonNull(symbol, "symbol");
    }
}
