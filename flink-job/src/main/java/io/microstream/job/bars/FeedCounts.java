package io.microstream.job.bars;

/**
 * Names the job's counters of what came in and what became of it. Each is an accumulator of the job
 * and, while it runs, a metric of the operator that counts.
 */
public final class FeedCounts {

    /** Counts the trades that went into the trade stream, each once. */
    public static final String TRADES = "trades";

    /** Counts the klines that were passed on as bars. */
    public static final String KLINES = "klines";

    /** Counts the rows that were dropped because their id had come before. */
    public static final String DUPLICATES = "duplicates";

    /** Counts the rows that could not be parsed. */
    public static final String MALFORMED = "malformed";

    /** Counts the rows that were quarantined because their time contradicts their neighbours. */
    public static final String TIME_OUTLIERS = "timeOutliers";

    /** Counts the rows that were quarantined because another row of their id has other values. */
    public static final String CONFLICTS = "conflicts";

    /** Counts the entries that the exchange declares to be no trades. */
    public static final String NOT_TRADES = "notTrades";

    /** Counts the single trades that are missing inside unbroken aggregate ids. */
    public static final String MISSING_TRADES = "missingTrades";

    /** Counts the single trades that came again inside another aggregate trade. */
    public static final String REPEATED_TRADES = "repeatedTrades";

    /** Counts the pauses whose minutes have no bars. */
    public static final String LONG_PAUSES = "longPauses";

    /** Counts the gaps in the ids of which at least one id is lost for good. */
    public static final String GAPS = "gaps";

    /** Counts the ids that are lost for good, over all gaps. */
    public static final String MISSING = "missing";

    /** Counts the gaps of which every id was fetched after all. */
    public static final String REPAIRED_GAPS = "repairedGaps";

    /** Counts the ids that were fetched after all, of repaired gaps and of those that stay. */
    public static final String REPAIRED = "repaired";

    /** Counts the ends of connections, once for each symbol that the connection carried. */
    public static final String DISCONNECTS = "disconnects";

    /** Counts how often a stream stayed silent although the exchange had newer trades. */
    public static final String STALLS = "stalls";

    /** Counts the symbols whose feed has ended because the exchange refuses them for good. */
    public static final String REFUSED = "refused";

    /** Counts the trades that are in a bar. */
    public static final String TRADES_IN_BARS = "tradesInBars";

    /** Counts the trades that came too late for their bar. */
    public static final String LATE = "late";

    /** Counts the final bars, without their revisions. */
    public static final String BARS = "bars";

    /** Counts the revisions of final bars. */
    public static final String REVISIONS = "revisions";

    /** The id of the run, {@link io.microstream.market.BarOrigin#runId}; 0 if it has none. */
    public static final String RUN = "run";

    private FeedCounts() {}
}
