package io.microstream.binance.replay.exchange.server;

import static io.microstream.binance.replay.exchange.market.Exchange.at;
import static io.microstream.binance.replay.exchange.market.Exchange.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microstream.binance.replay.exchange.faults.Fault;
import io.microstream.binance.replay.exchange.faults.InjectedFault;
import io.microstream.binance.replay.exchange.faults.PlannedFault;
import io.microstream.binance.replay.exchange.market.Exchange;
import io.microstream.binance.replay.exchange.market.ExchangeConfig;
import io.microstream.binance.replay.exchange.market.Listing;
import io.microstream.binance.replay.exchange.market.Market;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoopbackExchangeTest {

    private static final int TRADES = 3_000;
    private static final ExchangeConfig CONFIG =
            ExchangeConfig.lockstep(Set.of("btcusdt@aggTrade")).withTimeFactor(60);

    /** On its selector thread: on others JDK 17 may miss an end without a close frame. */
    private final HttpClient http = HttpClient.newBuilder().executor(Runnable::run).build();

    private static LoopbackExchange start(PlannedFault... faults) {
        List<Listing> listings = List.of(Market.listing("BTCUSDT", TRADES, 10_000));
        return LoopbackExchange.start(CONFIG, listings, List.of(faults), 7);
    }

    /** Subscribed after the handshake: JDK 17 may lose what comes in bulk right behind it. */
    private SocketClient open(LoopbackExchange exchange, int wanted) {
        SocketClient client = SocketClient.open(http, exchange.streamUri().resolve("/ws"), wanted);
        client.send("{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@aggTrade\"],\"id\":1}");
        return client;
    }

    private HttpResponse<String> get(LoopbackExchange exchange, String path)
            throws IOException, InterruptedException {
        URI uri = exchange.restUri().resolve(path);
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void everyTradeArrivesOnceAndRestHasTheSame() throws Exception {
        try (LoopbackExchange exchange = start()) {
            SocketClient client = open(exchange, TRADES);

            assertThat(Exchange.ids(client.awaitTexts())).isEqualTo(range(1, TRADES));
            HttpResponse<String> page =
                    get(exchange, "/api/v3/aggTrades?symbol=BTCUSDT&fromId=2001&limit=1000");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("X-MBX-USED-WEIGHT-1M")).hasValue("4");
            assertThat(Exchange.ids(List.of(page.body().split("}"))))
                    .isEqualTo(range(2_001, TRADES));
            assertThat(get(exchange, "/nowhere").statusCode()).isEqualTo(404);
            client.abort();
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.Ending.class)
    void endingsReachTheClientAfterAllThatWasSentBefore(Fault.Ending ending) {
        Fault fault = new Fault.Disconnect(ending, 100);
        try (LoopbackExchange exchange = start(at(1_500, fault))) {
            SocketClient first = open(exchange, 1_500);
            assertThat(Exchange.ids(first.awaitTexts())).isEqualTo(range(1, 1_500));
            assertThat(first.awaitEnd())
                    .isEqualTo(
                            ending.code() >= 1000 && ending.code() != 1006
                                    ? ending.code() + " "
                                    : ending == Fault.Ending.RESET ? "error reset" : "1006 ");

            SocketClient second = open(exchange, TRADES - 1_600);
            assertThat(Exchange.ids(second.awaitTexts())).isEqualTo(range(1_601, TRADES));
            assertThat(exchange.injected())
                    .containsExactly(
                            new InjectedFault(1_500, fault, "BTCUSDT", 1_501, 1_600, 100, 0));
        }
    }

    @Test
    void halfOpenConnectionIsReplaced() {
        Fault fault = new Fault.HalfOpen(10);
        try (LoopbackExchange exchange = start(at(1_500, fault))) {
            SocketClient first = open(exchange, 1_500);
            first.awaitTexts();

            SocketClient second = open(exchange, TRADES - 1_510);
            assertThat(Exchange.ids(second.awaitTexts())).isEqualTo(range(1_511, TRADES));
            assertThat(first.awaitEnd()).startsWith("error");
        }
    }

    @Test
    void fragmentsAndHugeMessagesArriveWhole() {
        PlannedFault fragmented = at(10, new Fault.Garble(Fault.Garbling.FRAGMENTED));
        PlannedFault huge = at(20, new Fault.Garble(Fault.Garbling.HUGE));
        try (LoopbackExchange exchange = start(fragmented, huge)) {
            SocketClient client = open(exchange, TRADES + 1);
            List<String> texts = client.awaitTexts();

            assertThat(Exchange.ids(texts)).isEqualTo(range(1, TRADES));
            assertThat(texts.get(20)).hasSizeGreaterThan(1 << 20).startsWith("{\"e\":\"novelty\"");
            assertThat(client.parts()).isGreaterThan(TRADES + 3);
        }
    }

    @Test
    void controlMessagesAreAnswered() {
        try (LoopbackExchange exchange = start()) {
            SocketClient client =
                    SocketClient.open(http, exchange.streamUri().resolve("/stream"), TRADES);
            client.send("{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@aggTrade\"],\"id\":1}");
            List<String> texts = client.awaitTexts();

            assertThat(client.replies).containsExactly("{\"result\":null,\"id\":1}");
            assertThat(texts.get(TRADES - 1))
                    .startsWith("{\"stream\":\"btcusdt@aggTrade\",\"data\":{\"e\":\"aggTrade\",");
        }
    }

    @Test
    void marketGoesOnWhereItWasStopped() {
        List<Listing> listings = List.of(Market.listing("BTCUSDT", TRADES, 10_000));
        long[] played = {-1};
        try (LoopbackExchange exchange =
                LoopbackExchange.start(
                        CONFIG, listings, List.of(), 7, 2_000, row -> played[0] = row)) {
            SocketClient client = open(exchange, TRADES - 2_000);

            assertThat(Exchange.ids(client.awaitTexts())).isEqualTo(range(2_001, TRADES));
        }
        assertThat(played[0]).isEqualTo(TRADES - 1);
    }

    @Test
    void takenPortIsSaidPlainly() {
        try (LoopbackExchange exchange = start()) {
            int port = exchange.restUri().getPort();
            assertThatThrownBy(
                            () ->
                                    LoopbackExchange.start(
                                            CONFIG.withPort(port),
                                            List.of(Market.listing("BTCUSDT", 1, 1)),
                                            List.of(),
                                            7))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("port=" + port);
        }
    }

    @Test
    void restTroublesReachTheClient() throws Exception {
        PlannedFault late = rest(Fault.RestTrouble.TIMEOUT);
        PlannedFault cut = rest(Fault.RestTrouble.TRUNCATED_BODY);
        PlannedFault slow = rest(Fault.RestTrouble.SLOW_BODY);
        PlannedFault wait = rest(Fault.RestTrouble.TOO_MANY_REQUESTS);
        try (LoopbackExchange exchange = start(late, cut, slow, wait)) {
            open(exchange, TRADES).awaitTexts();

            assertThat(get(exchange, "/api/v3/time").body()).contains("-1007");
            assertThatThrownBy(() -> get(exchange, "/api/v3/time")).isInstanceOf(IOException.class);
            assertThat(get(exchange, "/api/v3/time").body())
                    .isEqualTo("{\"serverTime\":1767225629990}");
            HttpResponse<String> refused = get(exchange, "/api/v3/time");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
        }
    }

    private static PlannedFault rest(Fault.RestTrouble trouble) {
        return at(10, new Fault.Rest(trouble, "time", 1, 0));
    }
}
