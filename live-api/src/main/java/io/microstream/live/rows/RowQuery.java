package io.microstream.live.rows;

import io.microstream.tables.ColumnType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A query for one page of a table's rows.
 *
 * @param table the table
 * @param symbol the symbol of the rows; null for every symbol
 * @param from begin of the range, inclusive; null for the first row
 * @param to end of the range, exclusive; null for the last row
 * @param kind of {@code data_quality}; null for every kind
 * @param finalOnly whether provisional rows are left out
 * @param descending newest first
 * @param limit rows at most
 * @param after place of the last row of the page before; null for the first page
 */
public record RowQuery(
        Table table,
        String symbol,
        Instant from,
        Instant to,
        String kind,
        boolean finalOnly,
        boolean descending,
        int limit,
        List<Object> after)
        implements RowList {

    @Override
    public Table shape() {
        return table;
    }

    @Override
    public Page read(Connection connection) throws SQLException {
        List<Object> arguments = new ArrayList<>();
        String sql = sql(arguments);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, arguments);
            try (ResultSet result = statement.executeQuery()) {
                return Page.of(table.readAll(result), limit, this::placeOf);
            }
        }
    }

    private String sql(List<Object> arguments) {
        StringBuilder sql = new StringBuilder("SELECT ").append(table.select());
        sql.append(" FROM ").append(table.name()).append(" WHERE ");
        sql.append(finalOnly ? table.finalCondition() : "true");
        condition(sql, arguments, " AND symbol = ?", symbol);
        condition(sql, arguments, " AND " + table.timeColumn() + " >= ?", from);
        condition(sql, arguments, " AND " + table.timeColumn() + " < ?", to);
        condition(sql, arguments, " AND kind = ?", kind);
        List<String> order = order();
        if (after != null) {
            sql.append(" AND (")
                    .append(String.join(", ", order))
                    .append(descending ? ") <" : ") >");
            sql.append(order.stream().map(c -> "?").collect(Collectors.joining(", ", " (", ")")));
            arguments.addAll(after);
        }
        sql.append(
                order.stream()
                        .map(column -> descending ? column + " DESC" : column)
                        .collect(Collectors.joining(", ", " ORDER BY ", "")));
        return sql.append(" LIMIT ").append(limit + 1).toString();
    }

    @Override
    public RowQuery after(List<Object> place) {
        return new RowQuery(
                table, symbol, from, to, kind, finalOnly, descending, limit, List.copyOf(place));
    }

    @Override
    public String list() {
        return String.join(
                " ",
                table.name(),
                "symbol=" + symbol,
                "from=" + from,
                "to=" + to,
                "kind=" + kind,
                "final=" + finalOnly,
                "descending=" + descending);
    }

    private static void condition(
            StringBuilder sql, List<Object> arguments, String condition, Object argument) {
        if (argument != null) {
            sql.append(condition);
            arguments.add(argument);
        }
    }

    /** Returns the columns that rows are ordered by; their values together identify one row. */
    private List<String> order() {
        List<String> order = new ArrayList<>(List.of(table.timeColumn()));
        table.key().stream()
                .filter(column -> !column.equals(table.timeColumn()))
                .filter(column -> symbol == null || !column.equals("symbol"))
                .forEach(order::add);
        return order;
    }

    @Override
    public List<ColumnType> placeTypes() {
        return order().stream().map(column -> table.column(column).type()).toList();
    }

    private List<Object> placeOf(Row row) {
        return order().stream().map(row::value).toList();
    }

    static void bind(PreparedStatement statement, List<Object> arguments) throws SQLException {
        for (int i = 0; i < arguments.size(); i++) {
            Object argument = arguments.get(i);
            statement.setObject(
                    i + 1,
                    argument instanceof Instant time
                            ? OffsetDateTime.ofInstant(time, ZoneOffset.UTC)
                            : argument);
        }
    }
}
