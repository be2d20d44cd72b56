package io.microstream.binance.replay.exchange.server;

import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The JDK's WebSocket client, writing down what comes, replies apart. */
final class SocketClient implements WebSocket.Listener {

    private static final long PATIENCE_SECONDS = 20;

    final List<String> texts = new ArrayList<>();
    final List<String> replies = new ArrayList<>();
    final CompletableFuture<String> end = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private final CompletableFuture<Void> enough = new CompletableFuture<>();
    private final int wanted;
    private int parts;
    private WebSocket socket;

    private SocketClient(int wanted) {
        this.wanted = wanted;
    }

    /** Connects and asks for everything; {@link #awaitTexts} returns after {@code wanted} texts. */
    static SocketClient open(HttpClient http, URI uri, int wanted) {
        SocketClient client = new SocketClient(wanted);
        client.socket = await(http.newWebSocketBuilder().buildAsync(uri, client));
        return client;
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        parts++;
        if (last) {
            String whole = text.toString();
            text.setLength(0);
            take(whole);
        }
        webSocket.request(1);
        return null;
    }

    private void take(String whole) {
        synchronized (texts) {
            (whole.startsWith("{\"result\"") ? replies : texts).add(whole);
            if (texts.size() == wanted) {
                enough.complete(null);
            }
        }
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
        end.complete(code + " " + reason);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        // A reset is a SocketException to a read and an IOException to a write, whichever meets it.
        boolean reset = error instanceof IOException && !(error instanceof EOFException);
        end.complete("error " + (reset ? "reset" : error.getClass().getSimpleName()));
    }

    void send(String message) {
        await(socket.sendText(message, true));
    }

    List<String> awaitTexts() {
        await(enough);
        synchronized (texts) {
            return List.copyOf(texts);
        }
    }

    String awaitEnd() {
        return await(end);
    }

    /** How many pieces the messages came in. */
    int parts() {
        return parts;
    }

    void abort() {
        socket.abort();
    }

    static <T> T await(CompletableFuture<T> future) {
        return future.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
