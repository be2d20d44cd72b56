package io.microstream.binance.replay.exchange.faults;

import java.util.Objects;

/**
 * A fault and the row it is injected at.
 *
 * @param row 0-based row in the exchange's whole sequence of trades, all symbols together; the
 *     trade there names the symbol and stream that the fault concerns
 * @param fault what happens
 * @param symbol null, or the symbol that the fault concerns: it is then injected at the first trade
 *     of that symbol from {@code row} on
 */
public record PlannedFault(long row, Fault fault, String symbol) {

    public PlannedFault {
        Objects.requireNonNull(fault, "fault");
    }

    /** Plans a fault for whichever symbol trades at the row. */
    public PlannedFault(long row, Fault fault) {
        this(row, fault, null);
    }
}
