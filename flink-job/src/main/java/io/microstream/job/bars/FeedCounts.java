package io.microstream.job.bars;

/**
 * Names of the job's counters: what came in and what became of it. Each is an accumulator of the
 * job and, while it runs, a metric of the operator that counts.
 */
public final class FeedCounts {

    /** Trades handed to the bars, each once. */
    public static final String TRADES = "trades";

    /** Klines handed on as bars. */
    public static final String KLINES = "klines";

    /** Rows dropped because their id had come before. */
    public static final String DUPLICATES = "duplicates";

    /** Rows that could not be read. */
    public static final String MALFORMED = "malformed";

    /** Holes in the ids that stay. */
    public static final String GAPS = "gaps";

    /** Ids in those holes that are lost. */
    public static final String MISSING = "missing";

    /** Holes in the stream of which every id was fetched after all. */
    public static final String REPAIRED_GAPS = "repairedGaps";

    /** Ids fetched after all, of these holes and of those that stay. */
    public static final String REPAIRED = "repaired";

    /** Ends of connections, once for each symbol that was carried. */
    public static final String DISCONNECTS = "disconnects";

    /** Streams that stayed silent although there were newer trades. */
    public static final String STALLS = "stalls";

    /** Trades that are in a bar. */
    public static final String TRADES_IN_BARS = "tradesInBars";

    /** Trades that came too late for any bar. */
    public static final String LATE = "late";

    /** Final bars made, revisions not counted. */
    public static final String BARS = "bars";

    /** Revisions of bars. */
    public static final String REVISIONS = "revisions";

    private FeedCounts() {}
}
