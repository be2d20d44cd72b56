package io.microstream.live.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.microstream.testing.PostgresServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutageTest {

    @Test
    void clientsGetEachRowOnceAcrossADatabaseOutage() throws Exception {
        try (PostgresServer database = PostgresServer.start().migrated();
                PushServer server =
                        new PushServer(
                                database.url(), PushServer.config(PushServer.limits(10, 10, 100)));
                StreamClient stays = StreamClient.open(server.uri());
                StreamClient leaves = StreamClient.open(server.uri())) {
            database.run(TableRows.bar("AAA", 0, "0", true));
            for (StreamClient client : List.of(stays, leaves)) {
                client.say("{\"type\":\"subscribe\",\"symbols\":[\"AAA\"]}");
                assertThat(PushTest.closes(client.next("snapshot"))).containsExactly("0");
            }
            database.run(TableRows.bar("AAA", 1, "1", true));
            assertThat(PushTest.closes(stays.next("update"))).containsExactly("1");
            String cursor = leaves.next("update").path("cursor").asText();
            leaves.close();
            database.stop();
            assertThat(stays.next("status").path("database").asText()).isEqualTo("down");
            try (StreamClient late = StreamClient.open(server.uri())) {
                assertThat(late.next("status").path("database").asText()).isEqualTo("down");
            }
            database.startAgain();
            for (int minute = 2; minute < 12; minute++) {
                database.run(TableRows.bar("AAA", minute, "" + minute, true));
            }
            String[] missed = {"2", "3", "4", "5", "6", "7", "8", "9", "10", "11"};
            assertThat(rowsAndStatus(stays, missed.length)).containsExactlyInAnyOrder(missed);
            try (StreamClient back = StreamClient.open(server.uri())) {
                back.say(
                        "{\"type\":\"subscribe\",\"symbols\":[\"AAA\"],\"cursor\":\""
                                + cursor
                                + "\"}");
                back.next("resumed");
                assertThat(updates(back, missed.length)).containsExactlyInAnyOrder(missed);
            }
            database.run(TableRows.bar("AAA", 12, "12", true));
            assertThat(updates(stays, 1)).containsExactly("12");
        }
    }

    /** The first poll that succeeds may send rows before the status. */
    private static List<String> rowsAndStatus(StreamClient client, int rows)
            throws InterruptedException {
        List<String> closes = new ArrayList<>();
        String database = "down";
        while (closes.size() < rows || !database.equals("up")) {
            JsonNode message = client.next(any -> true);
            closes.addAll(PushTest.closes(message));
            database = message.path("database").asText(database);
        }
        return closes;
    }

    private static List<String> updates(StreamClient client, int rows) throws InterruptedException {
        List<String> closes = new ArrayList<>();
        while (closes.size() < rows) {
            JsonNode update = client.next("update");
            closes.addAll(PushTest.closes(update));
        }
        return closes;
    }
}
