package io.microstream.live.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.microstream.live.ApiConfig;
import io.microstream.live.LiveServer;
import io.microstream.testing.PostgresServer;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients that ask for the wrong things, too much or too often, or do not read. */
class AbuseTest {

    private static PostgresServer database;

    @BeforeAll
    static void start() throws Exception {
        database = PostgresServer.start().migrated();
        database.run(TableRows.bar("AAA", 1, "1", true));
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    private static PushServer server(int most, int symbols, int perSecond) {
        return new PushServer(
                database.url(), PushServer.config(PushServer.limits(most, symbols, perSecond)));
    }

    @Test
    void invalidMessagesGetProblemsAndTheConnectionStays() throws Exception {
        try (PushServer server = server(10, 2, 100);
                StreamClient client = StreamClient.open(server.uri())) {
            client.say("{\"type\":");
            assertThat(detail(client))
                    .isEqualTo("Not JSON: column=9 length=8. Send one JSON object a message");
            client.say("{\"type\":\"buy\"}");
            assertThat(detail(client))
                    .isEqualTo(
                            "Unknown message: type=buy. Send subscribe, unsubscribe, ping or seen");
            client.say("{\"type\":\"subscribe\",\"symbols\":[\"A\",\"B\",\"C\"]}");
            assertThat(detail(client))
                    .isEqualTo(
                            "Too many symbols: symbols=3 limit=2. Follow fewer, or the rest on another connection");
            client.say("{\"type\":\"subscribe\",\"symbols\":[\"a b\"]}");
            assertThat(detail(client)).isEqualTo("Not a symbol: symbol=a b. Write it like BTCUSDT");
            client.say("{\"type\":\"seen\",\"latency_ms\":[12,-1]}");
            assertThat(detail(client))
                    .isEqualTo(
                            "Latency out of range: latency_ms=-1. Give milliseconds from 0 to 600000");
            client.say("{\"type\":\"subscribe\",\"symbols\":[\"AAA\"],\"history\":1441}");
            assertThat(detail(client))
                    .isEqualTo(
                            "Minutes out of range: history=1441. Give 0 to 1440; ask REST for older minutes");
            client.sayBytes(new byte[3]);
            assertThat(detail(client)).isEqualTo("Binary message: bytes=3. Send JSON as text");
            client.say("{\"type\":\"ping\",\"at\":17}");
            assertThat(client.next("pong").path("at").asLong()).isEqualTo(17);
            client.say("{\"type\":\"seen\",\"latency_ms\":[100,300]}");
            client.say("{\"type\":\"subscribe\",\"symbols\":[\"AAA\"]}");
            assertThat(client.next("snapshot").path("bars")).hasSize(1);
            assertThat(server.seenLatencies()).isEqualTo(2);
            assertThat(server.clients()).isEqualTo(1);
        }
    }

    private static String detail(StreamClient client) throws InterruptedException {
        JsonNode problem = client.next("problem");
        assertThat(problem.path("status").asInt()).isEqualTo(400);
        return problem.path("detail").asText();
    }

    @Test
    void badFrequentAndLongMessagesEndTheConnection() throws Exception {
        try (PushServer server = server(10, 2, 5);
                StreamClient hopeless = StreamClient.open(server.uri());
                StreamClient noisy = StreamClient.open(server.uri());
                StreamClient wordy = StreamClient.open(server.uri());
                StreamClient huge = StreamClient.open(server.uri())) {
            for (int i = 0; i < 11; i++) {
                hopeless.sayIfOpen("nonsense");
            }
            assertThat(hopeless.closed())
                    .isEqualTo("1008 Too many bad messages: count=11. See the problems sent");
            for (int i = 0; i < 40; i++) {
                noisy.sayIfOpen("{\"type\":\"ping\",\"at\":1}");
            }
            assertThat(noisy.closed()).isEqualTo("1008 Too many messages: limit=5/s. Send fewer");
            wordy.sayIfOpen(" ".repeat(20_000));
            assertThat(wordy.closed())
                    .isEqualTo("1008 Message too long: chars=20000. Send less at once");
            huge.sayIfOpen(" ".repeat(2_000_000));
            assertThat(huge.closed())
                    .isEqualTo("1008 Message too long or malformed. Send less at once");
        }
    }

    @Test
    void clientAboveTheLimitIsRefused() throws Exception {
        try (PushServer server = server(1, 2, 100);
                StreamClient first = StreamClient.open(server.uri())) {
            first.next("hello");
            try (StreamClient second = StreamClient.open(server.uri())) {
                assertThat(second.closed())
                        .isEqualTo("4009 Too many clients: limit=1. Come back later");
            }
            first.say("{\"type\":\"ping\",\"at\":1}");
            first.next("pong");
        }
    }

    @Test
    void clientThatReadsNothingIsDropped() throws Exception {
        PushConfig.ClientLimits impatient = PushServer.limits(10, 2, 100, Duration.ofMillis(1_500));
        try (PushServer server = new PushServer(database.url(), PushServer.config(impatient));
                StreamClient other = StreamClient.open(server.uri());
                Socket silent = new Socket("127.0.0.1", server.uri().getPort())) {
            upgrade(silent, server.uri());
            frame(silent, "{\"type\":\"subscribe\",\"symbols\":[\"CCC\"]}");
            other.say("{\"type\":\"subscribe\",\"symbols\":[\"CCC\"]}");
            other.next("snapshot");
            assertThat(server.clients()).isEqualTo(2);
            int round = 0;
            while (server.clients() > 1) {
                database.run(TableRows.bar("CCC", 2, "1." + ++round, false));
                String close = "1." + round;
                other.next(
                        message -> PushTest.closes(message).stream().anyMatch(close::startsWith));
                assertThat(round).isLessThan(2_000);
            }
            silent.setSoTimeout(10_000);
            String all = new String(silent.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(all).contains("Slow consumer: ping_unanswered_s=");
        }
    }

    private static void upgrade(Socket socket, URI server) throws Exception {
        OutputStream out = socket.getOutputStream();
        out.write(
                ("GET /api/v1/stream HTTP/1.1\r\nHost: 127.0.0.1:"
                                + server.getPort()
                                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                + "Sec-WebSocket-Version: 13\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) in.read());
        }
        assertThat(head.toString()).startsWith("HTTP/1.1 101");
    }

    /** A masked text frame of fewer than 126 bytes; the mask is zero. */
    private static void frame(Socket socket, String text) throws Exception {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        OutputStream out = socket.getOutputStream();
        out.write(new byte[] {(byte) 0x81, (byte) (0x80 | bytes.length), 0, 0, 0, 0});
        out.write(bytes);
        out.flush();
    }

    @Test
    void upgradeNeedsTheTokenAndTheServersOwnOriginAndHost() throws Exception {
        ApiConfig config = ApiConfig.loopback(database.url()).withToken("0123456789abcdef");
        try (LiveServer server = LiveServer.start(config)) {
            assertThatThrownBy(() -> StreamClient.open(server.uri()))
                    .hasRootCauseMessage("Unexpected HTTP response status code 401");
            assertThatThrownBy(() -> StreamClient.open(server.uri(), "?token=wrong"))
                    .hasRootCauseMessage("Unexpected HTTP response status code 401");
            try (StreamClient client = StreamClient.open(server.uri(), "?token=0123456789abcdef")) {
                client.next("hello");
            }
            for (String header : List.of("Origin: http://evil.example", "Host: evil.example")) {
                assertThat(status(server.uri(), header)).isEqualTo("HTTP/1.1 403 Forbidden");
            }
        }
    }

    private static String status(URI server, String header) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.getPort())) {
            String host =
                    header.startsWith("Host")
                            ? header
                            : "Host: 127.0.0.1:" + server.getPort() + "\r\n" + header;
            socket.getOutputStream()
                    .write(
                            ("GET /api/v1/stream?token=0123456789abcdef HTTP/1.1\r\n"
                                            + host
                                            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                            + "Sec-WebSocket-Version: 13\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            byte[] line = socket.getInputStream().readNBytes(22);
            return new String(line, StandardCharsets.US_ASCII);
        }
    }

    @Test
    void stoppingServerClosesConnections() throws Exception {
        PushServer server = server(10, 2, 100);
        try (StreamClient client = StreamClient.open(server.uri())) {
            client.next("hello");
            server.close();
            assertThat(client.closed())
                    .isEqualTo("1001 The server stops. Come back with your cursor");
        }
    }
}
