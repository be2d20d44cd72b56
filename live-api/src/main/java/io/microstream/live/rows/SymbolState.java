package io.microstream.live.rows;

import io.microstream.tables.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One symbol at a glance, as a row of figures: the newest bar and price, their change, the regime
 * of the newest final minute by the model in charge and since when it holds, and what happened in
 * the 24 hours before the newest bar. Each figure is one short walk along an index.
 */
public final class SymbolState {

    /** The columns of a row of figures. */
    public static final Table SHAPE =
            new Table(
                    "symbol_state",
                    "newest_open_time",
                    List.of("symbol"),
                    List.of(
                            Column.text("symbol"),
                            Column.timestamptz("oldest_open_time"),
                            Column.timestamptz("newest_open_time"),
                            Column.bool("newest_is_final"),
                            Column.numeric("price"),
                            Column.float8("change_1h_percent").nullable(),
                            Column.float8("change_24h_percent").nullable(),
                            Column.text("regime").nullable(),
                            Column.timestamptz("regime_time").nullable(),
                            Column.timestamptz("regime_since").nullable(),
                            Column.float8("p_stable").nullable(),
                            Column.float8("p_volatile").nullable(),
                            Column.float8("p_crisis").nullable(),
                            Column.int8("bars_24h"),
                            Column.int8("anomalies_24h"),
                            Column.int8("faults_24h")),
                    "true");

    private static final String SQL =
            """
            SELECT s.symbol, oldest.open_time AS oldest_open_time,
                   newest.open_time AS newest_open_time, newest.is_final AS newest_is_final,
                   newest.close AS price,
                   CASE WHEN hour_ago.close > 0
                        THEN round(100 * (newest.close / hour_ago.close - 1), 6)::float8 END AS change_1h_percent,
                   CASE WHEN day_ago.close > 0
                        THEN round(100 * (newest.close / day_ago.close - 1), 6)::float8 END AS change_24h_percent,
                   r.regime, r.open_time AS regime_time,
                   (SELECT min(b.open_time) FROM regimes b
                     WHERE b.symbol = s.symbol AND NOT b.is_shadow AND b.is_final
                       AND b.open_time > coalesce(other.open_time, '-infinity')) AS regime_since,
                   r.p_stable, r.p_volatile, r.p_crisis,
                   (SELECT count(*) FROM bars b WHERE b.symbol = s.symbol AND b.is_final
                       AND b.open_time > newest.open_time - interval '24 hours') AS bars_24h,
                   (SELECT count(DISTINCT a.open_time) FROM anomalies a
                     WHERE a.symbol = s.symbol AND a.is_anomaly AND NOT a.is_shadow AND a.is_final
                       AND a.open_time > newest.open_time - interval '24 hours') AS anomalies_24h,
                   (SELECT count(*) FROM data_quality q WHERE q.symbol = s.symbol
                       AND q.detected_at > newest.open_time - interval '24 hours') AS faults_24h
              FROM (SELECT ?::text AS symbol) s
              JOIN LATERAL (SELECT b.open_time, b.is_final, b.close FROM bars b
                     WHERE b.symbol = s.symbol ORDER BY b.open_time DESC LIMIT 1) newest ON true
              JOIN LATERAL (SELECT b.open_time FROM bars b
                     WHERE b.symbol = s.symbol ORDER BY b.open_time LIMIT 1) oldest ON true
              LEFT JOIN LATERAL (SELECT b.close FROM bars b
                     WHERE b.symbol = s.symbol AND b.is_final
                       AND b.open_time <= newest.open_time - interval '1 hour'
                       AND b.open_time > newest.open_time - interval '2 hours'
                     ORDER BY b.open_time DESC LIMIT 1) hour_ago ON true
              LEFT JOIN LATERAL (SELECT b.close FROM bars b
                     WHERE b.symbol = s.symbol AND b.is_final
                       AND b.open_time <= newest.open_time - interval '24 hours'
                       AND b.open_time > newest.open_time - interval '25 hours'
                     ORDER BY b.open_time DESC LIMIT 1) day_ago ON true
              LEFT JOIN LATERAL (SELECT b.* FROM regimes b
                     WHERE b.symbol = s.symbol AND NOT b.is_shadow AND b.is_final
                     ORDER BY b.open_time DESC, b.model_version DESC LIMIT 1) r ON true
              LEFT JOIN LATERAL (SELECT b.open_time FROM regimes b
                     WHERE b.symbol = s.symbol AND NOT b.is_shadow AND b.is_final
                       AND b.open_time < r.open_time AND b.regime <> r.regime
                     ORDER BY b.open_time DESC LIMIT 1) other ON true
            """;

    private static final String LAST_ANOMALY =
            "SELECT "
                    + Table.ANOMALIES.select()
                    + " FROM anomalies WHERE symbol = ? AND is_anomaly AND NOT is_shadow"
                    + " AND is_final ORDER BY open_time DESC LIMIT 1";

    private SymbolState() {}

    /** Returns the figures of every symbol, in the order of the symbols. */
    public static List<Row> all(Connection connection) throws SQLException {
        List<Row> states = new ArrayList<>();
        for (String symbol : Symbols.all(connection)) {
            of(connection, symbol).ifPresent(states::add);
        }
        return states;
    }

    /** Returns the figures of one symbol; empty if it has no bar. */
    public static Optional<Row> of(Connection connection, String symbol) throws SQLException {
        return first(connection, SHAPE, SQL, symbol);
    }

    /** Returns a symbol's newest anomaly by the champion model; empty if there is none. */
    public static Optional<Row> lastAnomaly(Connection connection, String symbol)
            throws SQLException {
        return first(connection, Table.ANOMALIES, LAST_ANOMALY, symbol);
    }

    private static Optional<Row> first(
            Connection connection, Table shape, String sql, String symbol) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, symbol);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? Optional.of(shape.read(result)) : Optional.empty();
            }
        }
    }
}
