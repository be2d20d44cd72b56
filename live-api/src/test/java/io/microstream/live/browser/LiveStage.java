package io.microstream.live.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.live.ApiConfig;
import io.microstream.live.LiveServer;
import io.microstream.live.market.MarketWriter;
import io.microstream.market.DataQuality;
import io.microstream.testing.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * All that a person at the page has before and behind them: a database with a year of one symbol
 * and hours of two more, the live server over it, a browser.
 */
final class LiveStage implements AutoCloseable {

    static final String BTC = "BTCUSDT";
    static final String ETH = "ETHUSDT";
    static final String SOL = "SOLUSDT";

    /** Minutes without a gap before the page is opened. */
    static final int MINUTES = 200;

    private static final Instant FIRST = Instant.parse("2025-01-05T00:00:00Z");
    private static final int HOURS_OF_YEAR = 365 * 24;

    final Chromium chromium;
    final LivePage page;
    final PostgresServer database;
    final MarketWriter market;
    private LiveServer server;

    private LiveStage(Path directory) throws IOException, SQLException {
        database = PostgresServer.start(directory.resolve("postgres")).migrated();
        market = MarketWriter.begin(database.url(), 42, FIRST, BTC, ETH, SOL);
        market.minutes(BTC, HOURS_OF_YEAR, 60);
        market.minutes(ETH, 1, 60 * HOURS_OF_YEAR);
        market.minutes(SOL, 1, 60 * HOURS_OF_YEAR);
        market.minutes(MINUTES);
        market.quality(BTC, DataQuality.Kind.GAP, 0, 12);
        market.quality(BTC, DataQuality.Kind.GAP, 3, 0);
        market.quality(BTC, DataQuality.Kind.DISCONNECT, 0, 0);
        server = LiveServer.start(ApiConfig.loopback(database.url()));
        chromium = Chromium.start();
        page = new LivePage(chromium.driver());
    }

    static LiveStage open() {
        try {
            return new LiveStage(Files.createTempDirectory("live-stage"));
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("The stage was not set up", e);
        }
    }

    URI uri() {
        return server.uri();
    }

    /** A desktop in light theme at the page, nothing remembered of before. */
    void begin() {
        chromium.screen(1280, 900);
        chromium.light();
        chromium.driver().get("about:blank");
        String uri = uri().toString();
        chromium.forget(uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri);
    }

    /** Opens the page at its first symbol. */
    void openPage() {
        page.open(uri(), "");
    }

    void stopServer() {
        server.close();
    }

    /** Starts the server again at the same port. */
    void startServer() {
        int port = server.uri().getPort();
        server = LiveServer.start(ApiConfig.loopback(database.url()).atPort(port));
    }

    /** A server of its own that wants a token; the caller closes it. */
    LiveServer serverWithToken(String token) {
        return LiveServer.start(ApiConfig.loopback(database.url()).withToken(token));
    }

    /** The one value that a query finds in the database. */
    String stored(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url());
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            assertThat(row.next()).as(sql).isTrue();
            return row.getString(1);
        }
    }

    void assertNothingLeftLoopback() {
        assertThat(chromium.traffic().foreign()).as("requests that leave loopback").isEmpty();
    }

    void assertConsoleIsEmpty() {
        assertThat(chromium.complaints()).as("complaints of the console").isEmpty();
    }

    @Override
    public void close() throws IOException {
        chromium.close();
        server.close();
        database.close();
    }
}
