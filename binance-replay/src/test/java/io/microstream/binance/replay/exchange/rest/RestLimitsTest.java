package io.microstream.binance.replay.exchange.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class RestLimitsTest {

    private static final long SECOND = HandlerClient.SECOND;

    private final StubMarket market = new StubMarket().list("BTCUSDT", 10, List.of());
    private final HandlerClient client = new HandlerClient(market);

    @Test
    void theWholeLimitIsServedAndNotOneMore() {
        use(6_000);
        RestAnswer answer = client.get("ping");
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.headers())
                .containsEntry("X-MBX-USED-WEIGHT-1M", "6001")
                .containsEntry("Retry-After", "60");
        assertThat(HandlerClient.text(answer))
                .isEqualTo(
                        "{\"code\":-1003,\"msg\":\"Too much request weight used; current limit is"
                                + " 6000 request weight per 1 MINUTE. Please use WebSocket"
                                + " Streams for live updates to avoid polling the API.\"}");
    }

    @Test
    void retryAfterReachesToTheNextWindow() {
        use(6_000);
        client.nowNanos += 14 * SECOND + 1;
        assertThat(client.get("ping").headers()).containsEntry("Retry-After", "46");
        client.nowNanos += 46 * SECOND;
        RestAnswer answer = client.get("ping");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("X-MBX-USED-WEIGHT-1M", "1");
    }

    @Test
    void clientsDoNotSpendEachOthersWeight() {
        use(6_000);
        client.client = "127.0.0.2";
        assertThat(client.get("ping").status()).isEqualTo(200);
    }

    @Test
    void aClientThatGoesOnAfter429IsBanned() {
        use(6_000);
        for (int i = 0; i < 4; i++) {
            assertThat(client.get("ping").status()).isEqualTo(429);
        }
        RestAnswer banned = client.get("ping");
        assertThat(banned.status()).isEqualTo(418);
        assertThat(banned.headers()).containsEntry("Retry-After", "120");
        assertThat(HandlerClient.text(banned))
                .isEqualTo(
                        "{\"code\":-1003,\"msg\":\"Way too much request weight used; IP banned"
                                + " until 1767225720123. Please use WebSocket Streams for live"
                                + " updates to avoid bans.\"}");
        client.nowNanos += 119 * SECOND;
        assertThat(client.get("ping").headers()).containsEntry("Retry-After", "1");
        client.nowNanos += SECOND;
        assertThat(client.get("ping").status()).isEqualTo(200);
    }

    @Test
    void bansGrowToThreeDays() {
        long[] expected = {
            120, 240, 480, 960, 1_920, 3_840, 7_680, 15_360, 30_720, 61_440, 122_880, 245_760,
            259_200, 259_200
        };
        for (long seconds : expected) {
            use(6_000);
            for (int i = 0; i < 4; i++) {
                client.get("ping");
            }
            assertThat(client.get("ping").headers()).containsEntry("Retry-After", "" + seconds);
            client.nowNanos += seconds * SECOND;
        }
    }

    @Test
    void aClientThatWaitsIsNeverBanned() {
        for (int minute = 0; minute < 20; minute++) {
            use(6_000);
            RestAnswer answer = client.get("ping");
            assertThat(answer.status()).isEqualTo(429);
            client.nowNanos += Long.parseLong(answer.headers().get("Retry-After")) * SECOND;
        }
    }

    @Test
    void retryAfterIsInTheClientsSeconds() {
        HandlerClient fast = new HandlerClient(market, RestLimits.binance().atTimeFactor(25));
        for (int i = 0; i < 6_000; i++) {
            fast.get("ping");
        }
        assertThat(fast.get("ping").headers()).containsEntry("Retry-After", "3");
    }

    @Test
    void impossibleLimitsAreRefused() {
        Assertions.assertThatThrownBy(() -> new RestLimits(6_000, 1, 3, 120, 60, 1))
                .hasMessageContaining("longestBanSeconds=60");
    }

    private void use(int weight) {
        for (int used = 0; used < weight; used += 20) {
            assertThat(client.get("exchangeInfo").status()).isEqualTo(200);
        }
    }
}
