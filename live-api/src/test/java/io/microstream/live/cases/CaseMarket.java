package io.microstream.live.cases;

import io.microstream.market.Bar;
import io.microstream.market.BarBuilder;
import io.microstream.market.Decimal8;
import io.microstream.market.Trade;
import io.microstream.testing.PostgresServer;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/**
 * An hour of a market, written by hand into the tables: calm, then a crash at minute 30 that is
 * flagged, then agitation. Minute 12 has no trades; one trade of minute 20 came too late.
 */
public final class CaseMarket {

    static final String SYMBOL = "BTCUSDT";
    static final long START_MS = Instant.parse("2026-01-05T00:00:00Z").toEpochMilli();
    static final int MINUTES = 61;
    public static final int CRASH = 30;
    static final int EMPTY = 12;
    static final long LATE_ID = 1_500;

    final List<Trade> trades = new ArrayList<>();
    final List<Bar> bars = new ArrayList<>();

    public CaseMarket() {
        Random random = new Random(3);
        long id = 1_000;
        double price = 61_000;
        TreeMap<Integer, BarBuilder> builders = new TreeMap<>();
        for (int minute = 0; minute < MINUTES; minute++) {
            int count = minute == EMPTY ? 0 : 25 + random.nextInt(20) + (minute >= CRASH ? 60 : 0);
            double step = minute == CRASH ? 60 : minute > CRASH ? 22 : 5;
            for (int i = 0; i < count; i++) {
                price += random.nextGaussian() * step - (minute == CRASH ? 12 : 0);
                Trade trade =
                        new Trade(
                                SYMBOL,
                                id,
                                Math.round(price * 100) * 1_000_000L,
                                1 + (long) (random.nextDouble() * 40_000_000),
                                2 * id,
                                2 * id + random.nextInt(2),
                                (START_MS + minute * 60_000L) * 1000 + i * 60_000_000L / count,
                                random.nextDouble() < (minute == CRASH ? 0.9 : 0.5));
                trades.add(trade);
                if (id++ != LATE_ID) {
                    builders.computeIfAbsent(minute, m -> new BarBuilder()).add(trade);
                }
            }
        }
        BigDecimal close = null;
        for (int minute = 0; minute < MINUTES; minute++) {
            long open = START_MS + minute * 60_000L;
            BarBuilder builder = builders.get(minute);
            bars.add(
                    builder == null
                            ? Bar.empty(SYMBOL, open, close, true)
                            : builder.toBar(SYMBOL, open));
            close = bars.get(minute).close();
        }
    }

    static long minuteMs(int minute) {
        return START_MS + minute * 60_000L;
    }

    public static Instant minute(int minute) {
        return Instant.ofEpochMilli(minuteMs(minute));
    }

    /** The trades themselves, as an exchange would give them. */
    CaseTrades exchange() {
        return new CaseTrades() {
            @Override
            public String source() {
                return "a market by hand";
            }

            @Override
            public List<String> read(String symbol, long fromMs, long toMs, Taker taker) {
                for (Trade trade : trades) {
                    if (!taker.take(trade)) {
                        break;
                    }
                }
                return List.of("all trades of " + symbol);
            }
        };
    }

    public void writeTo(PostgresServer database) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url())) {
            connection.setAutoCommit(false);
            for (int minute = 0; minute < MINUTES; minute++) {
                bar(connection, bars.get(minute));
                signals(connection, minute);
            }
            late(connection);
            connection.commit();
        }
        database.run(
                "INSERT INTO models VALUES ('iforest', 3, 'anomaly', 'BTCUSDT', 1, repeat('ab', 32), '2025-01-01T00:00Z',"
                        + " '2025-12-01T00:00Z', '2026-01-01T00:00Z', 'champion', '{\"trees\": 100, \"seed\": 1}')",
                "INSERT INTO models VALUES ('hmm', 2, 'regime', 'BTCUSDT', 1, repeat('cd', 32), '2025-01-01T00:00Z',"
                        + " '2025-12-01T00:00Z', '2026-01-01T00:00Z', 'champion', '{\"states\": 4}')",
                "INSERT INTO models VALUES ('unused', 1, 'regime', 'BTCUSDT', 1, repeat('ef', 32), NULL, NULL,"
                        + " '2026-01-01T00:00Z', 'retired', '{}')",
                "INSERT INTO data_quality VALUES ('BTCUSDT', '2026-01-05T00:25:03.5Z', 'DISCONNECT', 1900, 1900, 0, 0,"
                        + " 'the connection ended: \"reset\", then came back')",
                "INSERT INTO bars VALUES ('BTCUSDT', '2026-01-05T01:01:00Z', 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, false, false, -2)");
    }

    private static void bar(Connection connection, Bar bar) throws SQLException {
        insert(
                connection,
                "INSERT INTO bars (symbol, open_time, open, high, low, close, volume, quote_volume,"
                        + " taker_buy_volume, taker_buy_quote_volume, trade_count, first_trade_id, last_trade_id,"
                        + " is_final, complete, revision) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                bar.symbol(),
                time(bar.openTimeMs()),
                bar.open(),
                bar.high(),
                bar.low(),
                bar.close(),
                bar.volume(),
                bar.quoteVolume(),
                bar.takerBuyVolume(),
                bar.takerBuyQuoteVolume(),
                bar.tradeCount(),
                bar.firstTradeId() < 0 ? null : bar.firstTradeId(),
                bar.lastTradeId() < 0 ? null : bar.lastTradeId(),
                true,
                true,
                0);
    }

    private static void signals(Connection connection, int minute) throws SQLException {
        Object open = time(minuteMs(minute));
        boolean crash = minute == CRASH || minute == CRASH + 1;
        double calm = minute < CRASH ? 0.95 - 0.01 * (minute % 7) : 0.05;
        double crisis = crash ? 0.9 : minute < CRASH ? 0.01 : 0.2;
        insert(
                connection,
                "INSERT INTO features (symbol, open_time, schema_version, momentum, volatility_proxy,"
                        + " activity_ratio, bar_revision) VALUES (?,?,1,?,?,?,0)",
                SYMBOL,
                open,
                minute / 1000.0,
                crash ? 0.02 : 0.001,
                minute < 5 ? null : 1.0 + minute % 3);
        insert(
                connection,
                "INSERT INTO regimes VALUES (?,?,'hmm',2,?,'STABLE_LIQUIDITY',?,?,?,?,false,0,8.5,?)",
                SYMBOL,
                open,
                crash
                        ? "LIQUIDITY_CRISIS"
                        : minute < CRASH ? "STABLE_LIQUIDITY" : "HIGH_VOLATILITY",
                calm,
                1 - calm - crisis,
                crisis,
                crash ? 14.5 : 2.0,
                crash);
        insert(
                connection,
                "INSERT INTO anomalies VALUES (?,?,'iforest',3,?,0.62,?,?,?::jsonb,false,0)",
                SYMBOL,
                open,
                crash ? 0.71 : 0.42 + 0.01 * (minute % 5),
                crash,
                crash ? 9.25 : 1.5,
                "{\"volume_surge\": 0.15, \"range_surge\": 0.05, \"momentum\": 0.01}");
    }

    private void late(Connection connection) throws SQLException {
        Trade late = trades.get((int) (LATE_ID - 1_000));
        insert(
                connection,
                "INSERT INTO late_trades VALUES (?,?,?,?,?,?,?,?,?)",
                SYMBOL,
                late.id(),
                Decimal8.toBigDecimal(late.price()),
                Decimal8.toBigDecimal(late.quantity()),
                late.firstTradeId(),
                late.lastTradeId(),
                time(late.timeUs() / 1000),
                late.buyerIsMaker(),
                time(late.minuteMs()));
    }

    private static void insert(Connection connection, String sql, Object... values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    private static OffsetDateTime time(long ms) {
        return Instant.ofEpochMilli(ms).atOffset(ZoneOffset.UTC);
    }
}
