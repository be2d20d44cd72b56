package io.microstream.binance.replay.exchange.market;

import static io.microstream.binance.replay.exchange.market.Exchange.at;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.replay.exchange.faults.Fault;
import io.microstream.binance.replay.exchange.faults.Fault.Garbling;
import io.microstream.binance.replay.exchange.rest.RestAnswer;
import io.microstream.binance.replay.exchange.rest.RestCall;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What goes over the wire, byte for byte, as earlier releases wrote it. */
class WireTextTest {

    private static final String STREAMS =
            "btcusdt@aggTrade/btcusdt@trade/btcusdt@kline_1m/btcusdt@depth/btcusdt@depth@100ms/"
                    + "btcusdt@depth5@100ms/btcusdt@depth20/btcusdt@bookTicker";

    private static Exchange exchange() {
        return new Exchange(
                ExchangeConfig.lockstep(Set.of("btcusdt@aggTrade")),
                List.of(Market.listing("BTCUSDT", 2_000, 40_000)),
                at(100, new Fault.Garble(Garbling.UNKNOWN_EVENT)),
                at(200, new Fault.Garble(Garbling.NUMBER)),
                at(300, new Fault.Garble(Garbling.HUGE)),
                at(400, new Fault.Garble(Garbling.CORRUPT)),
                at(500, new Fault.Garble(Garbling.EXPONENT)),
                at(1_900, new Fault.Shutdown(Duration.ofSeconds(5))));
    }

    @Test
    void streamsOfEveryKindKeepTheirText() throws Exception {
        Exchange exchange = exchange();
        Exchange.Client combined = exchange.connect("/stream?streams=" + STREAMS);
        Exchange.Client plain = exchange.connect("/ws/" + STREAMS + "?timeUnit=MICROSECOND");
        exchange.play();

        assertThat(combined.port.texts).hasSizeGreaterThan(6_000);
        List<String> texts = new ArrayList<>(combined.port.texts);
        texts.addAll(plain.port.texts);
        assertThat(sha256(String.join("\n", texts)))
                .isEqualTo("f583dd7490bc152c12d6c2bd401590e1a9ffe52b4cae4d475cd01e49e7d0aa42");
    }

    @Test
    void answersOfEveryEndpointKeepTheirText() throws Exception {
        Exchange exchange = exchange();
        exchange.connect("/stream?streams=" + STREAMS);
        exchange.play();
        StringBuilder answers = new StringBuilder();
        for (String target :
                List.of(
                        "ping",
                        "time",
                        "exchangeInfo",
                        "exchangeInfo?symbol=BTCUSDT&showPermissionSets=false",
                        "depth?symbol=BTCUSDT",
                        "depth?symbol=BTCUSDT&limit=5",
                        "trades?symbol=BTCUSDT&limit=1000",
                        "historicalTrades?symbol=BTCUSDT&fromId=1001",
                        "aggTrades?symbol=BTCUSDT&limit=1000",
                        "klines?symbol=BTCUSDT&interval=1m",
                        "klines?symbol=BTCUSDT&interval=1h",
                        "ticker/bookTicker",
                        "ticker/bookTicker?symbol=BTCUSDT",
                        "depth?symbol=NOSUCH",
                        "klines?symbol=BTCUSDT&interval=7m",
                        "aggTrades?symbol=b\"t\\c",
                        "ping?a=1",
                        "nowhere/\"quoted\"\\é")) {
            answers.append(answer(exchange, "GET", target, false)).append('\n');
            answers.append(answer(exchange, "GET", target, true)).append('\n');
        }
        answers.append(answer(exchange, "POST", "ping", false));
        assertThat(sha256(answers.toString()))
                .isEqualTo("184a10fbad9c48c9ee79df192ac34a04a3acac33f8c817da017c118690cea94f");
    }

    private static String answer(Exchange exchange, String method, String target, boolean micros) {
        String[] parts = target.split("\\?", 2);
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : parts.length == 1 ? new String[0] : parts[1].split("&")) {
            query.put(pair.split("=")[0], pair.split("=")[1]);
        }
        RestAnswer answer =
                exchange.core.rest(
                        new RestCall(method, "/api/v3/" + parts[0], query, micros, "127.0.0.1"),
                        exchange.now);
        return answer.status() + " " + new String(answer.body(), UTF_8);
    }

    private static String sha256(String text) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        return HexFormat.of().formatHex(hash);
    }
}
