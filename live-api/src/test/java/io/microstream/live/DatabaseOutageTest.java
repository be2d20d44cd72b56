package io.microstream.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.microstream.testing.PostgresServer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class DatabaseOutageTest {

    private static final String BARS = "/api/v1/bars?symbol=BTCUSDT";

    @Test
    void serverSurvivesALateAndALostDatabase() throws Exception {
        try (PostgresServer database = PostgresServer.start()) {
            try (LiveServer server = LiveServer.start(ApiConfig.loopback(database.url()))) {
                Http http = new Http(server.uri());
                assertThat(detail(http.get(BARS)))
                        .isEqualTo(
                                "The database has no tables of this release yet: sqlstate=42P01."
                                        + " Wait until the job has migrated it");
                database.migrated()
                        .run(
                                "INSERT INTO bars VALUES ('BTCUSDT', '2026-01-05T00:17:00Z', 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, true, true, 0)");
                assertThat(http.json(BARS).get("items")).hasSize(1);
                database.stop();
                assertThat(detail(http.get(BARS))).startsWith("The database is away: sqlstate=");
                JsonNode health = http.json("/api/v1/health");
                assertThat(health.get("status").asText()).isEqualTo("degraded");
                assertThat(health.at("/database/status").asText()).isEqualTo("down");
                database.startAgain();
                assertThat(http.json(BARS).get("items")).hasSize(1);
                assertThat(http.json("/api/v1/health").get("status").asText()).isEqualTo("up");
            }
        }
    }

    private static String detail(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
        assertThat(response.headers().firstValue("retry-after")).contains("2");
        return Http.parse(response.body()).get("detail").asText();
    }
}
