package io.microstream.job;

/**
 * The names under which operators keep their state. A savepoint finds its operator by uid: renaming
 * one loses its state, so it needs a line in the CHANGELOG. The uid is also the operator's name in
 * the web UI.
 */
public final class OperatorUids {

    public static final String FEED = "binance-feed";
    public static final String FEED_SPLITTING = "feed-splitting";
    public static final String MODELS = "models";
    public static final String ONE_MINUTE_BARS = "one-minute-bars";
    public static final String ROLLING_FEATURES = "rolling-features";
    public static final String REGIME_FILTERING = "regime-filtering";
    public static final String ANOMALY_SCORING = "anomaly-scoring";
    public static final String BARS_SINK = "bars-sink";
    public static final String FEATURES_SINK = "features-sink";
    public static final String REGIMES_SINK = "regimes-sink";
    public static final String ANOMALIES_SINK = "anomalies-sink";
    public static final String DATA_QUALITY_SINK = "data-quality-sink";
    public static final String LATE_TRADES_SINK = "late-trades-sink";
    public static final String MODELS_SINK = "models-sink";

    private OperatorUids() {}
}
