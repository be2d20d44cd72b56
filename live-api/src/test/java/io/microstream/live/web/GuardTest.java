package io.microstream.live.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microstream.live.ApiConfig;
import io.microstream.live.Http;
import io.microstream.live.LiveServer;
import io.microstream.live.SharedServer;
import io.microstream.live.rest.Limits;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuardTest {

    private static final String PATH = "/api/v1/bars?symbol=BTCUSDT&limit=1";

    private static ApiConfig config() {
        return ApiConfig.loopback(SharedServer.filled().url());
    }

    @Test
    void foreignHostsAndOriginsAreRefused() {
        Http http = SharedServer.http();
        String own = http.server().getHost() + ":" + http.server().getPort();
        assertThat(asked(http, "Host: evil.example")).startsWith("HTTP/1.1 403 ");
        assertThat(asked(http, "Host: localhost:1")).startsWith("HTTP/1.1 200 ");
        assertThat(asked(http, "Host: " + own)).startsWith("HTTP/1.1 200 ");
        assertThat(asked(http, "Host: " + own + "\r\nOrigin: http://" + own))
                .startsWith("HTTP/1.1 200 ");
        String foreign = asked(http, "Host: " + own + "\r\nOrigin: https://evil.example");
        assertThat(foreign)
                .startsWith("HTTP/1.1 403 ")
                .contains(
                        "Foreign origin: origin=https://evil.example."
                                + " Only the server's own page may ask from a browser");
        assertThat(asked(http, "Host: " + own + "\r\nOrigin: null")).startsWith("HTTP/1.1 403 ");
    }

    private static String asked(Http http, String headers) {
        return http.raw(
                "GET " + PATH + " HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\n\r\n");
    }

    @Test
    void apiNeedsTheTokenAndThePageDoesNot() {
        try (LiveServer server = LiveServer.start(config().withToken("open sesame 4711"))) {
            Http http = new Http(server.uri());
            HttpResponse<String> without = http.get(PATH);
            assertThat(without.statusCode()).isEqualTo(401);
            assertThat(without.headers().firstValue("www-authenticate"))
                    .contains("Bearer realm=\"microstream\"");
            assertThat(Http.parse(without.body()).get("detail").asText())
                    .isEqualTo(
                            "Token missing: path=/api/v1/bars. Send Authorization: Bearer TOKEN");
            assertThat(http.get(PATH, "Authorization", "Bearer open sesame 4712").statusCode())
                    .isEqualTo(401);
            assertThat(http.get(PATH, "Authorization", "Bearer open sesame 4711").statusCode())
                    .isEqualTo(200);
            assertThat(http.get(PATH + "&token=open%20sesame%204711").statusCode()).isEqualTo(200);
            assertThat(http.get("/metrics").statusCode()).isEqualTo(401);
            for (String detour :
                    List.of("//api/v1/symbols", "/x/../api/v1/symbols", "/%61pi/v1/symbols")) {
                assertThat(
                                http.raw(
                                        "GET "
                                                + detour
                                                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                        .startsWith("HTTP/1.1 401 ");
            }
            assertThat(http.get("/probe.txt").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void networkWithoutTokenIsRefusedAtStart() {
        ApiConfig open = new ApiConfig(config().jdbcUrl(), null, null, "0.0.0.0", 0, null);
        assertThatThrownBy(() -> LiveServer.start(open))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Open to the network without token: host=0.0.0.0."
                                + " Give a token, or bind to 127.0.0.1");
        assertThatThrownBy(() -> LiveServer.start(config().withToken(" ")))
                .hasMessageStartingWith("Token is empty");
    }

    @Test
    void configurationHidesItsSecrets() {
        ApiConfig config =
                new ApiConfig(
                        "jdbc:postgresql://h/d?user=u&password=secret1",
                        null,
                        "secret2",
                        "127.0.0.1",
                        80,
                        "secret3");
        assertThat(config.toString()).doesNotContain("secret").contains("token=***");
    }

    @Test
    void requestsAboveTheRateAreRefused() {
        SetClock clock = new SetClock(Instant.parse("2026-01-05T00:00:00Z"));
        ApiConfig config = config().withLimits(Limits.DEFAULT.withRate(2, 3));
        try (LiveServer server = LiveServer.start(config, clock)) {
            Http http = new Http(server.uri());
            for (int i = 0; i < 3; i++) {
                assertThat(http.get(PATH).statusCode()).isEqualTo(200);
            }
            HttpResponse<String> refused = http.get(PATH);
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("retry-after")).contains("1");
            clock.now = clock.now.plus(Duration.ofMillis(500));
            assertThat(http.get(PATH).statusCode()).isEqualTo(200);
            assertThat(http.get(PATH).statusCode()).isEqualTo(429);
        }
    }

    /** Shows the time it was set to. */
    private static final class SetClock extends Clock {

        private volatile Instant now;

        SetClock(Instant now) {
            this.now = now;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
