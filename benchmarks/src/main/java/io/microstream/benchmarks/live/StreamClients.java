package io.microstream.benchmarks.live;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** WebSocket clients in this process; all subscribe to the same symbols and read every message. */
final class StreamClients implements AutoCloseable {

    private static final byte[] COMMITTED =
            "\"committed_at\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] UPDATE = "{\"type\":\"update\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SNAPSHOT =
            "{\"type\":\"snapshot\"".getBytes(StandardCharsets.US_ASCII);

    private static final int MOST_CLIENTS = 100_000;

    private final Vertx vertx = Vertx.vertx();
    private final WebSocketClient client;
    private final AtomicInteger snapshots = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final List<Received> clients = new ArrayList<>();
    private volatile boolean measuring;

    /** The rows that one client has received; only its event loop writes while it runs. */
    private static final class Received {
        private long[] micros = new long[1024];
        private int count;
        private volatile long newest;

        void add(long committed, long now, boolean measured) {
            newest = Math.max(newest, committed);
            if (measured) {
                if (count == micros.length) {
                    micros = Arrays.copyOf(micros, 2 * count);
                }
                micros[count++] = now - committed;
            }
        }
    }

    StreamClients() {
        client =
                vertx.createWebSocketClient(
                        new WebSocketClientOptions()
                                .setMaxFrameSize(16 << 20)
                                .setMaxMessageSize(16 << 20)
                                .setMaxConnections(MOST_CLIENTS));
    }

    /** Connects another client and sends its subscription. */
    void connect(URI server, String subscribe) {
        Received mine = new Received();
        clients.add(mine);
        client.connect(server.getPort(), server.getHost(), "/api/v1/stream")
                .onSuccess(
                        socket -> {
                            socket.closeHandler(gone -> closed.incrementAndGet());
                            socket.frameHandler(
                                    frame -> {
                                        if (frame.isText()) {
                                            onMessage(mine, frame.binaryData().getBytes());
                                        }
                                    });
                            socket.writeTextMessage(subscribe);
                        })
                .onFailure(
                        failure -> {
                            closed.incrementAndGet();
                            System.err.println("Client not connected: " + failure.getMessage());
                        });
    }

    private void onMessage(Received mine, byte[] message) {
        if (measuring) {
            messages.incrementAndGet();
            bytes.addAndGet(message.length);
        }
        if (begins(message, SNAPSHOT)) {
            snapshots.incrementAndGet();
        } else if (begins(message, UPDATE)) {
            Instant now = Instant.now();
            long nowMicros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
            for (int at = find(message, 0); at >= 0; at = find(message, at)) {
                mine.add(micros(message, at), nowMicros, measuring);
            }
        }
    }

    private static boolean begins(byte[] message, byte[] with) {
        return message.length >= with.length
                && Arrays.equals(message, 0, with.length, with, 0, with.length);
    }

    /** Returns where the next commit time begins in a message, or −1 if there is none. */
    private static int find(byte[] message, int from) {
        for (int i = from; i <= message.length - COMMITTED.length; i++) {
            if (message[i + 1] == 'c'
                    && Arrays.equals(
                            message, i, i + COMMITTED.length, COMMITTED, 0, COMMITTED.length)) {
                return i + COMMITTED.length;
            }
        }
        return -1;
    }

    private static long micros(byte[] message, int from) {
        int to = from;
        while (message[to] != '"') {
            to++;
        }
        Instant time =
                Instant.parse(new String(message, from, to - from, StandardCharsets.US_ASCII));
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
    }

    void measure(boolean on) {
        measuring = on;
    }

    int snapshots() {
        return snapshots.get();
    }

    int closed() {
        return closed.get();
    }

    long messages() {
        return messages.get();
    }

    long bytes() {
        return bytes.get();
    }

    /**
     * Counts the clients that have received no row committed at {@code committed} (µs since the
     * epoch) or later.
     */
    long without(long committed) {
        return clients.stream().filter(each -> each.newest < committed).count();
    }

    /**
     * Returns the microseconds from commit to receipt of all rows received while measuring,
     * ascending.
     */
    long[] latencies() {
        long[] all = new long[clients.stream().mapToInt(each -> each.count).sum()];
        int at = 0;
        for (Received each : clients) {
            System.arraycopy(each.micros, 0, all, at, each.count);
            at += each.count;
        }
        Arrays.sort(all);
        return all;
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
