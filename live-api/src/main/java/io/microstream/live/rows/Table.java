package io.microstream.live.rows;

import io.microstream.tables.Column;
import io.microstream.tables.ColumnType;
import io.microstream.tables.TableSpec;
import io.microstream.tables.Tables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table or a query's result as clients see it: the shape of its rows in JSON and CSV, for every
 * way out (pages, pushes, case files).
 *
 * @param name in the database
 * @param timeColumn column by which rows are ordered and ranges are chosen
 * @param key the columns that identify a row
 * @param columns in the order of JSON and CSV
 * @param finalCondition SQL that is true of final rows; {@code true} where every row is
 */
public record Table(
        String name,
        String timeColumn,
        List<String> key,
        List<Column> columns,
        String finalCondition) {

    public static final Table BARS = of(Tables.BARS);
    public static final Table FEATURES = of(Tables.FEATURES);
    public static final Table REGIMES = of(Tables.REGIMES);
    public static final Table ANOMALIES = of(Tables.ANOMALIES);
    public static final Table DATA_QUALITY = of(Tables.DATA_QUALITY);
    public static final Table LATE_TRADES = of(Tables.LATE_TRADES);
    public static final Table MODELS = of(Tables.MODELS);
    public static final Table LABELS = of(Tables.LABELS);

    /** The results that clients may list and follow, in the order in which the job makes them. */
    public static final List<Table> ALL =
            List.of(BARS, FEATURES, REGIMES, ANOMALIES, DATA_QUALITY, MODELS);

    public Table {
        key = List.copyOf(key);
        columns = List.copyOf(columns);
    }

    /** Shows clients the columns of results: neither that of transactions nor those of origins. */
    private static Table of(TableSpec<?> spec) {
        return new Table(
                spec.name(),
                spec.timeColumn(),
                spec.key(),
                spec.columns().stream()
                        .filter(column -> column.type() != ColumnType.XID8)
                        .filter(column -> !TableSpec.isOrigin(column))
                        .toList(),
                spec.finalCondition());
    }

    /** Returns the names of the columns, to stand after SELECT. */
    public String select() {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }

    /**
     * Returns a column.
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
     * Reads the current row of a result that has {@link #select()}'s columns, in that order, first;
     * more may follow.
     */
    public Row read(ResultSet result) throws SQLException {
        Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = columns.get(i).type().read(result, i + 1);
        }
        return new Row(this, Arrays.asList(values));
    }

    /** Reads all rows that are left in a result. */
    public List<Row> readAll(ResultSet result) throws SQLException {
        List<Row> rows = new ArrayList<>();
        while (result.next()) {
            rows.add(read(result));
        }
        return rows;
    }
}
