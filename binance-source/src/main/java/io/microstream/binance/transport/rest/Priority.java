package io.microstream.binance.transport.rest;

/**
 * What a request is for: the earlier constant goes first, and the later ones leave some of the
 * weight and of the connections to the earlier, so that a flood of history never holds up a repair.
 */
public enum Priority {
    /** Fetches trades that are missing from a feed. */
    GAP(1),
    /** Fetches what a feed needs before its first trade: symbols, positions. */
    START(0.95),
    /** Checks whether a stream is alive. */
    PROBE(0.9),
    /** Fetches bars and trades of the past. */
    HISTORY(0.7);

    private final double part;

    Priority(double part) {
        this.part = part;
    }

    /** How much of what the client may use this priority may use. */
    double part() {
        return part;
    }

    /** How many of {@code concurrent} requests may be under way for one more of this priority. */
    int slots(int concurrent) {
        return Math.max(1, this == HISTORY ? concurrent / 2 : concurrent - ordinal());
    }
}
