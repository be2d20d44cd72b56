package io.microstream.live.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.microstream.live.ApiConfig;
import io.microstream.live.Http;
import io.microstream.live.LiveServer;
import io.microstream.testing.PostgresServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PushTest {

    private static PostgresServer database;
    private static LiveServer server;

    @BeforeAll
    static void start() throws Exception {
        database = PostgresServer.start().migrated();
        server = LiveServer.start(ApiConfig.loopback(database.url()));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        database.close();
    }

    @Test
    void newClientGetsTheNewestMinutesAndThenEveryCommit() throws Exception {
        database.run(
                TableRows.bar("AAA", 1, "10.50", true),
                TableRows.bar("AAA", 2, "11.00", true),
                TableRows.bar("AAA", 3, "12.00", false));
        try (StreamClient client = StreamClient.open(server.uri())) {
            assertThat(client.next("hello").path("interval_ms").asInt()).isEqualTo(100);
            client.say("{\"type\":\"subscribe\",\"symbols\":[\"AAA\"],\"history\":2}");
            JsonNode snapshot = client.next();
            assertThat(snapshot.path("type").asText()).isEqualTo("snapshot");
            assertThat(snapshot.path("bars"))
                    .isEqualTo(
                            new Http(server.uri())
                                    .json(
                                            "/api/v1/bars?symbol=AAA&final=false&from="
                                                    + TableRows.at(2))
                                    .path("items"));
            assertThat(closes(snapshot)).containsExactly("11.00", "12.00");
            database.run(
                    TableRows.bar("AAA", 3, "12.25", false), TableRows.bar("BBB", 3, "1", false));
            JsonNode update = client.next();
            assertThat(update.path("type").asText()).isEqualTo("update");
            assertThat(closes(update)).containsExactly("12.25");
            assertThat(update.has("features")).isFalse();
            assertThat(update.path("cursor").asText())
                    .isNotEqualTo(snapshot.path("cursor").asText());
        }
    }

    static List<String> closes(JsonNode message) {
        List<String> closes = new ArrayList<>();
        message.path("bars").forEach(bar -> closes.add(bar.path("close").asText()));
        return closes;
    }
}
