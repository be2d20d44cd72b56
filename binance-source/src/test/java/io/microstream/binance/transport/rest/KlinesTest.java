package io.microstream.binance.transport.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.transport.rest.VirtualExchange.Reply;
import io.microstream.binance.wire.Bodies;
import io.microstream.market.Bar;
import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class KlinesTest {

    private static final long MIN = Bar.MINUTE_MS;
    private static final long LISTED = Bodies.T0_MS;
    private static final long NOW = LISTED + 5_000 * MIN + 30_000;
    private static final Pattern NUMBER = Pattern.compile("(startTime|endTime|limit)=([0-9]+)");

    private final VirtualExchange exchange = new VirtualExchange();
    private final BinanceRest rest;

    KlinesTest() {
        exchange.script = this::answer;
        rest = exchange.client(RestConfig.feed(URI.create("https://exchange.test")));
    }

    /** An exchange that has every minute since the listing, the running one included. */
    private Reply answer(URI uri) {
        if (uri.getPath().endsWith("time")) {
            return Reply.ok(Bodies.time(NOW));
        }
        long start = number(uri, "startTime", -1);
        long end = Math.min(number(uri, "endTime", NOW), NOW) / MIN * MIN;
        long rows = number(uri, "limit", 500);
        long first = start < 0 ? end - (rows - 1) * MIN : (start + MIN - 1) / MIN * MIN;
        long from = Math.max(LISTED, first);
        return Reply.ok(Bodies.klines(from, Math.min(end, from + (rows - 1) * MIN)));
    }

    private static long number(URI uri, String name, long otherwise) {
        Matcher matcher = NUMBER.matcher(uri.getQuery());
        while (matcher.find()) {
            if (matcher.group(1).equals(name)) {
                return Long.parseLong(matcher.group(2));
            }
        }
        return otherwise;
    }

    private List<String> paths() {
        return exchange.requests.stream()
                .map(r -> r.uri().getPath().replace("/api/v3/", ""))
                .toList();
    }

    private static void assertMinutes(List<Bar> bars, long first, long last) {
        assertThat(bars).hasSize((int) ((last - first) / MIN) + 1);
        for (int i = 0; i < bars.size(); i++) {
            assertThat(bars.get(i).openTimeMs()).isEqualTo(first + i * MIN);
        }
    }

    @Test
    void leavesOutTheMinuteThatRuns() {
        long running = NOW / MIN * MIN;
        List<Bar> bars =
                exchange.run(
                                rest.klines(
                                        "BTCUSDT",
                                        BinanceRest.OPEN,
                                        BinanceRest.OPEN,
                                        10,
                                        Priority.START))
                        .join();
        assertMinutes(bars, running - 9 * MIN, running - MIN);
    }

    @Test
    void asksForTheTimeOnlyWhereTheRangeMayNotHaveEnded() {
        long running = NOW / MIN * MIN;
        exchange.run(rest.klines("BTCUSDT", LISTED, LISTED + MIN, 10, Priority.START));
        exchange.run(rest.klines("BTCUSDT", LISTED, LISTED + MIN, 10, Priority.START));
        exchange.run(rest.klines("BTCUSDT", LISTED, running, 10, Priority.START));
        assertThat(paths()).containsExactly("time", "klines", "klines", "time", "klines");
    }

    @Test
    void pagesBackwardsAThousandARequest() {
        long running = NOW / MIN * MIN;
        List<Bar> bars =
                exchange.run(rest.klinesBefore("BTCUSDT", running, 2_500, Priority.HISTORY)).join();
        assertMinutes(bars, running - 2_500 * MIN, running - MIN);
        assertThat(paths()).containsExactly("time", "klines", "klines", "klines");
    }

    @Test
    void pagesFromANowThatIsStillRunning() {
        long running = NOW / MIN * MIN;
        List<Bar> bars =
                exchange.run(rest.klinesBefore("BTCUSDT", running + MIN, 1_440, Priority.HISTORY))
                        .join();
        assertMinutes(bars, running - 1_440 * MIN, running - MIN);
        assertThat(
                        exchange.run(rest.klinesBefore("BTCUSDT", running + MIN, 5, Priority.START))
                                .join())
                .hasSize(5);
        assertThat(paths()).containsExactly("time", "klines", "klines", "time", "klines");
    }

    @Test
    void endsWhereTheListingBegins() {
        List<Bar> bars =
                exchange.run(
                                rest.klinesBefore(
                                        "BTCUSDT", LISTED + 1_500 * MIN, 9_000, Priority.HISTORY))
                        .join();
        assertMinutes(bars, LISTED, LISTED + 1_499 * MIN);
        exchange.script = uri -> Reply.ok(uri.getPath().endsWith("time") ? Bodies.time(NOW) : "[]");
        assertThat(exchange.run(rest.klinesBefore("BTCUSDT", LISTED, 5, Priority.START)).join())
                .isEmpty();
    }

    @Test
    void failsAsTheRequestDoes() {
        exchange.script = uri -> Reply.of(400, Bodies.error(-1121, "Invalid symbol."));
        RestException failure =
                exchange.failure(rest.klinesBefore("NOPE", LISTED, 5, Priority.START));
        assertThat(failure.kind()).isEqualTo(RestException.Kind.BAD_SYMBOL);
    }
}
