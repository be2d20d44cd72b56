package io.microstream.live.rows;

import static io.microstream.live.rows.Column.count;
import static io.microstream.live.rows.Column.exact;
import static io.microstream.live.rows.Column.json;
import static io.microstream.live.rows.Column.real;
import static io.microstream.live.rows.Column.text;
import static io.microstream.live.rows.Column.time;
import static io.microstream.live.rows.Column.truth;

import io.microstream.market.FeatureSchema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table of results as clients see it: the shape of its rows in JSON and CSV, for every way out
 * (pages, pushes, case files).
 *
 * @param name in the database
 * @param timeColumn that ranges are about and rows are ordered by
 * @param key the columns that make a row one of its kind
 * @param columns in the order of JSON and CSV
 * @param finalCondition SQL that is true of final rows; {@code true} where every row is
 */
public record Table(
        String name,
        String timeColumn,
        List<String> key,
        List<Column> columns,
        String finalCondition) {

    public static final Table BARS =
            new Table(
                    "bars",
                    "open_time",
                    List.of("symbol", "open_time"),
                    List.of(
                            text("symbol"),
                            time("open_time"),
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
                            truth("is_final"),
                            truth("complete"),
                            count("revision"),
                            time("received_at"),
                            time("committed_at")),
                    "is_final");

    public static final Table FEATURES =
            new Table(
                    "features",
                    "open_time",
                    List.of("symbol", "open_time", "schema_version"),
                    features(),
                    "is_final");

    public static final Table REGIMES =
            new Table(
                    "regimes",
                    "open_time",
                    List.of("symbol", "open_time", "model_id", "model_version"),
                    List.of(
                            text("symbol"),
                            time("open_time"),
                            text("model_id"),
                            count("model_version"),
                            text("regime"),
                            text("confirmed_regime"),
                            real("p_stable"),
                            real("p_volatile"),
                            real("p_crisis"),
                            real("surprise"),
                            real("surprise_threshold"),
                            truth("is_surprising"),
                            truth("is_shadow"),
                            count("bar_revision"),
                            truth("is_final"),
                            time("received_at"),
                            time("committed_at")),
                    "is_final");

    public static final Table ANOMALIES =
            new Table(
                    "anomalies",
                    "open_time",
                    List.of("symbol", "open_time", "model_id", "model_version"),
                    List.of(
                            text("symbol"),
                            time("open_time"),
                            text("model_id"),
                            count("model_version"),
                            real("score"),
                            real("threshold"),
                            truth("is_anomaly"),
                            real("severity"),
                            json("attribution"),
                            truth("is_shadow"),
                            count("bar_revision"),
                            truth("is_final"),
                            time("received_at"),
                            time("committed_at")),
                    "is_final");

    public static final Table DATA_QUALITY =
            new Table(
                    "data_quality",
                    "detected_at",
                    List.of("symbol", "detected_at", "kind", "first_id"),
                    List.of(
                            text("symbol"),
                            time("detected_at"),
                            text("kind"),
                            count("first_id"),
                            count("last_id"),
                            count("missing"),
                            count("repaired"),
                            text("detail"),
                            time("committed_at")),
                    "true");

    public static final Table MODELS =
            new Table(
                    "models",
                    "effective_from",
                    List.of("model_id", "model_version"),
                    List.of(
                            text("model_id"),
                            count("model_version"),
                            text("role"),
                            text("symbol"),
                            count("schema_version"),
                            text("sha256"),
                            time("trained_from"),
                            time("trained_to"),
                            time("effective_from"),
                            text("status"),
                            json("provenance"),
                            time("committed_at")),
                    "true");

    /** What analysts say about minutes; not a result of the job. */
    public static final Table LABELS =
            new Table(
                    "labels",
                    "open_time",
                    List.of("symbol", "open_time", "analyst"),
                    List.of(
                            text("symbol"),
                            time("open_time"),
                            text("analyst"),
                            text("verdict"),
                            text("note"),
                            time("labelled_at")),
                    "true");

    /** All results, in the order in which the pipeline makes them. */
    public static final List<Table> ALL =
            List.of(BARS, FEATURES, REGIMES, ANOMALIES, DATA_QUALITY, MODELS);

    public Table {
        key = List.copyOf(key);
        columns = List.copyOf(columns);
    }

    private static List<Column> features() {
        List<Column> columns = new ArrayList<>();
        columns.addAll(List.of(text("symbol"), time("open_time"), count("schema_version")));
        FeatureSchema.CURRENT.names().forEach(name -> columns.add(real(name)));
        columns.addAll(
                List.of(
                        count("bar_revision"),
                        truth("is_final"),
                        time("received_at"),
                        time("committed_at")));
        return columns;
    }

    /** The columns, parted by commas, to stand after SELECT. */
    public String select() {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }

    /**
     * One column.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public Column column(String columnName) {
        return columns.stream()
                .filter(column -> column.name().equals(columnName))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "No such column: table=" + name + " column=" + columnName));
    }

    /**
     * The current row of a result that has {@link #select()}'s columns, in that order, first; more
     * may follow.
     */
    public Row read(ResultSet result) throws SQLException {
        Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Cell.read(result, i + 1, columns.get(i).kind());
        }
        return new Row(this, Arrays.asList(values));
    }

    /** All rows that are left in a result. */
    public List<Row> readAll(ResultSet result) throws SQLException {
        List<Row> rows = new ArrayList<>();
        while (result.next()) {
            rows.add(read(result));
        }
        return rows;
    }
}
