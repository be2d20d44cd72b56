package io.microstream.live.market;

import io.microstream.market.Bar;
import io.microstream.market.DataQuality;
import io.microstream.tables.ModelRow;
import io.microstream.tables.TableSpec;
import io.microstream.tables.Tables;
import io.microstream.testing.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Fills a {@link PostgresServer} with a plausible market, deterministic by its seed, and goes on
 * with it as the job would: provisional rows that the final ones replace, each call one
 * transaction, stamped with when it was received (25 ms before), committed and in which
 * transaction.
 *
 * <pre>
 * MarketWriter market = MarketWriter.begin(database.url(), 42, Instant.parse("2026-01-05T00:00:00Z"), "BTCUSDT", "ETHUSDT");
 * market.minutes(180);                 // final rows, three hours of both symbols
 * market.provisional("BTCUSDT", 2);    // the next minute, half of it
 * market.finish("BTCUSDT");            // the same minute, final
 * </pre>
 *
 * <p>Each call opens a connection of its own, so the database may be stopped and started between
 * calls. Not thread-safe.
 */
public final class MarketWriter {

    /** Minutes written in one transaction by {@link #minutes}. */
    private static final int CHUNK = 2_000;

    private final String url;
    private final Map<String, SymbolWalk> walks = new LinkedHashMap<>();
    private long nextQualityId = 1;

    private MarketWriter(String url) {
        this.url = url + (url.contains("?") ? "&" : "?") + "reWriteBatchedInserts=true";
    }

    /**
     * A market whose first minute opens at {@code first}; writes the rows of its two models.
     *
     * @param url JDBC URL that may write
     * @param seed equal seeds give equal rows, stamps apart
     * @param first start of a minute
     * @param symbols upper case; prices start at 91,000, 3,100, 150, …
     */
    public static MarketWriter begin(String url, long seed, Instant first, String... symbols)
            throws SQLException {
        MarketWriter writer = new MarketWriter(url);
        double price = 91_000;
        for (String symbol : symbols) {
            writer.walks.put(symbol, new SymbolWalk(symbol, seed, first.toEpochMilli(), price));
            price = price > 10_000 ? 3_100 : 150;
        }
        writer.model(WalkSignals.REGIME_MODEL, "REGIME", first);
        writer.model(WalkSignals.ANOMALY_MODEL, "ANOMALY", first);
        return writer;
    }

    /** Final rows of the next {@code count} minutes of every symbol. */
    public void minutes(int count) throws SQLException {
        for (String symbol : walks.keySet()) {
            minutes(symbol, count, 1);
        }
    }

    /**
     * Final rows of {@code count} minutes, one every {@code stride}: a long history of few rows.
     *
     * @return the last of them
     */
    public MarketMinute minutes(String symbol, int count, int stride) throws SQLException {
        SymbolWalk walk = walk(symbol);
        List<MarketMinute> chunk = new ArrayList<>();
        MarketMinute last = null;
        for (int i = 0; i < count; i++) {
            last = walk.finish(stride * Bar.MINUTE_MS);
            chunk.add(last);
            if (chunk.size() == CHUNK) {
                commit(chunk);
                chunk.clear();
            }
        }
        commit(chunk);
        return last;
    }

    /**
     * Provisional rows of the running minute.
     *
     * @param quarter how much of it is over, 1 to 4 quarters
     */
    public MarketMinute provisional(String symbol, int quarter) throws SQLException {
        MarketMinute minute = walk(symbol).provisional(quarter);
        commit(List.of(minute));
        return minute;
    }

    /** Final rows of the running minute; the next one begins. */
    public MarketMinute finish(String symbol) throws SQLException {
        return minutes(symbol, 1, 1);
    }

    /** Final rows of a minute of ten times the usual range and volume, which is flagged. */
    public MarketMinute shock(String symbol) throws SQLException {
        walk(symbol).shockNext();
        return finish(symbol);
    }

    /** Open time of the minute that runs. */
    public Instant running(String symbol) {
        return Instant.ofEpochMilli(walk(symbol).openTimeMs());
    }

    /** A fault of the feed in the minute that runs. */
    public void quality(String symbol, DataQuality.Kind kind, long missing, long repaired)
            throws SQLException {
        long id = nextQualityId++;
        DataQuality fault =
                new DataQuality(
                        symbol,
                        (walk(symbol).openTimeMs() + id) * 1000,
                        kind,
                        id,
                        id + Math.max(0, missing + repaired - 1),
                        missing,
                        repaired,
                        0,
                        kind
                                + " of the made-up feed: missing="
                                + missing
                                + " repaired="
                                + repaired);
        transaction(
                connection -> MarketRows.write(connection, Tables.DATA_QUALITY, List.of(fault)));
    }

    private void model(String id, String role, Instant effective) throws SQLException {
        ModelRow model =
                new ModelRow(
                        id,
                        WalkSignals.MODEL_VERSION,
                        role,
                        "*",
                        1,
                        "ab".repeat(32),
                        effective.minusSeconds(31 * 86_400).toEpochMilli(),
                        effective.minusSeconds(86_400).toEpochMilli(),
                        effective.toEpochMilli(),
                        "CHAMPION",
                        "{\"trainer\": \"made up\", \"seed\": 42}");
        transaction(connection -> MarketRows.write(connection, Tables.MODELS, List.of(model)));
    }

    private SymbolWalk walk(String symbol) {
        SymbolWalk walk = walks.get(symbol);
        if (walk == null) {
            throw new IllegalArgumentException("No such symbol: symbol=" + symbol);
        }
        return walk;
    }

    private void commit(List<MarketMinute> minutes) throws SQLException {
        if (minutes.isEmpty()) {
            return;
        }
        transaction(
                connection -> {
                    write(connection, Tables.BARS, minutes, MarketMinute::bar);
                    write(connection, Tables.FEATURES, minutes, MarketMinute::features);
                    write(connection, Tables.REGIMES, minutes, MarketMinute::regime);
                    write(connection, Tables.ANOMALIES, minutes, MarketMinute::anomaly);
                });
    }

    private static <T> void write(
            Connection connection,
            TableSpec<T> table,
            List<MarketMinute> minutes,
            Function<MarketMinute, T> row)
            throws SQLException {
        MarketRows.write(connection, table, minutes.stream().map(row).toList());
    }

    private interface Work {
        void in(Connection connection) throws SQLException;
    }

    private void transaction(Work work) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            connection.setAutoCommit(false);
            work.in(connection);
            connection.commit();
        }
    }
}
