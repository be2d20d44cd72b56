package io.microstream.binance.transport.rest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.microstream.binance.transport.rest.RestException.Kind;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class JdkRestTransportTest {

    private final JdkRestTransport transport =
            new JdkRestTransport(Duration.ofSeconds(10), 10_000, true, null);
    private final JdkRestTransport hasty =
            new JdkRestTransport(Duration.ofMillis(300), 10_000, false, null);
    private final CountDownLatch over = new CountDownLatch(1);

    @AfterEach
    void close() {
        over.countDown();
        transport.close();
        hasty.close();
    }

    private void untilOver() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static RestException failure(JdkRestTransport transport, URI uri) {
        Throwable failure = catchThrowable(() -> transport.get(uri).join());
        assertThat(failure).isInstanceOf(CompletionException.class);
        return NoConnection.of(uri, failure.getCause());
    }

    @Test
    void asksForMicrosecondsAndHandsOutStatusHeadersAndBody() throws Exception {
        byte[] answer =
                Loopback.response(418, "X-MBX-USED-WEIGHT-1M: 57\r\nRetry-After: 9\r\n", "{}");
        try (Loopback server = new Loopback((head, out) -> out.write(answer))) {
            RestResponse response = transport.get(server.url("/api/v3/time?a=%5B")).join();
            assertThat(response.status()).isEqualTo(418);
            assertThat(response.body()).asString().isEqualTo("{}");
            assertThat(response.lowerCaseHeaders())
                    .containsAllEntriesOf(Map.of("x-mbx-used-weight-1m", "57", "retry-after", "9"));
            assertThat(server.heads.get(0))
                    .startsWith("GET /api/v3/time?a=%5B HTTP/1.1\r\n")
                    .containsIgnoringCase("X-MBX-TIME-UNIT: MICROSECOND\r\n");
            hasty.get(server.url("/")).join();
            assertThat(server.heads.get(1)).doesNotContainIgnoringCase("X-MBX");
        }
    }

    @Test
    void doesNotFollowARedirect() throws Exception {
        byte[] answer = Loopback.response(302, "Location: http://elsewhere.test/\r\n", "");
        try (Loopback server = new Loopback((head, out) -> out.write(answer))) {
            assertThat(transport.get(server.url("/")).join().status()).isEqualTo(302);
        }
    }

    @Test
    void aBodyThatBreaksOffIsUnreadable() throws Exception {
        byte[] whole = Loopback.response(200, "", "x".repeat(1_000));
        try (Loopback server =
                new Loopback((head, out) -> out.write(whole, 0, whole.length - 600))) {
            RestException failure = failure(transport, server.url("/x"));
            assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE);
            assertThat(failure)
                    .hasMessageMatching(".*url=http://127.* body broke off after bytes=[0-9]+");
        }
        byte[] chunked =
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n[1,2,\r\n"
                        .getBytes(ISO_8859_1);
        try (Loopback server = new Loopback((head, out) -> out.write(chunked))) {
            assertThat(failure(transport, server.url("/x")).kind()).isEqualTo(Kind.UNREADABLE);
        }
    }

    @Test
    void aBodyThatIsTooLargeIsNotReadToItsEnd() throws Exception {
        byte[] large = Loopback.response(200, "", "x".repeat(10_001));
        byte[] fits = Loopback.response(200, "", "x".repeat(10_000));
        try (Loopback server = new Loopback((head, out) -> out.write(large))) {
            RestException failure = failure(transport, server.url("/x"));
            assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE);
            assertThat(failure).hasMessageContaining("body is larger than bytes=10000");
        }
        try (Loopback server = new Loopback((head, out) -> out.write(fits))) {
            assertThat(transport.get(server.url("/x")).join().body()).hasSize(10_000);
        }
    }

    @Test
    void anAnswerThatDoesNotComeOrTricklesTimesOut() throws Exception {
        byte[] half = Loopback.response(200, "", "x".repeat(1_000));
        try (Loopback silent = new Loopback((head, out) -> untilOver());
                Loopback slow =
                        new Loopback(
                                (head, out) -> {
                                    out.write(half, 0, half.length - 1);
                                    out.flush();
                                    untilOver();
                                })) {
            assertThat(failure(hasty, silent.url("/x")).kind()).isEqualTo(Kind.TIMED_OUT);
            RestException failure = failure(hasty, slow.url("/x"));
            assertThat(failure.kind()).isEqualTo(Kind.TIMED_OUT);
            assertThat(failure).hasMessage("No answer in time: url=" + slow.url("/x"));
        }
    }

    @Test
    void nobodyListeningIsRefused() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        RestException failure = failure(transport, URI.create("http://127.0.0.1:" + port + "/x"));
        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure)
                .hasMessage(
                        "Connection refused: host=127.0.0.1 port=%d. Check the base URL, and that the"
                                + " server runs",
                        port);
    }

    @Test
    void aHostThatDoesNotExistIsNamed() {
        RestException failure = failure(transport, URI.create("https://no-such-host.invalid/x"));
        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure)
                .hasMessage(
                        "Host not found: host=no-such-host.invalid. Check the base URL, the internet"
                                + " connection and the name service");
    }

    @Test
    void aConnectionThatEndsWithoutAnAnswerIsUnreachable() throws Exception {
        try (Loopback server = new Loopback((head, out) -> out.flush())) {
            RestException failure = failure(transport, server.url("/x"));
            assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(failure).hasMessageStartingWith("Connection broke: host=127.0.0.1 port=");
        }
    }

    @Test
    void closingGivesUpWhatIsUnderWay() throws Exception {
        try (Loopback silent = new Loopback((head, out) -> untilOver())) {
            CompletableFuture<RestResponse> open = transport.get(silent.url("/x"));
            transport.close();
            assertThat(open).isCancelled();
            assertThat(catchThrowable(() -> transport.get(silent.url("/x")).join()))
                    .hasCauseInstanceOf(IOException.class)
                    .hasMessageContaining("REST transport is closed");
        }
    }
}
