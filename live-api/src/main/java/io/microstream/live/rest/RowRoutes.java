package io.microstream.live.rest;

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
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Serves the lists of rows: bars, features, regimes, anomalies, feed faults, models, labels. */
public final class RowRoutes implements Mount {

    private ServerContext server;
    private Buckets buckets;

    @Override
    public void mount(Routes routes, ServerContext server) {
        this.server = server;
        this.buckets =
                new Buckets(
                        new DayCache(
                                server.limits().rollupRows(), server.clock(), server.meters()));
        routes.operation("listBars", request -> list(request, Table.BARS));
        routes.operation("listFeatures", request -> list(request, Table.FEATURES));
        routes.operation("listRegimes", request -> list(request, Table.REGIMES));
        routes.operation("listAnomalies", request -> list(request, Table.ANOMALIES));
        routes.operation("listQuality", request -> list(request, Table.DATA_QUALITY));
        routes.operation("listModels", request -> list(request, Table.MODELS));
        routes.operation("listLabels", request -> list(request, Table.LABELS));
    }

    private ApiResponse list(ApiRequest request, Table table) {
        boolean isCsv = isCsv(request);
        RowList list = from(request, list(request, table, range(request)));
        Page page = server.database().read(connection -> page(connection, list));
        String next = page.last() == null ? null : Cursor.of(list.list(), page.last());
        ApiResponse answer =
                isCsv
                        ? ApiResponse.text(ApiResponse.CSV, csv(list.shape(), page.rows()))
                        : new ApiResponse(200, ApiResponse.JSON, json(page.rows(), next), Map.of());
        return next == null ? answer : answer.with("Link", NextLink.of(request, next));
    }

    private static boolean isCsv(ApiRequest request) {
        String format = request.text("format");
        return format == null ? request.mediaType().equals("text/csv") : format.equals("csv");
    }

    private static Page page(Connection connection, RowList list) throws SQLException {
        Page page = list.read(connection);
        if (page.rows().isEmpty() && list.symbol() != null) {
            KnownSymbol.require(connection, list.symbol());
        }
        return page;
    }

    private record Range(Instant from, Instant to) {}

    private static Range range(ApiRequest request) {
        Instant from = request.has("from") ? request.time("from") : null;
        Instant to = request.has("to") ? request.time("to") : null;
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

    private RowList list(ApiRequest request, Table table, Range range) {
        String symbol = request.has("symbol") ? request.text("symbol") : null;
        boolean descending = request.text("order").equals("desc");
        int limit = request.number("limit");
        Interval interval =
                request.has("interval") ? Interval.of(request.text("interval")) : Interval.MINUTE;
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
                request.has("kind") ? request.text("kind") : null,
                !request.has("final") || request.bool("final"),
                descending,
                limit,
                null);
    }

    private static RowList from(ApiRequest request, RowList list) {
        String cursor = request.text("cursor");
        if (cursor == null) {
            return list;
        }
        try {
            return list.after(Cursor.place(cursor, list.list(), list.placeTypes()));
        } catch (Cursor.NotThisListException e) {
            throw new ProblemException(Problem.badCursor(e.getMessage()));
        }
    }

    private static String csv(Table table, List<Row> rows) {
        StringBuilder csv = new StringBuilder(Row.csvHeader(table));
        rows.forEach(row -> row.writeCsv(csv));
        return csv.toString();
    }

    private static byte[] json(List<Row> rows, String next) {
        return Json.bytes(
                rows.size() * 400 + 100,
                json -> {
                    json.writeStartObject();
                    json.writeArrayFieldStart("items");
                    for (Row row : rows) {
                        row.writeJson(json);
                    }
                    json.writeEndArray();
                    json.writeStringField("next", next);
                    json.writeEndObject();
                });
    }
}
