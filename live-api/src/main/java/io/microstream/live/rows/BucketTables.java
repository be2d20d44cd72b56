package io.microstream.live.rows;

import static io.microstream.live.rows.Column.count;
import static io.microstream.live.rows.Column.exact;
import static io.microstream.live.rows.Column.json;
import static io.microstream.live.rows.Column.real;
import static io.microstream.live.rows.Column.text;
import static io.microstream.live.rows.Column.time;
import static io.microstream.live.rows.Column.truth;

import io.microstream.market.FeatureSchema;
import java.util.ArrayList;
import java.util.List;

/**
 * The shapes of rolled-up rows. The name of each is that of a function in the database that takes
 * symbol, since, until and width.
 */
public final class BucketTables {

    public static final Table BARS =
            bucketed(
                    "bar_buckets",
                    List.of("symbol", "open_time"),
                    List.of(
                            exact("open"),
                            exact("high"),
                            exact("low"),
                            exact("close"),
                            exact("volume"),
                            exact("quote_volume"),
                            exact("taker_buy_volume"),
                            exact("taker_buy_quote_volume"),
                            count("trade_count"),
                            count("first_trade_id"),
                            count("last_trade_id"),
                            truth("complete"),
                            count("minutes")));

    public static final Table FEATURES =
            bucketed(
                    "feature_buckets",
                    List.of("symbol", "open_time", "schema_version"),
                    features());

    public static final Table REGIMES =
            bucketed(
                    "regime_buckets",
                    List.of("symbol", "open_time", "model_id", "model_version"),
                    List.of(
                            text("model_id"),
                            count("model_version"),
                            text("regime"),
                            real("p_stable"),
                            real("p_volatile"),
                            real("p_crisis"),
                            real("surprise"),
                            truth("is_surprising"),
                            truth("is_shadow"),
                            count("minutes")));

    public static final Table ANOMALIES =
            bucketed(
                    "anomaly_buckets",
                    List.of("symbol", "open_time", "model_id", "model_version"),
                    List.of(
                            text("model_id"),
                            count("model_version"),
                            time("peak_time"),
                            real("score"),
                            real("threshold"),
                            truth("is_anomaly"),
                            real("severity"),
                            json("attribution"),
                            truth("is_shadow"),
                            count("flagged"),
                            count("minutes")));

    private BucketTables() {}

    private static Table bucketed(String function, List<String> key, List<Column> columns) {
        List<Column> all = new ArrayList<>(List.of(text("symbol"), time("open_time")));
        all.addAll(columns);
        return new Table(function, "open_time", key, all, "true");
    }

    private static List<Column> features() {
        List<Column> columns = new ArrayList<>(List.of(count("schema_version")));
        FeatureSchema.CURRENT.names().forEach(name -> columns.add(real(name)));
        columns.add(count("minutes"));
        return columns;
    }

    /**
     * The rolled-up shape of a table of minutes.
     *
     * @throws IllegalArgumentException if the table is not one of minutes
     */
    public static Table of(Table minutes) {
        return switch (minutes.name()) {
            case "bars" -> BARS;
            case "features" -> FEATURES;
            case "regimes" -> REGIMES;
            case "anomalies" -> ANOMALIES;
            default ->
                    throw new IllegalArgumentException(
                            "Not a table of minutes: table=" + minutes.name());
        };
    }
}
