package io.microstream.live.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.microstream.live.rows.Cursor;
import io.microstream.live.rows.Interval;
import io.microstream.live.rows.Page;
import io.microstream.live.rows.Row;
import io.microstream.live.rows.RowQuery;
import io.microstream.live.rows.Table;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The lists of rows: bars, features, regimes, anomalies, faults, models. */
public final class RowRoutes implements Mount {

    private static final JsonFactory JSON = new JsonFactory();

    private Parts parts;

    @Override
    public void mount(Routes routes, Parts with) {
        this.parts = with;
        routes.operation("listBars", call -> list(call, Table.BARS));
        routes.operation("listFeatures", call -> list(call, Table.FEATURES));
        routes.operation("listRegimes", call -> list(call, Table.REGIMES));
        routes.operation("listAnomalies", call -> list(call, Table.ANOMALIES));
        routes.operation("listQuality", call -> list(call, Table.DATA_QUALITY));
        routes.operation("listModels", call -> list(call, Table.MODELS));
    }

    private Answer list(Call call, Table table) throws IOException {
        boolean isCsv = isCsv(call);
        RowQuery query = query(call, table);
        Page page = parts.database().read(connection -> page(connection, query));
        String next = page.last() == null ? null : Cursor.of(listOf(query, call), page.last());
        Answer answer =
                isCsv
                        ? Answer.text(Answer.CSV, csv(table, page.rows()))
                        : new Answer(200, Answer.JSON, json(page.rows(), next), Map.of());
        return next == null ? answer : answer.with("Link", NextLink.of(call, next));
    }

    private static boolean isCsv(Call call) {
        String format = call.text("format");
        return format == null ? call.mediaType().equals("text/csv") : format.equals("csv");
    }

    private static Page page(Connection connection, RowQuery query) throws SQLException {
        Page page = query.read(connection);
        if (page.rows().isEmpty() && query.symbol() != null) {
            KnownSymbol.require(connection, query.symbol());
        }
        return page;
    }

    private static RowQuery query(Call call, Table table) {
        Instant from = call.knows("from") ? call.time("from") : null;
        Instant to = call.knows("to") ? call.time("to") : null;
        if (from != null && to != null && !from.isBefore(to)) {
            throw new ProblemException(
                    Problem.badRange(
                            "Range is empty: from="
                                    + from
                                    + " to="
                                    + to
                                    + ". Give a from before to"));
        }
        RowQuery first =
                new RowQuery(
                        table,
                        call.knows("symbol") ? call.text("symbol") : null,
                        from,
                        to,
                        call.knows("kind") ? call.text("kind") : null,
                        !call.knows("final") || call.truth("final"),
                        call.text("order").equals("desc"),
                        call.number("limit"),
                        null);
        return call.text("cursor") == null ? first : first.after(place(call, first));
    }

    private static List<Object> place(Call call, RowQuery query) {
        try {
            return Cursor.place(call.text("cursor"), listOf(query, call), query.placeKinds());
        } catch (Cursor.NotThisListException e) {
            throw new ProblemException(Problem.badCursor(e.getMessage()));
        }
    }

    private static String listOf(RowQuery query, Call call) {
        String interval = call.knows("interval") ? call.text("interval") : Interval.MINUTE.text();
        return query.list() + " interval=" + interval;
    }

    private static String csv(Table table, List<Row> rows) {
        StringBuilder csv = new StringBuilder(Row.csvHeader(table));
        rows.forEach(row -> row.writeCsv(csv));
        return csv.toString();
    }

    private static byte[] json(List<Row> rows, String next) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(rows.size() * 400 + 100);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeArrayFieldStart("items");
            for (Row row : rows) {
                row.writeJson(json);
            }
            json.writeEndArray();
            json.writeStringField("next", next);
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
