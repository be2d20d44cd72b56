package io.microstream.standalone.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A minimal client of the page and its API that records what the server pushes. */
final class PageVisitor implements WebSocket.Listener, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI page;
    private final StringBuilder text = new StringBuilder();
    private final List<JsonNode> messages = new CopyOnWriteArrayList<>();
    private WebSocket socket;
    private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();

    PageVisitor(int port) {
        this.page = URI.create("http://127.0.0.1:" + port);
    }

    /** Returns a port that was free a moment ago. */
    static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(page.resolve(path)).timeout(Duration.ofSeconds(10));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    JsonNode json(String path) throws Exception {
        return json.readTree(get(path).body());
    }

    /** Returns whether the page's port refuses connections. */
    boolean isRefused() throws Exception {
        try {
            get("/");
            return false;
        } catch (ConnectException e) {
            return true;
        }
    }

    /** Subscribes to a symbol over WebSocket. */
    void subscribe(String symbol) {
        URI stream = URI.create("ws://" + page.getAuthority() + "/api/v1/stream");
        socket = http.newWebSocketBuilder().buildAsync(stream, this).join();
        socket.sendText(
                        "{\"type\":\"subscribe\",\"symbols\":[\"%s\"],\"history\":5}"
                                .formatted(symbol),
                        true)
                .join();
    }

    /** Returns every bar that was pushed in updates, in order. */
    List<JsonNode> pushedBars() {
        List<JsonNode> bars = new ArrayList<>();
        for (JsonNode message : messages) {
            if (message.path("type").asText().equals("update")) {
                message.path("bars").forEach(bars::add);
            }
        }
        return bars;
    }

    /** Returns the types of the messages received, in order. */
    List<String> types() {
        return messages.stream().map(message -> message.path("type").asText()).toList();
    }

    /** Waits until the WebSocket is closed and returns its close code. */
    int closeCode() throws Exception {
        return closeCode.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            try {
                messages.add(json.readTree(text.toString()));
            } catch (JsonProcessingException e) {
                throw new AssertionError("Message is no JSON: " + text, e);
            } finally {
                text.setLength(0);
            }
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closeCode.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closeCode.completeExceptionally(error);
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.abort();
        }
    }
}
