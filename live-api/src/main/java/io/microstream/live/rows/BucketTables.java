package io.microstream.live.rows;

import static io.microstream.tables.Column.bool;
import static io.microstream.tables.Column.float8;
import static io.microstream.tables.Column.int4;
import static io.microstream.tables.Column.int8;
import static io.microstream.tables.Column.jsonb;
import static io.microstream.tables.Column.numeric;
import static io.microstream.tables.Column.text;
import static io.microstream.tables.Column.timestamptz;

import io.microstream.tables.Column;
import io.microstream.tables.ColumnType;
import java.util.ArrayList;
import java.util.List;

/**
 * The shapes of rolled-up rows, each of a function of its name in the database that takes symbol,
 * since, until and width.
 */
public final class BucketTables {

    public static final Table BARS =
            bucketed(
                    "bar_buckets",
                    List.of("symbol", "open_time"),
                    List.of(
                            numeric("open"),
                            numeric("high"),
                            numeric("low"),
                            numeric("close"),
                            numeric("volume"),
                            numeric("quote_volume").nullable(),
                            numeric("taker_buy_volume").nullable(),
                            numeric("taker_buy_quote_volume").nullable(),
                            int8("trade_count").nullable(),
                            int8("first_trade_id").nullable(),
                            int8("last_trade_id").nullable(),
                            bool("complete"),
                            int8("minutes")));

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
                            int8("model_version"),
                            timestamptz("peak_time"),
                            text("regime"),
                            float8("p_stable"),
                            float8("p_volatile"),
                            float8("p_crisis"),
                            float8("surprise").nullable(),
                            bool("is_surprising").nullable(),
                            bool("is_shadow"),
                            int8("minutes"),
                            int8("stable_minutes"),
                            int8("volatile_minutes"),
                            int8("crisis_minutes")));

    public static final Table ANOMALIES =
            bucketed(
                    "anomaly_buckets",
                    List.of("symbol", "open_time", "model_id", "model_version"),
                    List.of(
                            text("model_id"),
                            int8("model_version"),
                            timestamptz("peak_time"),
                            float8("score"),
                            float8("threshold"),
                            bool("is_anomaly"),
                            float8("severity"),
                            jsonb("attribution"),
                            bool("is_shadow"),
                            int8("flagged"),
                            int8("minutes"),
                            int8("anomaly_minutes")));

    private BucketTables() {}

    private static Table bucketed(String function, List<String> key, List<Column> columns) {
        List<Column> all = new ArrayList<>(List.of(text("symbol"), timestamptz("open_time")));
        all.addAll(columns);
        return new Table(function, "open_time", key, all, "true");
    }

    private static List<Column> features() {
        List<Column> columns = new ArrayList<>(List.of(int4("schema_version")));
        Table.FEATURES.columns().stream()
                .filter(column -> column.type() == ColumnType.FLOAT8)
                .forEach(columns::add);
        columns.add(int8("minutes"));
        return columns;
    }

    /**
     * Returns the rolled-up shape of a table of minutes.
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
