package io.microstream.job;

import io.microstream.tables.TableSpec;

/**
 * The uids of the operators, under which savepoints keep their state. Renaming one loses its state,
 * so it needs a line in the CHANGELOG. The uid is also the operator's name in the web UI.
 */
public final class OperatorUids {

    public static final String FEED = "binance-feed";
    public static final String FEED_SPLITTING = "feed-splitting";
    public static final String MODELS = "models";
    public static final String ONE_MINUTE_BARS = "one-minute-bars";
    public static final String ROLLING_FEATURES = "rolling-features";
    public static final String REGIME_FILTERING = "regime-filtering";
    public static final String ANOMALY_SCORING = "anomaly-scoring";

    private OperatorUids() {}

    /** Returns the uid of a table's sink: {@code data-quality-sink} for {@code data_quality}. */
    public static String sink(TableSpec<?> table) {
        return table.name().replace('_', '-') + "-sink";
    }
}
