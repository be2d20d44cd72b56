package io.microstream.benchmarks.live;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;

/**
 * The four tables as the job fills them: a history of final minutes, and the running minute of
 * every symbol replaced again and again, a transaction for each table as each table has its own
 * sink.
 */
final class ProvisionalRows implements AutoCloseable {

    private static final String STAMPS =
            "now() - interval '30 ms', clock_timestamp(), pg_current_xact_id()";

    private static final List<String> INSERTS =
            List.of(
                    """
                    INSERT INTO bars (symbol, open_time, open, high, low, close, volume,
                        quote_volume, taker_buy_volume, taker_buy_quote_volume, trade_count,
                        first_trade_id, last_trade_id, is_final, complete, revision, received_at,
                        committed_at, committed_in)
                    SELECT s, t, 64123.45000000, 64200.01000000, 64001.99000000, 64100 + v, 12.34567000,
                        791234.56789000, 6.17283000, 395617.28394000, 1234, 3000000000, 3000001234,
                        r >= 0, true, r, %s
                    """,
                    """
                    INSERT INTO features (symbol, open_time, schema_version, momentum,
                        volatility_proxy, activity_ratio, log_volatility, log_volume, scaled_return,
                        range_surge, volume_surge, taker_imbalance, baseline_bars, bar_revision,
                        received_at, committed_at, committed_in)
                    SELECT s, t, 1, 0.0012345678901 + v, 0.00045678, 1.2345678901, -7.123456, 5.4321,
                        0.34567, 1.23456789, 0.987654321, 0.12345678, 20160, r, %s
                    """,
                    """
                    INSERT INTO regimes (symbol, open_time, model_id, model_version, regime,
                        confirmed_regime, p_stable, p_volatile, p_crisis, surprise, is_shadow,
                        bar_revision, surprise_threshold, is_surprising, received_at, committed_at,
                        committed_in)
                    SELECT s, t, 'hmm-' || s, 20260105, 'STABLE_LIQUIDITY', 'STABLE_LIQUIDITY',
                        0.912345678, 0.0812345678, 0.00642, 2.34567 + v, false, r, 9.87654, false, %s
                    """,
                    """
                    INSERT INTO anomalies (symbol, open_time, model_id, model_version, score,
                        threshold, is_anomaly, severity, attribution, is_shadow, bar_revision,
                        received_at, committed_at, committed_in)
                    SELECT s, t, 'forest-' || s, 20260105, 0.4321 + v, 0.61234, false, 1.2345678,
                        '{"range_surge": 0.0123456, "volume_surge": -0.0345678, "scaled_return": 0.0098765}',
                        false, r, %s
                    """);

    private static final List<String> CONFLICTS =
            List.of(
                    "(symbol, open_time) DO UPDATE SET close = EXCLUDED.close,",
                    "(symbol, open_time, schema_version) DO UPDATE SET momentum = EXCLUDED.momentum,",
                    "(symbol, open_time, model_id, model_version) DO UPDATE SET surprise = EXCLUDED.surprise,",
                    "(symbol, open_time, model_id, model_version) DO UPDATE SET score = EXCLUDED.score,");

    private static final String STAMP_AGAIN =
            " received_at = EXCLUDED.received_at, committed_at = EXCLUDED.committed_at,"
                    + " committed_in = EXCLUDED.committed_in";

    private final Connection connection;
    private final String[] symbols;
    private final Timestamp minute;

    /**
     * @param minute that runs
     */
    ProvisionalRows(String jdbcUrl, List<String> symbols, Instant minute) throws SQLException {
        this.connection = DriverManager.getConnection(jdbcUrl);
        this.symbols = symbols.toArray(String[]::new);
        this.minute = Timestamp.from(minute);
    }

    /** Final minutes before the running one. */
    void history(int minutes) throws SQLException {
        for (String insert : INSERTS) {
            String sql =
                    insert.formatted(STAMPS)
                            + " FROM unnest(?) s, (SELECT ?::timestamptz - n * interval '1 minute' t"
                            + " FROM generate_series(1, ?) n) m, (SELECT 0.5 v, 0 r) x";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setArray(1, connection.createArrayOf("text", symbols));
                statement.setTimestamp(2, minute);
                statement.setInt(3, minutes);
                statement.executeUpdate();
            }
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("ANALYZE");
        }
    }

    /**
     * Replaces the running minute of every symbol.
     *
     * @return rows
     */
    int replace(double value) throws SQLException {
        int rows = 0;
        for (int i = 0; i < INSERTS.size(); i++) {
            String sql =
                    INSERTS.get(i).formatted(STAMPS)
                            + " FROM unnest(?) s, (SELECT ?::timestamptz t, ?::float8 v, -2 r) x"
                            + " ON CONFLICT "
                            + CONFLICTS.get(i)
                            + STAMP_AGAIN;
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setArray(1, connection.createArrayOf("text", symbols));
                statement.setTimestamp(2, minute);
                statement.setDouble(3, value);
                rows += statement.executeUpdate();
            }
        }
        return rows;
    }

    /** When the newest row was written, microseconds since 1970. */
    long newest() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT (extract(epoch FROM max(committed_at)) * 1000000)::bigint"
                                        + " FROM anomalies")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
