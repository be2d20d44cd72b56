package io.microstream.live.push;

/**
 * How push is doing, for the health page.
 *
 * @param clients connected now
 * @param databaseUp whether the last look into the database worked; true while nobody listens
 * @param receivedToCommitted a trade's receipt to its row's commit, of minutes that run
 * @param committedToSent a row's commit to its message to the clients
 * @param receivedToSeen a trade's receipt to a client's screen, as clients tell
 */
public record PushMetrics(
        int clients,
        boolean databaseUp,
        Percentiles receivedToCommitted,
        Percentiles committedToSent,
        Percentiles receivedToSeen) {

    /**
     * Of a span of time.
     *
     * @param count measured since the start
     * @param medianMs of the last minutes; 0 if nothing was measured
     * @param p99Ms the same
     */
    public record Percentiles(long count, double medianMs, double p99Ms) {}
}
