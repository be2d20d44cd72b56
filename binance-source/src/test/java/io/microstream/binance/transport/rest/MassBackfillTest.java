package io.microstream.binance.transport.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.transport.rest.VirtualExchange.Reply;
import io.microstream.binance.wire.Bodies;
import io.microstream.binance.wire.StreamKind;
import io.microstream.market.Trade;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * A hundred symbols take snapshots, fill gaps and fetch bars at the same moment, while the exchange
 * limits, bans, breaks, stalls and truncates at random. It counts weight by its own minutes.
 */
class MassBackfillTest {

    private static final int SYMBOLS = 100;
    private static final int PAGES = 40;
    private static final int ROWS = 5;
    private static final int LIMIT = 6_000;
    private static final URI URL = URI.create("https://exchange.test");
    private static final String DEPTH = "{\"lastUpdateId\":1,\"bids\":[],\"asks\":[]}";

    /** One run, with what the exchange saw. */
    private static final class Run {
        final VirtualExchange exchange = new VirtualExchange();
        final SplittableRandom random;
        final double faults;
        final int foreignPerSecond;
        final Map<Long, Integer> minutes = new TreeMap<>();
        final Map<Integer, Integer> refusals = new TreeMap<>();
        final long edgeMillis;
        long foreignSecond;
        long silentUntil;
        int tooEarly;
        int open;
        int filled;

        Run(long seed, double faults, int foreignPerSecond) {
            this.random = new SplittableRandom(seed);
            this.faults = faults;
            this.foreignPerSecond = foreignPerSecond;
            this.edgeMillis = random.nextLong(60_000);
            exchange.script = this::answer;
        }

        Reply answer(URI uri) {
            long now = exchange.millis();
            tooEarly += now < silentUntil ? 1 : 0;
            int used = count(now, weight(uri.getPath()));
            Duration latency = Duration.ofMillis(20 + random.nextLong(200));
            Reply reply = used > LIMIT ? refusal(429, 5, latency) : reply(uri, latency);
            return reply.with("x-mbx-used-weight-1m", used);
        }

        int count(long now, int weight) {
            long minute = (now + edgeMillis) / 60_000;
            for (; foreignSecond <= now / 1_000; foreignSecond++) {
                long at = (foreignSecond * 1_000 + edgeMillis) / 60_000;
                minutes.merge(at, foreignPerSecond, Integer::sum);
            }
            return minutes.merge(minute, weight, Integer::sum);
        }

        Reply reply(URI uri, Duration latency) {
            String good = good(uri);
            if (random.nextDouble() >= faults) {
                return Reply.ok(good).after(latency);
            }
            return switch (random.nextInt(9)) {
                case 0 -> refusal(429, 1 + random.nextInt(20), latency);
                case 1 -> random.nextInt(20) == 0 ? refusal(418, 120, latency) : Reply.hangs();
                case 2 -> random.nextInt(20) == 0 ? refusal(403, 30, latency) : Reply.hangs();
                case 3 -> Reply.of(503, Bodies.error(-1008, "busy"));
                case 4 -> Reply.fails(new IOException("Connection reset"));
                case 5 -> Reply.ok(good.substring(0, good.length() / 2));
                case 6 -> Reply.ok(good).after(Duration.ofSeconds(14));
                case 7 -> Reply.of(502, "<html>bad gateway</html>");
                default -> Reply.fails(new UnusableBodyException("body broke off", null));
            };
        }

        Reply refusal(int status, int seconds, Duration latency) {
            refusals.merge(status, 1, Integer::sum);
            exchange.loop.after(
                    latency,
                    () -> exchange.loop.execute(() -> refused(exchange.millis(), seconds)));
            return Reply.of(status, "").with("retry-after", seconds).after(latency);
        }

        /** Posted, so that it happens together with the client's receipt of the refusal. */
        void refused(long now, int seconds) {
            silentUntil = Math.max(silentUntil, now + 1_000L * seconds);
        }

        static int weight(String path) {
            return path.endsWith("depth")
                    ? 50
                    : path.endsWith("aggTrades") ? 4 : path.endsWith("time") ? 1 : 2;
        }

        static String good(URI uri) {
            String path = uri.getPath();
            if (path.endsWith("aggTrades")) {
                String from = uri.getQuery().replaceAll(".*fromId=|&limit.*", "");
                return Bodies.aggTrades(Long.parseLong(from), ROWS);
            }
            return path.endsWith("depth")
                    ? DEPTH
                    : path.endsWith("time") ? Bodies.time(Bodies.T0_MS) : "[]";
        }

        void start() {
            BinanceRest rest = exchange.client(RestConfig.feed(URL));
            for (int symbol = 0; symbol < SYMBOLS; symbol++) {
                String name = "S" + symbol;
                open += 3;
                rest.klinesBefore(name, Bodies.T0_MS, 100, Priority.HISTORY).thenRun(() -> open--);
                rest.depth(name, 1_000, Priority.START).thenRun(() -> open--);
                page(rest, name, 1, PAGES);
            }
        }

        void page(BinanceRest rest, String symbol, long from, int pages) {
            if (pages == 0) {
                open--;
                return;
            }
            CompletableFuture<List<Trade>> page =
                    rest.trades(StreamKind.AGG_TRADE, symbol, from, ROWS, Priority.GAP);
            page.thenAccept(
                    trades -> {
                        assertThat(trades.get(0).id()).isEqualTo(from);
                        filled += trades.size();
                        page(rest, symbol, from + trades.size(), pages - 1);
                    });
        }

        Run toTheEnd() {
            start();
            while (open > 0) {
                exchange.pass(Duration.ofSeconds(1));
                assertThat(exchange.millis()).isLessThan(3_600_000L);
            }
            return this;
        }

        int busiest() {
            return minutes.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        }
    }

    @Test
    void everyGapIsFilledAtNinetyPercentOfTheWeightWithoutARequestInAPause() {
        int busiest = 0;
        List<String> lines = new ArrayList<>();
        for (int seed = 1; seed <= 12; seed++) {
            Run run = new Run(seed, 0.05, 0).toTheEnd();
            assertThat(run.filled).isEqualTo(SYMBOLS * PAGES * ROWS);
            assertThat(run.tooEarly).as("requests in a pause, seed=%d", seed).isZero();
            assertThat(run.busiest()).as("weight, seed=%d", seed).isLessThanOrEqualTo(5_400);
            busiest = Math.max(busiest, run.busiest());
            lines.add(
                    "seed=%d requests=%d seconds=%d busiestMinute=%d refusals=%s"
                            .formatted(
                                    seed,
                                    run.exchange.requests.size(),
                                    run.exchange.millis() / 1_000,
                                    run.busiest(),
                                    run.refusals));
        }
        System.out.println("REST backfill of 100 symbols under faults, limit 6000:");
        lines.forEach(line -> System.out.println("  " + line));
        assertThat(busiest).isGreaterThan(4_000);
    }

    @Test
    void withoutFaultsItUsesWhatItMayAndIsNeverRefused() {
        Run run = new Run(1, 0, 0).toTheEnd();
        assertThat(run.refusals).isEmpty();
        assertThat(run.busiest()).isBetween(5_300, 5_400);
        int weight = run.minutes.values().stream().mapToInt(Integer::intValue).sum();
        assertThat(weight).isEqualTo(SYMBOLS * (4 * PAGES + 50 + 2) + timeRequests(run));
        System.out.printf(
                "REST backfill without faults: weight=%d seconds=%d minutes=%s%n",
                weight, run.exchange.millis() / 1_000, run.minutes.values());
    }

    private static int timeRequests(Run run) {
        return (int)
                run.exchange.requests.stream()
                        .filter(request -> request.uri().getPath().endsWith("time"))
                        .count();
    }

    @Test
    void othersOnTheSameAddressAreMadeRoomForBeforeTheServerRefuses() {
        for (int seed = 1; seed <= 4; seed++) {
            Run run = new Run(seed, 0, 40).toTheEnd();
            assertThat(run.refusals).as("seed=%d", seed).isEmpty();
        }
    }

    @Test
    void theSameSeedGivesTheSameRequests() {
        Run one = new Run(3, 0.05, 0).toTheEnd();
        Run two = new Run(3, 0.05, 0).toTheEnd();
        assertThat(one.exchange.requests).isEqualTo(two.exchange.requests);
    }
}
