package io.microstream.binance.transport.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.transport.rest.RestException.Kind;
import io.microstream.binance.transport.rest.VirtualExchange.Reply;
import io.microstream.binance.wire.Bodies;
import io.microstream.binance.wire.StreamKind;
import io.microstream.market.Trade;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BinanceRestTest {

    private static final URI URL = URI.create("https://exchange.test");
    private static final RestConfig FEED = RestConfig.feed(URL);
    private static final RestConfig COMMAND = RestConfig.command(URL);

    private final VirtualExchange exchange = new VirtualExchange();

    private static CompletableFuture<List<Trade>> probe(BinanceRest rest) {
        return rest.trades(StreamKind.AGG_TRADE, "BTCUSDT", 5, 10, Priority.PROBE);
    }

    /** Answers the given replies one after the other, then a good one for ever. */
    private void script(Reply... replies) {
        AtomicInteger at = new AtomicInteger();
        exchange.script =
                uri -> {
                    int i = at.getAndIncrement();
                    return i < replies.length ? replies[i] : Reply.ok(Bodies.aggTrades(5, 2));
                };
    }

    @Test
    void asksByIdAndCompletesOnTheLoop() {
        script();
        CompletableFuture<List<Trade>> trades = probe(exchange.client(FEED));
        assertThat(exchange.run(trades).join()).extracting(Trade::id).containsExactly(5L, 6L);
        assertThat(exchange.requests.get(0).uri())
                .hasToString(
                        "https://exchange.test/api/v3/aggTrades?symbol=BTCUSDT&fromId=5&limit=10");
        assertThat(exchange.outcomes)
                .containsExactly(
                        new RestOutcome(
                                "/api/v3/aggTrades",
                                "BTCUSDT",
                                Priority.PROBE,
                                200,
                                null,
                                "",
                                1,
                                false,
                                50_000_000,
                                4));
    }

    @Test
    void tradesSayWhenTheirAnswerCameIfAskedTo() {
        script();
        BinanceRest stamping =
                new BinanceRest(
                        FEED,
                        exchange,
                        exchange.budget,
                        exchange.loop,
                        7,
                        exchange.listener,
                        () -> Instant.ofEpochMilli(1_000 + exchange.millis()));
        assertThat(exchange.run(probe(stamping)).join())
                .extracting(Trade::receivedAtMs)
                .containsExactly(1_050L, 1_050L);
        assertThat(exchange.run(probe(exchange.client(FEED))).join())
                .extracting(Trade::receivedAtMs)
                .containsExactly(0L, 0L);
    }

    @Test
    void namesEachRequestAsBinanceDoes() {
        exchange.script =
                uri ->
                        Reply.ok(
                                uri.getPath().endsWith("time")
                                        ? Bodies.time(60_000 * 30_000_000L)
                                        : "[]");
        BinanceRest rest = exchange.client(FEED);
        exchange.run(rest.trades(StreamKind.TRADE, "ΩUSDT", 7, 1_000, Priority.GAP));
        exchange.run(rest.newestTrades(StreamKind.TRADE, "BTCUSDT", 1, Priority.PROBE));
        exchange.run(rest.newestTrades(StreamKind.AGG_TRADE, "BTCUSDT", 1, Priority.PROBE));
        exchange.run(rest.tradesSince("BTCUSDT", 60_000, BinanceRest.OPEN, 3, Priority.START));
        exchange.run(rest.tradesSince("BTCUSDT", 60_000, 61_000, 3, Priority.START));
        exchange.run(rest.klines("BTCUSDT", 60_000, 120_000, 3, Priority.HISTORY));
        assertThat(exchange.requests)
                .extracting(
                        request -> request.uri().getRawPath() + "?" + request.uri().getRawQuery())
                .containsExactly(
                        "/api/v3/historicalTrades?symbol=%CE%A9USDT&fromId=7&limit=1000",
                        "/api/v3/trades?symbol=BTCUSDT&limit=1",
                        "/api/v3/aggTrades?symbol=BTCUSDT&limit=1",
                        "/api/v3/aggTrades?symbol=BTCUSDT&startTime=60000&limit=3",
                        "/api/v3/aggTrades?symbol=BTCUSDT&startTime=60000&endTime=61000&limit=3",
                        "/api/v3/time?null",
                        "/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime=60000&endTime=120000&limit=3");
        assertThat(exchange.budget.usedWeight(0)).isEqualTo(25 + 25 + 4 + 4 + 4 + 1 + 2);
    }

    @Test
    void sendsByPriorityThenByAge() {
        List<String> order = new ArrayList<>();
        exchange.budget.blockUntil(5_000_000_000L, 429);
        BinanceRest rest = exchange.client(FEED);
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (Priority priority :
                List.of(Priority.HISTORY, Priority.PROBE, Priority.START, Priority.GAP)) {
            for (int i = 0; i < 2; i++) {
                all.add(rest.newestTrades(StreamKind.AGG_TRADE, priority.name() + i, 1, priority));
            }
        }
        exchange.run(CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)));
        exchange.requests.stream()
                .filter(request -> request.uri().getPath().endsWith("aggTrades"))
                .forEach(r -> order.add(r.uri().getQuery().replaceAll("symbol=|&.*", "")));
        assertThat(order)
                .containsExactly(
                        "GAP0",
                        "GAP1",
                        "START0",
                        "START1",
                        "PROBE0",
                        "PROBE1",
                        "HISTORY0",
                        "HISTORY1");
    }

    @Test
    void historyLeavesWeightAndConnectionsToRepairs() {
        BinanceRest rest = exchange.client(FEED);
        exchange.script = uri -> Reply.ok("[]").after(Duration.ofMillis(100));
        for (int i = 0; i < 2_000; i++) {
            rest.trades(StreamKind.AGG_TRADE, "HISTORY", 1_000L * i, 1_000, Priority.HISTORY);
        }
        assertThat(exchange.requests).hasSize(4);
        exchange.pass(Duration.ofSeconds(40));
        assertThat(exchange.budget.usedWeight(exchange.loop.nanoTime())).isEqualTo(3_780);
        long before = exchange.millis();
        exchange.run(rest.trades(StreamKind.AGG_TRADE, "GAP", 1, 1_000, Priority.GAP));
        assertThat(exchange.millis() - before).isEqualTo(100);
    }

    @Test
    void sendsNothingBeforeRetryAfterEnds() {
        script(
                Reply.of(429, Bodies.error(-1003, "Too much request weight used"))
                        .with("retry-after", 17));
        BinanceRest rest = exchange.client(FEED);
        CompletableFuture<List<Trade>> first = probe(rest);
        exchange.pass(Duration.ofSeconds(1));
        CompletableFuture<List<Trade>> gap =
                rest.trades(StreamKind.AGG_TRADE, "BTCUSDT", 5, 10, Priority.GAP);
        exchange.run(first);
        assertThat(gap).isCompleted();
        assertThat(exchange.sentAtMillis()).containsExactly(0L, 17_050L, 17_050L);
        assertThat(exchange.outcomes.get(0).failure()).isEqualTo(Kind.BANNED);
        assertThat(exchange.outcomes.get(0).retried()).isTrue();
    }

    @Test
    void pausesADefaultTimeWhereTheServerDoesNotSay() {
        assertThat(resumedAfter(Reply.of(429, ""))).isEqualTo(60_050);
        assertThat(resumedAfter(Reply.of(418, "{}"))).isEqualTo(120_050);
        assertThat(resumedAfter(Reply.of(403, "<html>"))).isEqualTo(300_050);
        assertThat(resumedAfter(Reply.of(429, "").with("retry-after", "soon"))).isEqualTo(60_050);
        assertThat(resumedAfter(Reply.of(418, "").with("retry-after", 9_999_999)))
                .isEqualTo(Duration.ofDays(3).toMillis() + 50);
    }

    private static long resumedAfter(Reply reply) {
        BinanceRestTest fresh = new BinanceRestTest();
        fresh.script(reply);
        fresh.exchange.run(probe(fresh.exchange.client(FEED))).join();
        assertThat(fresh.exchange.requests).hasSize(2);
        return fresh.exchange.requests.get(1).millis();
    }

    @Test
    void everyClientOfTheBudgetStopsWhenOneIsBanned() {
        script(Reply.of(418, "").with("retry-after", 100));
        BinanceRest other = exchange.client(FEED);
        probe(exchange.client(FEED));
        exchange.pass(Duration.ofSeconds(1));
        exchange.run(probe(other));
        assertThat(exchange.requests.get(1).millis()).isEqualTo(100_050);
    }

    @Test
    void aCommandDoesNotWaitForALongBan() {
        script(Reply.of(418, Bodies.error(-1003, "Way too much")).with("retry-after", 3_600));
        BinanceRest rest = exchange.client(COMMAND);
        RestException banned = exchange.failure(probe(rest));
        assertThat(banned.kind()).isEqualTo(Kind.BANNED);
        assertThat(banned)
                .hasMessage(
                        "The exchange has stopped our requests:"
                                + " url=https://exchange.test/api/v3/aggTrades?symbol=BTCUSDT&fromId=5&limit=10"
                                + " status=418 code=-1003 answer=Way too much. Retry-After=3600."
                                + " Lower the weight share, or stop others on this address");
        RestException next = exchange.failure(probe(rest));
        assertThat(next.kind()).isEqualTo(Kind.BANNED);
        assertThat(next).hasMessageContaining("status=418 pause=PT1H patience=PT2M");
        assertThat(exchange.requests).hasSize(1);
    }

    @Test
    void fatalAnswersAreNotAskedAgain() {
        assertFatal(
                Reply.of(451, Bodies.error(0, "Service unavailable from a restricted location")),
                Kind.GEO_BLOCKED);
        assertFatal(Reply.of(400, Bodies.error(-1121, "Invalid symbol.")), Kind.BAD_SYMBOL);
        assertFatal(
                Reply.of(
                        400,
                        Bodies.error(
                                -1100,
                                "Illegal characters found in parameter 'symbol'; legal range")),
                Kind.BAD_SYMBOL);
        assertFatal(Reply.of(400, Bodies.error(-1102, "Mandatory parameter")), Kind.BAD_REQUEST);
        assertFatal(Reply.of(404, "<html>not here</html>"), Kind.BAD_REQUEST);
        assertFatal(Reply.of(302, ""), Kind.BAD_REQUEST);
    }

    private static void assertFatal(Reply reply, Kind kind) {
        BinanceRestTest fresh = new BinanceRestTest();
        fresh.script(reply);
        RestException failure = fresh.exchange.failure(probe(fresh.exchange.client(FEED)));
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.status()).isEqualTo(reply.status());
        assertThat(failure.getMessage()).doesNotContain("\n").contains("status=" + reply.status());
        assertThat(fresh.exchange.requests).hasSize(1);
    }

    @Test
    void backsOffFromServerErrorsWithinDoublingBoundsAndThenGivesUp() {
        exchange.script = uri -> Reply.of(503, Bodies.error(-1008, "Server is busy"));
        RestException failure = exchange.failure(probe(exchange.client(FEED.withAttempts(12))));
        assertThat(failure.kind()).isEqualTo(Kind.OUT_OF_ATTEMPTS);
        assertThat(failure.code()).isEqualTo(-1008);
        assertThat(failure).hasMessageEndingWith("answer=Server is busy attempts=12");
        List<Long> sent = exchange.sentAtMillis();
        assertThat(sent).hasSize(12);
        long longest = 0;
        for (int i = 1; i < sent.size(); i++) {
            long wait = sent.get(i) - sent.get(i - 1) - 50;
            assertThat(wait).isBetween(0L, Math.min(30_000, 500L << (i - 1)));
            longest = Math.max(longest, wait);
        }
        assertThat(longest).isGreaterThan(5_000);
    }

    @Test
    void asksAgainAfterEverythingThatMayPass() {
        byte[] half = Bodies.aggTrades(5, 2).substring(0, 90).getBytes(UTF_8);
        script(
                Reply.of(500, ""),
                Reply.of(504, Bodies.error(-1007, "Timeout")),
                Reply.of(400, Bodies.error(-1001, "Internal error")),
                Reply.fails(new ConnectException("Connection refused")),
                Reply.fails(new UnusableBodyException("body broke off after bytes=12", null)),
                Reply.ok(new String(half, UTF_8)),
                Reply.ok("<html>sign in to the hotel's network</html>"),
                Reply.ok("{\"code\":0}"),
                Reply.hangs());
        assertThat(exchange.run(probe(exchange.client(FEED))).join()).hasSize(2);
        assertThat(exchange.outcomes)
                .extracting(RestOutcome::failure)
                .containsExactly(
                        Kind.BUSY,
                        Kind.BUSY,
                        Kind.BUSY,
                        Kind.UNREACHABLE,
                        Kind.UNREADABLE,
                        Kind.UNREADABLE,
                        Kind.UNREADABLE,
                        Kind.UNREADABLE,
                        Kind.TIMED_OUT,
                        null);
        assertThat(exchange.outcomes.get(8).nanos()).isEqualTo(20_000_000_000L);
        assertThat(exchange.outcomes).extracting(RestOutcome::attempt).last().isEqualTo(10);
    }

    @Test
    void saysWhatTheLastFailureWasWhenItGivesUp() {
        exchange.script = uri -> Reply.ok("[{\"a\":5,\"p\":\"12");
        RestException unreadable = exchange.failure(probe(exchange.client(COMMAND)));
        assertThat(unreadable.kind()).isEqualTo(Kind.UNREADABLE);
        assertThat(unreadable).hasMessageContaining("body=[{\"a\":5,\"p\":\"12 attempts=4");
        exchange.script = uri -> Reply.fails(new ConnectException("Connection refused"));
        RestException refused = exchange.failure(probe(exchange.client(COMMAND)));
        assertThat(refused.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(refused)
                .hasMessage(
                        "Connection refused: host=exchange.test port=443. Check the base URL, and that the"
                                + " server runs attempts=4");
        exchange.script = uri -> Reply.hangs();
        assertThat(exchange.failure(probe(exchange.client(COMMAND))).kind())
                .isEqualTo(Kind.OUT_OF_ATTEMPTS);
    }

    @Test
    void goesToTheNextBaseUrlAfterThreeFailuresToConnectButNeverAfter451() {
        URI second = URI.create("https://second.test");
        exchange.script =
                uri ->
                        uri.getHost().equals("exchange.test")
                                ? Reply.fails(new IOException("Connection reset"))
                                : Reply.of(451, "");
        BinanceRest rest = exchange.client(RestConfig.feed(URL, second));
        RestException failure = exchange.failure(probe(rest));
        assertThat(failure.kind()).isEqualTo(Kind.GEO_BLOCKED);
        assertThat(exchange.requests)
                .extracting(request -> request.uri().getHost())
                .containsExactly("exchange.test", "exchange.test", "exchange.test", "second.test");
        assertThat(rest.baseUrl()).isEqualTo(second);
    }

    @Test
    void staysWithABaseUrlThatAnswersWhateverItAnswers() {
        exchange.script = uri -> Reply.of(451, "");
        BinanceRest rest = exchange.client(RestConfig.feed(URL, URI.create("https://second.test")));
        for (int i = 0; i < 5; i++) {
            exchange.failure(probe(rest));
        }
        assertThat(rest.baseUrl()).isEqualTo(URL);
        script(
                Reply.fails(new IOException("Connection reset")),
                Reply.fails(new IOException("Connection reset")),
                Reply.of(503, ""),
                Reply.fails(new IOException("Connection reset")),
                Reply.fails(new IOException("Connection reset")));
        exchange.run(probe(rest)).join();
        assertThat(rest.baseUrl()).isEqualTo(URL);
    }

    @Test
    void aCancelledRequestIsNotSent() {
        BinanceRest rest = exchange.client(FEED);
        exchange.budget.blockUntil(10_000_000_000L, 429);
        CompletableFuture<List<Trade>> cancelled = probe(rest);
        CompletableFuture<List<Trade>> kept = probe(rest);
        cancelled.cancel(true);
        exchange.run(kept);
        assertThat(exchange.requests).hasSize(1);
    }

    @Test
    void closingFailsWhatIsOpenAndGivesTheWeightUnderWayBack() {
        exchange.script = uri -> Reply.hangs();
        BinanceRest rest = exchange.client(FEED);
        CompletableFuture<List<Trade>> sent = probe(rest);
        rest.close();
        assertThat(exchange.failure(sent).kind()).isEqualTo(Kind.CANCELLED);
        assertThat(exchange.failure(probe(rest)).kind()).isEqualTo(Kind.CANCELLED);
        exchange.pass(Duration.ofSeconds(60));
        assertThat(rest.usedWeight()).isZero();
        assertThat(exchange.requests).hasSize(1);
    }

    @Test
    void ignoresAnAnswerThatComesAfterItsTime() {
        script(Reply.ok(Bodies.aggTrades(99, 1)).after(Duration.ofSeconds(30)));
        List<Trade> trades = exchange.run(probe(exchange.client(FEED))).join();
        exchange.pass(Duration.ofMinutes(1));
        assertThat(trades).extracting(Trade::id).containsExactly(5L, 6L);
        assertThat(exchange.outcomes).hasSize(2);
    }
}
