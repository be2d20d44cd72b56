package io.microstream.binance.replay.exchange.market;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.replay.exchange.session.Handshake;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionRulesTest {

    private static final String LIST = "{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":1}";

    private final Exchange exchange = Exchange.btc(10);

    @Test
    void pingComesEveryTwentySecondsWithATimestamp() {
        Exchange.Client client = exchange.connect("/ws");
        exchange.pass(19);
        assertThat(client.port.pings).isEmpty();
        exchange.pass(1);
        assertThat(client.port.pings).containsExactly("1767225600000000");
        client.pong();
        exchange.pass(20);
        assertThat(client.port.pings).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void connectionEndsSixtySecondsAfterAPingWithoutPong() {
        Exchange.Client client = exchange.connect("/ws/btcusdt@aggTrade");
        exchange.pass(79);
        assertThat(client.port.end).isNull();
        exchange.pass(1);
        assertThat(client.port.end).isEqualTo("1008 Pong timeout");
        assertThat(client.port.pings).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "undefined", "1767225600000001"})
    void pongOfAnotherPayloadDoesNotCount(String payload) {
        Exchange.Client client = exchange.connect("/ws");
        exchange.pass(20);
        client.session.onPong(payload.getBytes(US_ASCII), exchange.now);
        exchange.pass(60);
        assertThat(client.port.end).isEqualTo("1008 Pong timeout");
    }

    @Test
    void connectionLivesADay() {
        Exchange.Client client = exchange.connect("/ws");
        for (int minute = 0; minute < 24 * 60 - 1; minute++) {
            exchange.pass(60);
            client.pong();
        }
        assertThat(client.port.end).isNull();
        exchange.pass(60);
        assertThat(client.port.end).isEqualTo("1001 24h");
    }

    @Test
    void sixthMessageInASecondEndsTheConnection() {
        Exchange.Client client = exchange.connect("/ws");
        client.session.onPing(new byte[] {'x'}, exchange.now);
        client.session.onPong(new byte[0], exchange.now);
        client.send(LIST);
        client.send(LIST);
        client.send(LIST);
        assertThat(client.port.end).isNull();
        assertThat(client.port.pongs).containsExactly("x");

        client.send(LIST);
        assertThat(client.port.end).isEqualTo("1008 Too many requests");
        assertThat(client.port.texts).hasSize(3);
    }

    @Test
    void fiveMessagesASecondAreFine() {
        Exchange.Client client = exchange.connect("/ws");
        for (int i = 0; i < 10; i++) {
            for (int j = 0; j < 5; j++) {
                client.send(LIST);
            }
            exchange.pass(1);
        }
        assertThat(client.port.end).isNull();
        assertThat(client.port.texts).hasSize(50);
    }

    @Test
    void aConnectionHasAtMostAThousandAndTwentyFourStreams() {
        Exchange.Client client = exchange.connect("/ws/s0@trade");
        String more =
                IntStream.range(0, 1_024)
                        .mapToObj(i -> "\"s" + i + "@trade\"")
                        .collect(Collectors.joining(","));
        assertThat(client.send("{\"method\":\"SUBSCRIBE\",\"params\":[" + more + "],\"id\":1}"))
                .isEqualTo("{\"result\":null,\"id\":1}");
        assertThat(client.send("{\"method\":\"SUBSCRIBE\",\"params\":[\"t@trade\"],\"id\":2}"))
                .isEqualTo(
                        "{\"error\":{\"code\":2,\"msg\":\"Invalid request: too many streams\"},\"id\":2}");
        assertThat(client.session.streams()).hasSize(1_024);
    }

    @Test
    void threeHundredConnectsInFiveMinutesAreTheMost() {
        for (int i = 0; i < 300; i++) {
            exchange.connect("/ws");
        }
        assertThat(exchange.refused("/ws").status()).isEqualTo(429);
        assertThat(exchange.core.connect("/ws", "127.0.0.2", new RecordingPort(), exchange.now))
                .isInstanceOf(Handshake.Accepted.class);
        exchange.pass(300);
        exchange.connect("/ws");
    }

    @ParameterizedTest
    @CsvSource({
        "/, 404",
        "/wss, 404",
        "/ws/btcusdt@, 400",
        "/stream?streams=btcusdt@trade/x@, 400",
        "/ws/%zz@trade, 400"
    })
    void otherAddressesAreRefused(String path, int status) {
        assertThat(exchange.refused(path).status()).isEqualTo(status);
    }

    @Test
    void addressLongerThanEightThousandCharactersIsRefused() {
        String path = "/ws/" + "btcusdt@trade/".repeat(600);
        assertThat(exchange.refused(path).status()).isEqualTo(414);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ws/btcusdt@aggTrade/ethusdt@depth5@100ms",
                "/stream?streams=btcusdt@aggTrade/ethusdt@depth5@100ms",
                "/stream?streams=btcusdt%40aggTrade%2Fethusdt%40depth5%40100ms",
                "/ws/btcusdt%40aggTrade/ethusdt%40depth5%40100ms",
                "/stream?timeUnit=microsecond&streams=btcusdt@aggTrade/ethusdt@depth5@100ms"
            })
    void streamsMayBeNamedInTheAddress(String path) {
        assertThat(exchange.connect(path).session.streams())
                .isEqualTo(List.of("btcusdt@aggTrade", "ethusdt@depth5@100ms"));
    }
}
