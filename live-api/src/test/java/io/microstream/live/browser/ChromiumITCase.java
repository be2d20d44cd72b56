package io.microstream.live.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The watch over a page's traffic and console notices what it is there to notice. */
class ChromiumITCase {

    private HttpServer server;
    private Chromium chromium;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(Chromium.installed(), "no /usr/bin/chromium and /usr/bin/chromedriver");
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.start();
        chromium = Chromium.start();
    }

    @AfterEach
    void stop() {
        if (chromium != null) {
            chromium.close();
        }
        if (server != null) {
            server.stop(0);
        }
    }

    private void serve(String html) {
        byte[] bytes = html.getBytes(StandardCharsets.UTF_8);
        server.createContext(
                "/",
                exchange -> {
                    boolean known = exchange.getRequestURI().getPath().equals("/");
                    exchange.sendResponseHeaders(known ? 200 : 404, known ? bytes.length : -1);
                    if (known) {
                        exchange.getResponseBody().write(bytes);
                    }
                    exchange.close();
                });
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        chromium.driver().get(uri.toString());
    }

    @Test
    void foreignRequestsAreDetected() {
        serve(
                "<title>foreign</title><link rel=icon href='data:,'>"
                        + "<img src='https://example.org/a.png'>"
                        + "<script>new WebSocket('ws://feed.example.org/s')</script>");
        new LivePage(chromium.driver())
                .await("both are noticed", () -> chromium.traffic().foreign().size() == 2);
        assertThat(chromium.traffic().foreign())
                .containsExactlyInAnyOrder("https://example.org/a.png", "ws://feed.example.org/s");
        assertThat(String.join(" ", chromium.complaints())).contains("ERR_NAME_NOT_RESOLVED");
    }

    @Test
    void bytesAndComplaintsAreCountedUntilForgotten() {
        serve(
                "<title>loud</title><link rel=icon href='data:,'><p>"
                        + "x".repeat(10_000)
                        + "<script>console.warn('a warning'); console.log('a line'); throw new Error('a fault')</script>");
        LivePage page = new LivePage(chromium.driver());
        page.await("its bytes are counted", () -> chromium.traffic().bytes() > 10_000);
        assertThat(chromium.traffic().bytes()).isLessThan(11_000);
        assertThat(chromium.traffic().foreign()).isEmpty();
        assertThat(String.join(" ", chromium.complaints()))
                .contains("a warning", "a fault")
                .doesNotContain("a line");

        chromium.forget("http://127.0.0.1:" + server.getAddress().getPort());
        assertThat(chromium.traffic().bytes()).isZero();
        assertThat(chromium.complaints()).isEmpty();
    }

    @Test
    void screensHaveTheSizeAskedFor() {
        chromium.phone(360, 780);
        serve(
                "<!doctype html><meta name=viewport content='width=device-width'><link rel=icon href='data:,'><title>size</title>");
        LivePage page = new LivePage(chromium.driver());
        page.await("it is a phone", () -> page.number("window.innerWidth") == 360);
        chromium.screen(1280, 900);
        page.await("it is a desktop", () -> page.number("window.innerWidth") == 1280);
        chromium.dark();
        assertThat(page.script("return matchMedia('(prefers-color-scheme: dark)').matches"))
                .isEqualTo(true);
    }
}
