package io.microstream.live.cases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.microstream.live.rest.Json;
import io.microstream.live.rows.Row;
import io.microstream.live.rows.Table;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;

/** {@code case.json}: the moment, where the evidence comes from, and what was checked. */
final class CaseJson {

    /** Rises when a reader of {@code case.json} has to change. */
    static final int FORMAT_VERSION = 1;

    private static final String SCORES =
            "not computed again: the database holds what is known of the models, not the models;"
                    + " models.json names each by its SHA-256";

    private final CaseRows rows;
    private final TradesFound trades;
    private final CaseStory story;
    private final CaseChart chart;

    CaseJson(CaseRows rows, TradesFound trades, CaseStory story, CaseChart chart) {
        this.rows = rows;
        this.trades = trades;
        this.story = story;
        this.chart = chart;
    }

    String text() {
        CaseWindow window = rows.window();
        ObjectNode json = Json.object();
        json.put("format", "microstream-case").put("format_version", FORMAT_VERSION);
        json.put("symbol", window.symbol()).put("moment", window.moment().toString());
        json.put("summary", story.summary());
        json.putObject("window")
                .put("from", window.from().toString())
                .put("to", window.to().toString())
                .put("minutes_on_each_side", window.minutes())
                .put("minutes", window.bars())
                .put("minutes_stored", rows.of(Table.BARS).size());
        moment(json);
        json.set("models", array(rows.of(Table.MODELS)));
        json.set("trades", trades());
        json.set("checks", checks());
        json.set("chart", chart());
        json.set("rows", counts());
        ArrayNode warnings = json.putArray("warnings");
        story.warnings().forEach(warnings::add);
        return text(json);
    }

    private void moment(ObjectNode json) {
        json.set("bar", rows.atMoment(Table.BARS).get(0).json());
        json.set("features", array(rows.atMoment(Table.FEATURES)));
        json.set(
                "anomalies",
                array(
                        rows.atMoment(Table.ANOMALIES),
                        row -> row.json().put("in_words", CaseStory.anomaly(row))));
        json.set(
                "regimes",
                array(
                        rows.atMoment(Table.REGIMES),
                        row ->
                                row.json()
                                        .put("confidence", known(CaseStory.confidence(row)))
                                        .put("in_words", CaseStory.regime(row))));
        json.set("labels", array(rows.atMoment(Table.LABELS)));
    }

    private static Double known(double value) {
        return Double.isNaN(value) ? null : (Double) value;
    }

    private ObjectNode trades() {
        ObjectNode json = Json.object();
        json.put("available", trades.reason() == null).put("reason", trades.reason());
        json.put("source", trades.source());
        ArrayNode asked = json.putArray("asked");
        trades.asked().forEach(asked::add);
        json.put("rows", trades.rows());
        json.put("first_agg_trade_id", trades.firstId() < 0 ? null : (Long) trades.firstId());
        json.put("last_agg_trade_id", trades.lastId() < 0 ? null : (Long) trades.lastId());
        json.put("missing_ids", trades.missingIds()).put("truncated", trades.truncated());
        return json;
    }

    private ObjectNode checks() {
        ObjectNode json = Json.object();
        ObjectNode bars = json.putObject("bars_rebuilt_from_trades");
        bars.put("in_words", trades.checkLine());
        BarCheckResult check = trades.check();
        if (check != null) {
            bars.put("compared", check.compared()).put("equal", check.equal());
            bars.put("not_compared", check.notCompared());
            bars.put("stored_as_incomplete", check.incomplete());
            ArrayNode late = bars.putArray("left_out_as_too_late");
            check.leftOut().forEach(late::add);
            ArrayNode differences = bars.putArray("differences");
            check.differences().forEach(each -> differences.add(difference(each)));
        }
        json.putObject("scores").put("in_words", SCORES);
        return json;
    }

    private static ObjectNode difference(BarCheckResult.Difference difference) {
        return Json.object()
                .put("open_time", difference.openTime().toString())
                .put("column", difference.column())
                .put("stored", difference.stored())
                .put("rebuilt", difference.rebuilt())
                .put("stored_as_complete", difference.complete());
    }

    private ObjectNode chart() {
        ObjectNode json = Json.object().put("made", chart.png() != null);
        return chart.png() == null
                ? json.put("reason", chart.reason())
                : json.put("width", CaseChart.WIDTH).put("height", CaseChart.HEIGHT);
    }

    private ObjectNode counts() {
        ObjectNode json = Json.object();
        rows.tables().values().forEach(t -> json.put(t.table().name(), t.rows().size()));
        return json;
    }

    static ArrayNode array(List<Row> rows) {
        return array(rows, Row::json);
    }

    private static ArrayNode array(List<Row> rows, Function<Row, ObjectNode> toJson) {
        ArrayNode array = Json.MAPPER.createArrayNode();
        rows.forEach(row -> array.add(toJson.apply(row)));
        return array;
    }

    /** Indented, with the same line ends everywhere. */
    static String text(JsonNode json) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
        try {
            return Json.MAPPER.writer(printer).writeValueAsString(json) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
