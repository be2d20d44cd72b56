package io.microstream.live.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.live.Http;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class UnreadBytesTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: localhost\r\n";

    @Test
    @Timeout(60)
    void unreadResponsesAreLimited() throws Exception {
        UnreadBytes unread = new UnreadBytes(20 << 20);
        Vertx vertx = Vertx.vertx();
        try (Socket silent = new Socket()) {
            int port = serve(vertx, unread, 16 << 20);
            silent.setReceiveBufferSize(4096);
            silent.connect(new InetSocketAddress("127.0.0.1", port));
            say(silent, GET + "\r\n");
            assertThat(silent.getInputStream().read()).isEqualTo('H');
            Http http = new Http(URI.create("http://127.0.0.1:" + port));
            assertThat(http.raw(GET + "Connection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 503 ")
                    .contains(
                            "Too many answers are not read yet: bytes=16777216 limit=20971520."
                                    + " Read them, or try again shortly");
            silent.close();
            awaitNone(unread);
            assertThat(http.raw(GET + "Connection: close\r\n\r\n")).startsWith("HTTP/1.1 200 ");
            awaitNone(unread);
        } finally {
            vertx.close().await();
        }
    }

    private static int serve(Vertx vertx, UnreadBytes unread, int length) {
        byte[] body = new byte[length];
        ApiResponse answer = new ApiResponse(200, ApiResponse.ZIP, body, Map.of());
        Router router = Router.router(vertx);
        router.route()
                .handler(context -> ResponseWriter.send(context, answer, unread))
                .failureHandler(
                        context ->
                                ResponseWriter.problem(
                                        context, ((ProblemException) context.failure()).problem()));
        return vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();
    }

    private static void awaitNone(UnreadBytes unread) {
        while (unread.now() > 0) {
            Thread.onSpinWait();
        }
    }

    private static void say(Socket socket, String text) throws Exception {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}
