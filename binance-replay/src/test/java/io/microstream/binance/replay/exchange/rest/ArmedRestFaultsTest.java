package io.microstream.binance.replay.exchange.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.microstream.binance.replay.exchange.faults.Fault;
import io.microstream.binance.replay.exchange.faults.Fault.RestTrouble;
import io.microstream.binance.replay.exchange.history.RandomTrades;
import io.microstream.market.Trade;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ArmedRestFaultsTest {

    private static final String BTC = "BTCUSDT";
    private static final long SECOND = HandlerClient.SECOND;

    private final List<Trade> trades = RandomTrades.of(BTC, 1_000, 31);
    private final StubMarket market = new StubMarket().list(BTC, 1_000, trades);
    private final HandlerClient client = new HandlerClient(market);

    @BeforeEach
    void listBook() {
        market.book(BTC, 10, 5_000);
        market.timeUs = trades.get(999).timeUs();
    }

    @ParameterizedTest(name = "{0} is {1} {2}")
    @CsvSource({
        "TOO_MANY_REQUESTS, 429, -1003, 60",
        "TOO_MANY_REQUESTS_WITHOUT_RETRY_AFTER, 429, -1003, ",
        "BANNED, 418, -1003, 120",
        "GEO_BLOCKED, 451, 0, ",
        "UNAVAILABLE, 503, -1008, ",
        "TIMEOUT, 504, -1007, "
    })
    void refusalsHaveTheirStatusCodeAndHeader(
            RestTrouble trouble, int status, int code, String retryAfter) {
        arm(trouble, "*", 1, 0);
        RestAnswer answer = client.get("ping");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(HandlerClient.json(answer).get("code").intValue()).isEqualTo(code);
        assertThat(answer.headers().get("Retry-After")).isEqualTo(retryAfter);
        assertThat(answer.headers()).containsEntry("X-MBX-USED-WEIGHT-1M", "1");
        assertThat(answer.delayNanos()).isEqualTo(trouble == RestTrouble.TIMEOUT ? 10 * SECOND : 0);
    }

    @Test
    void aForbiddenRequestGetsAPageInsteadOfJson() {
        arm(RestTrouble.FORBIDDEN, "*", 1, 0);
        RestAnswer answer = client.get("ping");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(HandlerClient.text(answer)).startsWith("<html>");
    }

    @Test
    void serverErrorsComeInSeveralKindsAndTheSameOnesForASeed() {
        StringBuilder statuses = new StringBuilder();
        arm(RestTrouble.SERVER_ERROR, "*", 40, 0);
        HandlerClient twin = new HandlerClient(market);
        twin.handler.arm(new Fault.Rest(RestTrouble.SERVER_ERROR, "*", 40, 0));
        for (int i = 0; i < 40; i++) {
            String answer = HandlerClient.text(client.get("ping"));
            assertThat(HandlerClient.text(twin.get("ping"))).isEqualTo(answer);
            statuses.append(answer);
        }
        assertThat(statuses).contains("-1000").contains("-1001").contains("502 Bad Gateway");
        assertThat(client.get("ping").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(
            value = RestTrouble.class,
            names = {"TRUNCATED_BODY", "SLOW_BODY"})
    void bodiesAreDeliveredBadlyButAreRight(RestTrouble trouble) {
        String right = HandlerClient.text(client.get("aggTrades?symbol=BTCUSDT"));
        arm(trouble, "aggTrades", 1, 0);
        RestAnswer answer = client.get("aggTrades?symbol=BTCUSDT");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(HandlerClient.text(answer)).isEqualTo(right);
        assertThat(answer.truncated()).isEqualTo(trouble == RestTrouble.TRUNCATED_BODY);
        assertThat(answer.slow()).isEqualTo(trouble == RestTrouble.SLOW_BODY);
    }

    @Test
    void aHigherIdIsAnsweredWithoutError() {
        arm(RestTrouble.HIGHER_ID, "*", 3, 25);
        long from = trades.get(500).id();
        long start = trades.get(500).timeUs();
        assertThat(client.json("aggTrades?symbol=BTCUSDT")).hasSize(500);
        assertThat(firstId("aggTrades?symbol=BTCUSDT&fromId=" + from, "a"))
                .isGreaterThanOrEqualTo(from + 25);
        assertThat(firstId("aggTrades?symbol=BTCUSDT&startTime=" + start, "a"))
                .isGreaterThanOrEqualTo(from + 20);
        assertThat(firstId("historicalTrades?symbol=BTCUSDT&fromId=50100", "id")).isEqualTo(50_125);
        assertThat(firstId("aggTrades?symbol=BTCUSDT&fromId=" + from, "a")).isEqualTo(from);
    }

    @Test
    void aLaggingDatabaseHidesTheNewestTrades() {
        arm(RestTrouble.DATABASE_LAG, "*", 3, 70);
        assertThat(client.json("trades?symbol=BTCUSDT").get(499).get("id").longValue())
                .isEqualTo(trades.get(999).lastTradeId());
        JsonNode aggregates = client.json("aggTrades?symbol=BTCUSDT&limit=1");
        assertThat(aggregates.get(0).get("a").longValue()).isEqualTo(trades.get(929).id());
        JsonNode singles = client.json("historicalTrades?symbol=BTCUSDT&limit=1");
        assertThat(singles.get(0).get("id").longValue()).isEqualTo(trades.get(929).lastTradeId());
        JsonNode lagging = client.json("klines?symbol=BTCUSDT&interval=1m&limit=1000");
        StubMarket earlier = new StubMarket().list(BTC, 1_000, trades.subList(0, 930));
        earlier.timeUs = trades.get(929).timeUs();
        assertThat(lagging)
                .isEqualTo(
                        new HandlerClient(earlier)
                                .json("klines?symbol=BTCUSDT&interval=1m&limit=1000"));
        assertThat(client.json("aggTrades?symbol=BTCUSDT&limit=1").get(0).get("a").longValue())
                .isEqualTo(trades.get(999).id());
    }

    @Test
    void aLagOfEverythingLeavesNothing() {
        arm(RestTrouble.DATABASE_LAG, "*", 2, 5_000);
        assertThat(client.json("aggTrades?symbol=BTCUSDT&fromId=1")).isEmpty();
        assertThat(client.json("klines?symbol=BTCUSDT&interval=1m")).isEmpty();
    }

    @Test
    void aStaleSnapshotLagsBehind() {
        arm(RestTrouble.STALE_DEPTH, "depth", 1, 12);
        assertThat(client.json("depth?symbol=BTCUSDT").get("lastUpdateId").longValue())
                .isEqualTo(4_988);
        assertThat(client.json("depth?symbol=BTCUSDT").get("lastUpdateId").longValue())
                .isEqualTo(5_000);
    }

    @Test
    void aFaultMeetsOnlyItsPathAndOnlyItsNumberOfRequests() {
        arm(RestTrouble.UNAVAILABLE, "klines", 2, 0);
        assertThat(client.handler.pendingFaults()).isEqualTo(2);
        assertThat(client.get("ping").status()).isEqualTo(200);
        assertThat(client.get("klines?symbol=BTCUSDT&interval=1m").status()).isEqualTo(503);
        assertThat(client.get("ticker/bookTicker").status()).isEqualTo(200);
        assertThat(client.get("klines?symbol=BTCUSDT&interval=1m").status()).isEqualTo(503);
        assertThat(client.get("klines?symbol=BTCUSDT&interval=1m").status()).isEqualTo(200);
        assertThat(client.handler.pendingFaults()).isZero();
    }

    @Test
    void faultsMeetRequestsInTheOrderTheyWereArmed() {
        arm(RestTrouble.UNAVAILABLE, "*", 1, 0);
        arm(RestTrouble.GEO_BLOCKED, "ping", 1, 0);
        assertThat(client.get("ping").status()).isEqualTo(503);
        assertThat(client.get("ping").status()).isEqualTo(451);
        assertThat(client.get("ping").status()).isEqualTo(200);
    }

    @Test
    void a429WithRetryAfterRefusesTheClientUntilThen() {
        arm(RestTrouble.TOO_MANY_REQUESTS, "depth", 1, 7);
        assertThat(client.get("depth?symbol=BTCUSDT").headers()).containsEntry("Retry-After", "7");
        client.nowNanos += 6 * SECOND;
        for (int i = 0; i < 3; i++) {
            assertThat(client.get("ping").headers()).containsEntry("Retry-After", "1");
        }
        assertThat(client.get("ping").status()).isEqualTo(418);
    }

    @Test
    void a429WithoutRetryAfterRefusesOneRequest() {
        arm(RestTrouble.TOO_MANY_REQUESTS_WITHOUT_RETRY_AFTER, "*", 1, 0);
        assertThat(client.get("ping").status()).isEqualTo(429);
        assertThat(client.get("ping").status()).isEqualTo(200);
    }

    @Test
    void aBanLastsAsLongAsItStates() {
        arm(RestTrouble.BANNED, "*", 1, 300);
        assertThat(client.get("ping").headers()).containsEntry("Retry-After", "300");
        client.nowNanos += 299 * SECOND;
        assertThat(client.get("time").status()).isEqualTo(418);
        client.nowNanos += SECOND;
        assertThat(client.get("time").status()).isEqualTo(200);
    }

    @Test
    void troublesOnUnknownPathsAndBadRequestsDoNoHarm() {
        arm(RestTrouble.SLOW_BODY, "*", 2, 0);
        assertThat(client.get("nothing").status()).isEqualTo(404);
        assertThat(client.get("depth?symbol=NOPE").status()).isEqualTo(400);
        arm(RestTrouble.HIGHER_ID, "*", 1, 1);
        assertThat(client.get("nothing?fromId=1").status()).isEqualTo(404);
        assertThat(client.handler.pendingFaults()).isEqualTo(1);
    }

    private void arm(RestTrouble trouble, String path, int requests, int amount) {
        client.handler.arm(new Fault.Rest(trouble, path, requests, amount));
    }

    private long firstId(String target, String key) {
        return client.json(target).get(0).get(key).longValue();
    }
}
