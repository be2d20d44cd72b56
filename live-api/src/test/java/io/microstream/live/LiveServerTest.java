package io.microstream.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.testing.PostgresServer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LiveServerTest {

    private static PostgresServer database;
    private static LiveServer server;
    private static Http http;

    @BeforeAll
    static void start() throws Exception {
        database = PostgresServer.start().migrated();
        database.run(
                "INSERT INTO bars VALUES ('BTCUSDT', '2026-01-05T00:17:00Z', 100.10000000, 101, 99.5, 100.5, 12.00000000, 1206.5, NULL, NULL, 7, 1, 9, true, true, 0, '2026-01-05T00:17:59.987Z', '2026-01-05T00:18:00.5Z')",
                "INSERT INTO bars VALUES ('BTCUSDT', '2026-01-05T00:18:00Z', 100.5, 101, 99.5, 100.5, 12, 1206.5, 3, 4, 7, 10, 19, false, false, -2)");
        server = LiveServer.start(ApiConfig.loopback(database.url()));
        http = new Http(server.uri());
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        database.close();
    }

    @Test
    void barsComeWithEveryDigit() {
        assertThat(http.json("/api/v1/bars?symbol=BTCUSDT"))
                .isEqualTo(
                        Http.parse(
                                """
                                {"items": [{
                                  "symbol": "BTCUSDT", "open_time": "2026-01-05T00:17:00Z",
                                  "open": "100.10000000", "high": "101", "low": "99.5", "close": "100.5",
                                  "volume": "12.00000000", "quote_volume": "1206.5",
                                  "taker_buy_volume": null, "taker_buy_quote_volume": null,
                                  "trade_count": 7, "first_trade_id": 1, "last_trade_id": 9,
                                  "is_final": true, "complete": true, "revision": 0,
                                  "received_at": "2026-01-05T00:17:59.987Z",
                                  "committed_at": "2026-01-05T00:18:00.500Z"}],
                                 "next": null}
                                """));
    }

    @Test
    void tooLargeLimitIsRefusedInOneLine() {
        HttpResponse<String> response = http.get("/api/v1/bars?symbol=BTCUSDT&limit=20000");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("content-type"))
                .contains("application/problem+json");
        assertThat(Http.parse(response.body()))
                .isEqualTo(
                        Http.parse(
                                """
                                {"type": "urn:microstream:problem:bad-parameter",
                                 "title": "Bad parameter", "status": 400,
                                 "detail": "Limit must be 1 to 10000: limit=20000. Give a smaller limit and follow next",
                                 "parameter": "limit"}
                                """));
    }
}
