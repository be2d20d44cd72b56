package io.microstream.live.push;

import com.fasterxml.jackson.databind.JsonNode;
import io.microstream.live.Http;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A client of the JDK, which knows nothing of the server's library. Keeps all messages. */
final class StreamClient implements WebSocket.Listener, AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final long PATIENCE_S = 20;

    private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private WebSocket socket;

    static StreamClient open(URI server) {
        return open(server, "");
    }

    static StreamClient open(URI server, String query) {
        StreamClient client = new StreamClient();
        client.socket =
                CLIENT.newWebSocketBuilder()
                        .buildAsync(
                                URI.create(
                                        server.toString().replace("http:", "ws:")
                                                + "/api/v1/stream"
                                                + query),
                                client)
                        .join();
        return client;
    }

    void say(String message) {
        socket.sendText(message, true).join();
    }

    /** The same where the server may close meanwhile: then it is not said. */
    void sayIfOpen(String message) {
        socket.sendText(message, true).exceptionally(closedMeanwhile -> socket).join();
    }

    void sayBytes(byte[] message) {
        socket.sendBinary(java.nio.ByteBuffer.wrap(message), true).join();
    }

    /** The next message. */
    JsonNode next() throws InterruptedException {
        JsonNode message = received.poll(PATIENCE_S, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("No message within s=" + PATIENCE_S);
        }
        return message;
    }

    /** The next message of a type; those before it are passed over. */
    JsonNode next(String type) throws InterruptedException {
        return next(message -> message.path("type").asText().equals(type));
    }

    JsonNode next(Predicate<JsonNode> wanted) throws InterruptedException {
        JsonNode message = next();
        while (!wanted.test(message)) {
            message = next();
        }
        return message;
    }

    /** Code and reason of the close: {@code 1001 The server stops}. */
    String closed() throws Exception {
        return closed.get(PATIENCE_S, TimeUnit.SECONDS);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            received.add(Http.parse(partial.toString()));
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code + " " + reason);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.completeExceptionally(error);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
