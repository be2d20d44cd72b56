package io.microstream.binance.replay.exchange.faults;

import java.util.Objects;

/**
 * A fault and where it strikes.
 *
 * @param row 0-based row in the exchange's whole sequence of trades, all symbols together; the
 *     trade there names the symbol and stream that the fault concerns
 * @param fault what happens
 * @param symbol null, or the symbol that the fault concerns: it then strikes at the first trade of
 *     that symbol from {@code row} on
 */
public record PlannedFault(long row, Fault fault, String symbol) {

    public PlannedFault {
        Objects.requireNonNull(fault, "fault");
    }

    /** A fault that strikes whichever symbol trades at that row. */
    public PlannedFault(long row, Fault fault) {
        this(row, fault, null);
    }
}
