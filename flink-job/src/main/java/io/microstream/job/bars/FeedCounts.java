package io.microstream.job.bars;

/** Names of the job's counters (Flink accumulators): what came in and what became of it. */
public final class FeedCounts {

    /** Trades handed to the bars, each once. */
    public static final String TRADES = "trades";

    /** Klines handed on as bars. */
    public static final String KLINES = "klines";

    /** Rows dropped because their id had come before. */
    public static final String DUPLICATES = "duplicates";

    /** Rows that could not be read. */
    public static final String MALFORMED = "malformed";

    /** Holes in the ids. */
    public static final String GAPS = "gaps";

    /** Ids in those holes. */
    public static final String MISSING = "missing";

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
