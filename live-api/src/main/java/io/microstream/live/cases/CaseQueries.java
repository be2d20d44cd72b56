package io.microstream.live.cases;

import io.microstream.live.rows.Row;
import io.microstream.live.rows.Table;
import io.microstream.tables.ColumnType;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is asked of the database for a case. */
public final class CaseQueries {

    private static final String MODELS =
            """
            SELECT %s FROM models
             WHERE (model_id, model_version) IN (
                   SELECT model_id, model_version FROM regimes
                    WHERE symbol = ? AND open_time >= ? AND open_time < ? AND is_final
                   UNION
                   SELECT model_id, model_version FROM anomalies
                    WHERE symbol = ? AND open_time >= ? AND open_time < ? AND is_final)
             ORDER BY model_id COLLATE "C", model_version
            """;

    private static final String EXTENT =
            """
            SELECT (SELECT open_time FROM bars WHERE symbol = ? AND is_final ORDER BY open_time LIMIT 1),
                   (SELECT open_time FROM bars WHERE symbol = ? AND is_final ORDER BY open_time DESC LIMIT 1),
                   EXISTS (SELECT FROM bars WHERE symbol = ? AND is_final AND open_time = ?)
            """;

    private static final String SYMBOLS =
            """
            WITH RECURSIVE s AS (
                (SELECT min(symbol) AS symbol FROM bars)
                UNION ALL
                SELECT (SELECT min(symbol) FROM bars WHERE symbol > s.symbol) FROM s WHERE s.symbol IS NOT NULL)
            SELECT string_agg(symbol, ', ') FROM (SELECT symbol FROM s WHERE symbol IS NOT NULL LIMIT 10) AS first
            """;

    private final Connection connection;
    private final CaseWindow window;

    public CaseQueries(Connection connection, CaseWindow window) {
        this.connection = connection;
        this.window = window;
    }

    /** Refuses a symbol or a minute that is not there, and says what is. */
    public void requireMoment() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(EXTENT)) {
            for (int at = 1; at <= 3; at++) {
                statement.setString(at, window.symbol());
            }
            statement.setObject(4, utc(window.moment()));
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                OffsetDateTime first = result.getObject(1, OffsetDateTime.class);
                if (first == null) {
                    throw new NoSuchMinuteException(
                            String.format(
                                    Locale.ROOT,
                                    "Unknown symbol: symbol=%s. The database has %s",
                                    window.symbol(),
                                    symbols()),
                            true);
                }
                if (!result.getBoolean(3)) {
                    throw new NoSuchMinuteException(
                            String.format(
                                    Locale.ROOT,
                                    "No final bar of that minute: symbol=%s at=%s. The database has %s to %s",
                                    window.symbol(),
                                    window.moment(),
                                    first.toInstant(),
                                    result.getObject(2, OffsetDateTime.class).toInstant()),
                            false);
                }
            }
        }
    }

    /** The symbols there are, the first ten by name. */
    private String symbols() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SYMBOLS);
                ResultSet result = statement.executeQuery()) {
            result.next();
            String names = result.getString(1);
            return names == null ? "no bars yet" : names;
        }
    }

    List<Row> inWindow(Table table) throws SQLException {
        String sql =
                String.format(
                        Locale.ROOT,
                        "SELECT %s FROM %s WHERE symbol = ? AND %s >= ? AND %3$s < ? AND %s ORDER BY %s",
                        table.select(),
                        table.name(),
                        table.timeColumn(),
                        table.finalCondition(),
                        order(table));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bindWindow(statement, 1);
            try (ResultSet result = statement.executeQuery()) {
                return table.readAll(result);
            }
        }
    }

    /** Texts by their bytes, so that the order is the same in every database. */
    private static String order(Table table) {
        return table.key().stream()
                .map(
                        name ->
                                table.column(name).type() == ColumnType.TEXT
                                        ? name + " COLLATE \"C\""
                                        : name)
                .collect(Collectors.joining(", "));
    }

    List<Row> models() throws SQLException {
        String sql = String.format(Locale.ROOT, MODELS, Table.MODELS.select());
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bindWindow(statement, bindWindow(statement, 1));
            try (ResultSet result = statement.executeQuery()) {
                return Table.MODELS.readAll(result);
            }
        }
    }

    BigDecimal closeBefore() throws SQLException {
        String sql =
                "SELECT close FROM bars WHERE symbol = ? AND open_time < ? AND is_final"
                        + " ORDER BY open_time DESC LIMIT 1";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, window.symbol());
            statement.setObject(2, utc(window.from()));
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? result.getBigDecimal(1) : null;
            }
        }
    }

    private int bindWindow(PreparedStatement statement, int at) throws SQLException {
        statement.setString(at, window.symbol());
        statement.setObject(at + 1, utc(window.from()));
        statement.setObject(at + 2, utc(window.to()));
        return at + 3;
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
