package io.microstream.live.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.microstream.live.rows.BucketQuery;
import io.microstream.live.rows.Buckets;
import io.microstream.live.rows.Cursor;
import io.microstream.live.rows.DayCache;
import io.microstream.live.rows.Interval;
import io.microstream.live.rows.Page;
import io.microstream.live.rows.Row;
import io.microstream.live.rows.RowList;
import io.microstream.live.rows.RowQuery;
import io.microstream.live.rows.Table;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The lists of rows: bars, features, regimes, anomalies, faults, models, labels. */
public final class RowRoutes implements Mount {

    private static final JsonFactory JSON = new JsonFactory();

    private Parts parts;
    private Buckets buckets;

    @Override
    public void mount(Routes routes, Parts with) {
        this.parts = with;
        this.buckets =
                new Buckets(new DayCache(with.limits().rollupRows(), with.clock(), with.meters()));
        routes.operation("listBars", call -> list(call, Table.BARS));
        routes.operation("listFeatures", call -> list(call, Table.FEATURES));
        routes.operation("listRegimes", call -> list(call, Table.REGIMES));
        routes.operation("listAnomalies", call -> list(call, Table.ANOMALIES));
        routes.operation("listQuality", call -> list(call, Table.DATA_QUALITY));
        routes.operation("listModels", call -> list(call, Table.MODELS));
        routes.operation("listLabels", call -> list(call, Table.LABELS));
    }

    private Answer list(Call call, Table table) throws IOException {
        boolean isCsv = isCsv(call);
        RowList list = from(call, list(call, table, range(call)));
        Page page = parts.database().read(connection -> page(connection, list));
        String next = page.last() == null ? null : Cursor.of(list.list(), page.last());
        Answer answer =
                isCsv
                        ? Answer.text(Answer.CSV, csv(list.shape(), page.rows()))
                        : new Answer(200, Answer.JSON, json(page.rows(), next), Map.of());
        return next == null ? answer : answer.with("Link", NextLink.of(call, next));
    }

    private static boolean isCsv(Call call) {
        String format = call.text("format");
        return format == null ? call.mediaType().equals("text/csv") : format.equals("csv");
    }

    private static Page page(Connection connection, RowList list) throws SQLException {
        Page page = list.read(connection);
        if (page.rows().isEmpty() && list.symbol() != null) {
            KnownSymbol.require(connection, list.symbol());
        }
        return page;
    }

    private record Range(Instant from, Instant to) {}

    private static Range range(Call call) {
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
        return new Range(from, to);
    }

    private RowList list(Call call, Table table, Range range) {
        String symbol = call.knows("symbol") ? call.text("symbol") : null;
        boolean descending = call.text("order").equals("desc");
        int limit = call.number("limit");
        Interval interval =
                call.knows("interval") ? Interval.of(call.text("interval")) : Interval.MINUTE;
        if (interval != Interval.MINUTE) {
            Buckets.Kind kind = new Buckets.Kind(table, symbol, interval);
            return new BucketQuery(
                    buckets, kind, range.from(), range.to(), descending, limit, null);
        }
        return new RowQuery(
                table,
                symbol,
                range.from(),
                range.to(),
                call.knows("kind") ? call.text("kind") : null,
                !call.knows("final") || call.truth("final"),
                descending,
                limit,
                null);
    }

    private static RowList from(Call call, RowList list) {
        String cursor = call.text("cursor");
        if (cursor == null) {
            return list;
        }
        try {
            return list.after(Cursor.place(cursor, list.list(), list.placeKinds()));
        } catch (Cursor.NotThisListException e) {
            throw new ProblemException(Problem.badCursor(e.getMessage()));
        }
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
