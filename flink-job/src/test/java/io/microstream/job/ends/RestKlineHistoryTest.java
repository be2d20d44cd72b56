package io.microstream.job.ends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.microstream.binance.transport.rest.RestConfig;
import io.microstream.binance.transport.rest.RestException;
import io.microstream.market.Bar;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.flink.testutils.logging.LoggerAuditingExtension;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.event.Level;

class RestKlineHistoryTest {

    private static final long MINUTE = Bar.MINUTE_MS;
    private static final long LISTED_MS = 1_700_000_040_000L;
    private static final int MISSING_MINUTE = 1500;

    private final AtomicInteger requests = new AtomicInteger();

    @RegisterExtension
    private final LoggerAuditingExtension warnings =
            new LoggerAuditingExtension(RestKlineHistory.class, Level.WARN);

    private HttpServer exchange;

    @BeforeEach
    void start() throws IOException {
        exchange = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        exchange.createContext("/api/v3/klines", this::klines);
        exchange.createContext("/api/v3/time", RestKlineHistoryTest::time);
        exchange.start();
    }

    @AfterEach
    void stop() {
        exchange.stop(0);
    }

    @Test
    void theNewestBarsComeInOrderAcrossPages() {
        long beforeMs = LISTED_MS + 3000 * MINUTE;
        List<Bar> bars = history(exchange).before("BTCUSDT", beforeMs, 2500);
        List<Long> expected = new ArrayList<>();
        for (long minute = 500; minute < 3000; minute++) {
            if (minute != MISSING_MINUTE) {
                expected.add(LISTED_MS + minute * MINUTE);
            }
        }
        assertThat(bars).extracting(Bar::openTimeMs).isEqualTo(expected);
        assertThat(bars.get(0)).isEqualTo(bar(500));
        assertThat(requests.get()).isEqualTo(3);
        assertThat(warnings.getMessages()).isEmpty();
    }

    @Test
    void aSymbolListedLatelyHasLessHistory() {
        List<Bar> bars = history(exchange).before("BTCUSDT", LISTED_MS + 2 * MINUTE, 20_160);
        assertThat(bars).containsExactly(bar(0), bar(1));
        assertThat(history(exchange).before("BTCUSDT", LISTED_MS, 20_160)).isEmpty();
    }

    @Test
    void anUnreachableExchangeGivesNoHistoryAndOneWarning() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        URI unreachable = URI.create("http://127.0.0.1:" + free);
        RestKlineHistory history =
                new RestKlineHistory(RestConfig.command(unreachable).withAttempts(2));
        assertThat(history.before("BTCUSDT", LISTED_MS, 100)).isEmpty();
        assertThat(warnings.getMessages()).hasSize(1);
        assertThat(warnings.getMessages().get(0))
                .contains("symbol=BTCUSDT", "before=" + LISTED_MS, "port=" + free)
                .doesNotContain("\n");
    }

    @Test
    void aRefusedRequestGivesNoHistoryAndOneWarning() {
        assertThat(history(exchange).before("NOSUCHUSDT", LISTED_MS, 100)).isEmpty();
        assertThat(requests.get()).isEqualTo(1);
        assertThat(warnings.getMessages()).singleElement().asString().contains("symbol=NOSUCHUSDT");
    }

    @Test
    void anInterruptedRequestThrows() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> history(exchange).before("BTCUSDT", LISTED_MS, 100))
                .isInstanceOf(RestException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(warnings.getMessages()).isEmpty();
    }

    @Test
    void historyIsSerializable() throws Exception {
        URI url = URI.create("https://one.example/api/v3");
        RestKlineHistory history =
                new RestKlineHistory(
                        RestConfig.command(url).withRequestTimeout(Duration.ofSeconds(7)));
        assertThat(InstantiationUtil.clone(history)).isEqualTo(history);
    }

    private static RestKlineHistory history(HttpServer exchange) {
        URI url = URI.create("http://127.0.0.1:" + exchange.getAddress().getPort());
        return new RestKlineHistory(RestConfig.command(url).withAttempts(2));
    }

    private static Bar bar(long minute) {
        BigDecimal price = new BigDecimal("%d.00000000".formatted(100 + minute % 7));
        BigDecimal volume = new BigDecimal("2.00000000");
        BigDecimal half = new BigDecimal("1.00000000");
        return new Bar(
                "BTCUSDT",
                LISTED_MS + minute * MINUTE,
                price,
                price,
                price,
                price,
                volume,
                price.multiply(new BigDecimal(2)),
                half,
                price,
                5,
                -1,
                -1,
                true,
                true,
                0);
    }

    private static String row(Bar bar) {
        return "[%d,\"%s\",\"%s\",\"%s\",\"%s\",\"%s\",%d,\"%s\",%d,\"%s\",\"%s\",\"0\"]"
                .formatted(
                        bar.openTimeMs(),
                        bar.open(),
                        bar.high(),
                        bar.low(),
                        bar.close(),
                        bar.volume(),
                        bar.closeTimeMs(),
                        bar.quoteVolume(),
                        bar.tradeCount(),
                        bar.takerBuyVolume(),
                        bar.takerBuyQuoteVolume());
    }

    /** Minutes from the listing on, but one; times in milliseconds. */
    private void klines(HttpExchange call) throws IOException {
        requests.incrementAndGet();
        Map<String, String> asked =
                Arrays.stream(call.getRequestURI().getQuery().split("&"))
                        .map(pair -> pair.split("="))
                        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        if (!asked.get("symbol").equals("BTCUSDT")) {
            answer(call, 400, "{\"code\":-1121,\"msg\":\"Invalid symbol.\"}");
            return;
        }
        long newest = Math.floorDiv(Long.parseLong(asked.get("endTime")) - LISTED_MS, MINUTE);
        int limit = Integer.parseInt(asked.get("limit"));
        List<String> rows = new ArrayList<>();
        for (long minute = newest; minute >= 0 && rows.size() < limit; minute--) {
            if (minute != MISSING_MINUTE) {
                rows.add(0, row(bar(minute)));
            }
        }
        answer(call, 200, "[" + String.join(",", rows) + "]");
    }

    private static void time(HttpExchange call) throws IOException {
        answer(call, 200, "{\"serverTime\":%d}".formatted(LISTED_MS + 10_000 * MINUTE));
    }

    private static void answer(HttpExchange call, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        call.sendResponseHeaders(status, bytes.length);
        call.getResponseBody().write(bytes);
        call.close();
    }
}
