package io.microstream.benchmarks.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A client of the live server's push: takes every message's time of arrival, then reads it.
 *
 * <p>The client's thread writes the delays; whoever measures reads them when it is closed.
 */
final class PushedRows implements WebSocket.Listener, AutoCloseable {

    final Delays receivedToClient = new Delays();
    final Delays receivedToCommitted = new Delays();
    final Delays committedToSent = new Delays();
    final Delays sentToClient = new Delays();
    final Delays finalToClient = new Delays();
    final Delays scoreToClient = new Delays();
    final Delays tradeToClient = new Delays();

    private final ObjectMapper json = new ObjectMapper();
    private final InstantSource clock = InstantSource.system();
    private final StringBuilder text = new StringBuilder();
    private final HttpClient http = HttpClient.newHttpClient();
    private WebSocket socket;
    private volatile String end;

    /** Subscribes to all tables of the symbols. */
    static PushedRows of(URI page, List<String> symbols) {
        PushedRows rows = new PushedRows();
        URI stream =
                URI.create(page.toString().replaceFirst("^http", "ws")).resolve("/api/v1/stream");
        rows.socket = rows.http.newWebSocketBuilder().buildAsync(stream, rows).join();
        String names = "\"" + String.join("\",\"", symbols) + "\"";
        rows.socket
                .sendText(
                        "{\"type\":\"subscribe\",\"symbols\":[" + names + "],\"history\":1}", true)
                .join();
        return rows;
    }

    /** Ends the warm-up: discards the delays measured so far. */
    void begin() {
        List.of(
                        receivedToClient,
                        receivedToCommitted,
                        committedToSent,
                        sentToClient,
                        finalToClient,
                        scoreToClient,
                        tradeToClient)
                .forEach(Delays::clear);
    }

    /** Returns why the connection ended, or null while it is open. */
    String end() {
        return end;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            long nowMs = clock.millis();
            try {
                take(json.readTree(text.toString()), nowMs);
            } catch (JsonProcessingException e) {
                end = "Message is no JSON: " + e.getOriginalMessage();
            }
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        end = "Server closed: code=" + code + " reason=" + reason;
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        end = error.toString();
    }

    private void take(JsonNode message, long nowMs) {
        if (message.path("type").asText().equals("problem")) {
            end = "Server refused: detail=" + message.path("detail").asText();
        }
        if (!message.path("type").asText().equals("update")) {
            return;
        }
        long sentMs = message.path("sent_at_ms").asLong();
        for (JsonNode bar : message.path("bars")) {
            takeBar(bar, sentMs, nowMs);
        }
        for (JsonNode row : message.path("anomalies")) {
            if (isProvisional(row)) {
                scoreToClient.add(nowMs - millis(row, "received_at"));
            }
        }
    }

    private void takeBar(JsonNode bar, long sentMs, long nowMs) {
        ReceivedTrades.contained(
                bar.path("symbol").asText(),
                bar.path("last_trade_id").asLong(),
                receivedMs -> tradeToClient.add(nowMs - receivedMs));
        long receivedMs = millis(bar, "received_at");
        if (!isProvisional(bar)) {
            finalToClient.add(nowMs - receivedMs);
            return;
        }
        long committedMs = millis(bar, "committed_at");
        receivedToClient.add(nowMs - receivedMs);
        receivedToCommitted.add(committedMs - receivedMs);
        committedToSent.add(sentMs - committedMs);
        sentToClient.add(nowMs - sentMs);
    }

    private static boolean isProvisional(JsonNode row) {
        return !row.path("is_final").asBoolean() && row.hasNonNull("received_at");
    }

    private static long millis(JsonNode row, String field) {
        return row.hasNonNull(field) ? Instant.parse(row.get(field).asText()).toEpochMilli() : 0;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
