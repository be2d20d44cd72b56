package io.microstream.binance.transport.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microstream.binance.transport.rest.RestException.Kind;
import io.microstream.binance.wire.Bodies;
import io.microstream.binance.wire.StreamKind;
import io.microstream.market.Bar;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BlockingRestTest {

    private static final long NOW = Bodies.T0_MS + 10 * Bar.MINUTE_MS + 1;

    private static BlockingRest open(Loopback server) {
        return BlockingRest.open(RestConfig.command(server.url("")), 1, RestListener.NONE);
    }

    private static Loopback exchange() {
        return new Loopback((head, out) -> out.write(answer(head.split(" ")[1])));
    }

    private static byte[] answer(String path) {
        String body =
                path.contains("/time")
                        ? Bodies.time(NOW)
                        : path.contains("/klines")
                                ? Bodies.klines(Bodies.T0_MS, Bodies.T0_MS + 10 * Bar.MINUTE_MS)
                                : path.contains("/depth")
                                        ? "{\"lastUpdateId\":3,\"bids\":[],\"asks\":[]}"
                                        : Bodies.aggTrades(8, 3);
        return path.contains("NOPE")
                ? Loopback.response(400, "", Bodies.error(-1121, "Invalid symbol."))
                : Loopback.response(200, "", body);
    }

    @Test
    void answersOnTheCallersThread() throws Exception {
        try (Loopback server = exchange();
                BlockingRest rest = open(server)) {
            assertThat(rest.serverTimeUs()).isEqualTo(NOW * 1_000);
            assertThat(rest.klinesBefore("BTCUSDT", NOW, 10)).hasSize(10);
            assertThat(rest.klines("BTCUSDT", -1, -1, 11)).hasSize(10);
            assertThat(rest.trades(StreamKind.AGG_TRADE, "BTCUSDT", 8, 3)).hasSize(3);
            assertThat(rest.tradesSince("BTCUSDT", NOW, -1, 3)).hasSize(3);
            assertThat(rest.depth("BTCUSDT", 5).lastUpdateId()).isEqualTo(3);
            InstantSource anHourAhead = InstantSource.fixed(Instant.ofEpochMilli(NOW + 3_600_000));
            assertThat(rest.clockCheck(anHourAhead).warning().orElseThrow())
                    .contains("ahead of", "offset=3600.000s");
        }
    }

    @Test
    void throwsTheTypedFailure() throws Exception {
        try (Loopback server = exchange();
                BlockingRest rest = open(server)) {
            assertThatThrownBy(() -> rest.depth("NOPE", 5))
                    .isInstanceOfSatisfying(
                            RestException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.BAD_SYMBOL))
                    .hasMessageContaining(
                            "The exchange does not know the symbol: url=http://127.0.0.1:");
        }
    }

    @Test
    void anInterruptEndsTheCallAndStaysSet() throws Exception {
        try (Loopback server = exchange();
                BlockingRest rest = open(server)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(rest::serverTimeUs).hasMessage("Interrupted while waiting for REST");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(rest.serverTimeUs()).isEqualTo(NOW * 1_000);
        }
    }

    @Test
    void aCommandSaysWhereNobodyAnswers() {
        RestConfig nowhere = RestConfig.command(URI.create("https://no-such-host.invalid"));
        try (BlockingRest rest = BlockingRest.open(nowhere.withAttempts(2), 1, RestListener.NONE)) {
            assertThatThrownBy(() -> rest.exchangeInfo(List.of("BTCUSDT")))
                    .hasMessageStartingWith("Host not found: host=no-such-host.invalid. Check")
                    .hasMessageEndingWith("attempts=2");
        }
    }
}
