package io.microstream.live.push;

import com.fasterxml.jackson.databind.JsonNode;
import io.microstream.live.Http;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A listener without a network: merges what it receives as the protocol asks of clients, and counts
 * how often it received each version of a row.
 */
final class Recorder implements Listener {

    private final Map<String, JsonNode> state;
    private final Map<String, Integer> receivedOnThisConnection = new TreeMap<>();
    private final List<JsonNode> messages = new ArrayList<>();
    private long backlog;
    private String cursor;

    Recorder() {
        this(new TreeMap<>());
    }

    private Recorder(Map<String, JsonNode> state) {
        this.state = state;
    }

    /** The same client on a new connection: it keeps its rows and its cursor. */
    Recorder reconnected() {
        Recorder next = new Recorder(state);
        next.cursor = cursor;
        return next;
    }

    @Override
    public long backlog() {
        return backlog;
    }

    void setBacklog(long bytes) {
        backlog = bytes;
    }

    @Override
    public void send(byte[] bytes) {
        JsonNode message = Http.parse(new String(bytes, StandardCharsets.UTF_8));
        messages.add(message);
        if (message.has("cursor")) {
            cursor = message.path("cursor").asText();
        }
        boolean isUpdate = message.path("type").asText().equals("update");
        for (String table : List.of("bars", "features", "regimes", "anomalies", "quality")) {
            for (JsonNode row : message.path(table)) {
                merge(table, row, isUpdate);
            }
        }
    }

    private void merge(String table, JsonNode row, boolean isUpdate) {
        String key = key(table, row);
        if (isUpdate) {
            receivedOnThisConnection.merge(
                    key + " " + row.path("committed_at").asText(), 1, Integer::sum);
        }
        state.put(key, row);
    }

    /** What makes a row one of its kind. */
    static String key(String table, JsonNode row) {
        String time = row.path(table.equals("quality") ? "detected_at" : "open_time").asText();
        return String.join(
                " ", table, row.path("symbol").asText(), time, row.path("first_id").asText());
    }

    String cursor() {
        return cursor;
    }

    /** TableRows by table, symbol and time, as this client has them. */
    Map<String, JsonNode> state() {
        return state;
    }

    /** How often each version of a row was in an update since the connection began. */
    Map<String, Integer> received() {
        return receivedOnThisConnection;
    }

    List<JsonNode> messages() {
        return messages;
    }

    /** Types of the messages so far. */
    List<String> types() {
        return messages.stream().map(message -> message.path("type").asText()).toList();
    }
}
