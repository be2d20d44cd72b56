package io.microstream.live;

import io.microstream.testing.PostgresServer;
import java.sql.SQLException;

/**
 * Rows of two symbols, the same at each filling: three days of minutes with a gap, a provisional
 * row, a champion and a challenger, faults and models.
 */
public final class FilledDatabase {

    private static final String BARS =
            """
            INSERT INTO bars
            SELECT s.symbol, m.t, round(100 + s.n + 5 * sin(m.i / 50.0)::numeric, 8), round(107 + s.n + 5 * sin(m.i / 50.0)::numeric, 8),
                   round(93 + s.n + 5 * sin(m.i / 50.0)::numeric, 8), round(101 + s.n + 5 * sin((m.i + 1) / 50.0)::numeric, 8),
                   round(((m.i * 7919) % 1000)::numeric / 7, 8), round(((m.i * 7919) % 1000)::numeric * 15, 8),
                   CASE WHEN m.i % 700 = 5 THEN NULL ELSE round(((m.i * 7919) % 1000)::numeric / 13, 8) END,
                   round(((m.i * 7919) % 1000)::numeric * 7, 8), (m.i * 31) % 400, m.i * 400, m.i * 400 + 399,
                   m.i < 4319, m.i % 997 <> 3, CASE WHEN m.i < 4319 THEN (m.i % 500 = 0)::int ELSE -2 END,
                   m.t + interval '59.9 seconds', m.t + interval '60.25 seconds', pg_current_xact_id()
              FROM (VALUES ('BTCUSDT', 0), ('ETHUSDT', 50)) s(symbol, n)
             CROSS JOIN (SELECT i, timestamptz '2026-01-05T00:00:00Z' + i * interval '1 minute' FROM generate_series(0, 4319) i
                          WHERE i NOT BETWEEN 1500 AND 1703) m(i, t)
            """;

    private static final String FEATURES =
            """
            INSERT INTO features (symbol, open_time, schema_version, momentum, volatility_proxy, activity_ratio, log_volatility,
                   log_volume, scaled_return, range_surge, volume_surge, taker_imbalance, baseline_bars, bar_revision, received_at, committed_at, committed_in)
            SELECT symbol, open_time, 1, CASE WHEN first_trade_id > 400 * 20 THEN sin(first_trade_id / 3000.0) END, 0.001 + volume::float8 / 1e5,
                   volume::float8 / 70, -7.25, ln(1 + volume::float8), cos(first_trade_id / 5000.0), 1.5, 0.5, 'NaN', 1440, revision, received_at, committed_at, committed_in
              FROM bars
            """;

    private static final String REGIMES =
            """
            INSERT INTO regimes (symbol, open_time, model_id, model_version, regime, confirmed_regime, p_stable, p_volatile, p_crisis, surprise,
                   is_shadow, bar_revision, surprise_threshold, is_surprising, received_at, committed_at, committed_in)
            SELECT symbol, open_time, 'regime-' || lower(symbol), v.version,
                   CASE WHEN sin(first_trade_id / 90000.0) > 0 THEN 'STABLE_LIQUIDITY' WHEN sin(first_trade_id / 90000.0) > -0.9 THEN 'HIGH_VOLATILITY' ELSE 'LIQUIDITY_CRISIS' END,
                   'STABLE_LIQUIDITY',
                   CASE WHEN sin(first_trade_id / 90000.0) > 0 THEN 0.75 ELSE 0.125 END,
                   CASE WHEN sin(first_trade_id / 90000.0) > 0 THEN 0.125 WHEN sin(first_trade_id / 90000.0) > -0.9 THEN 0.75 ELSE 0.125 END,
                   CASE WHEN sin(first_trade_id / 90000.0) > -0.9 THEN 0.125 ELSE 0.75 END,
                   volume::float8 / 20, v.version = 2, revision, CASE WHEN v.version = 1 THEN 7.0 END,
                   CASE WHEN v.version = 1 THEN volume::float8 / 20 > 7.0 END, received_at, committed_at, committed_in
              FROM bars CROSS JOIN (VALUES (1), (2)) v(version)
            """;

    private static final String ANOMALIES =
            """
            INSERT INTO anomalies (symbol, open_time, model_id, model_version, score, threshold, is_anomaly, severity, attribution, is_shadow,
                   bar_revision, received_at, committed_at, committed_in)
            SELECT symbol, open_time, 'isolation-' || lower(symbol), 1, 0.4 + volume::float8 / 500, 0.68, volume > 140, volume::float8 / 30,
                   jsonb_build_object('momentum', 0.0625, 'log_volume', -0.03125), false, revision, received_at, committed_at, committed_in
              FROM bars
            """;

    private static final String QUALITY =
            """
            INSERT INTO data_quality
            SELECT s.symbol, timestamptz '2026-01-05T06:00:00.123456Z' + i * interval '97 minutes', k.kind, i * 1000, i * 1000 + 9,
                   CASE WHEN k.kind = 'GAP' THEN i % 3 ELSE 0 END, CASE WHEN k.kind = 'GAP' THEN 10 - i % 3 ELSE 0 END,
                   CASE WHEN i % 5 = 0 THEN '' ELSE 'from "stream", with ' || chr(10) || 'REST' END
              FROM (VALUES ('BTCUSDT'), ('ETHUSDT')) s(symbol)
             CROSS JOIN generate_series(0, 39) i
             CROSS JOIN (VALUES ('GAP'), ('DISCONNECT')) k(kind)
            """;

    private static final String MODELS =
            """
            INSERT INTO models
            SELECT p.role || '-' || lower(s.symbol), v, p.role, s.symbol, 1, repeat('ab', 32), timestamptz '2025-01-01T00:00:00Z', NULL,
                   timestamptz '2026-01-01T00:00:00Z', CASE WHEN v = 1 THEN 'CHAMPION' ELSE 'SHADOW' END, '{"trainer": "test", "rows": [1, 2.5, null]}'
              FROM (VALUES ('BTCUSDT'), ('ETHUSDT')) s(symbol) CROSS JOIN (VALUES ('regime'), ('isolation')) p(role) CROSS JOIN generate_series(1, 2) v
            """;

    private FilledDatabase() {}

    /** Starts one. */
    public static PostgresServer start() throws Exception {
        PostgresServer database = PostgresServer.start().migrated();
        fill(database);
        return database;
    }

    /** Fills an empty one. */
    static void fill(PostgresServer database) throws SQLException {
        database.run(BARS, FEATURES, REGIMES, ANOMALIES, QUALITY, MODELS, "ANALYZE");
    }
}
