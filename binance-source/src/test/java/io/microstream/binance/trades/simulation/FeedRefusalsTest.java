package io.microstream.binance.trades.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.replay.exchange.faults.Fault;
import io.microstream.binance.replay.exchange.faults.PlannedFault;
import io.microstream.binance.transport.rest.RestResponse;
import io.microstream.market.DataQuality.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * REST answers each symbol in its own way: as it should, with failures that pass, or, from some
 * moment on, with a refusal that never does. Failures that pass cost nothing; refusals end or
 * degrade their symbol alone, in bounded time and with one row each.
 */
class FeedRefusalsTest {

    private static final int SEEDS = 150;
    private static final int MINUTES = 8;
    private static final Duration LATEST = Duration.ofMinutes(MINUTES + 15);
    private static final List<String> REFUSALS =
            List.of(
                    "400 {\"code\":-1100,\"msg\":\"Illegal characters found in parameter 'symbol'.\"}",
                    "400 {\"code\":-1121,\"msg\":\"Invalid symbol.\"}",
                    "400 {\"code\":-1104,\"msg\":\"Not all sent parameters were read.\"}",
                    "404 <html>Not Found</html>",
                    "451 {\"code\":0,\"msg\":\"Service unavailable from a restricted location.\"}",
                    "200 {\"another\":\"schema\"}");
    private static final List<String> PASSING =
            List.of(
                    "500 {\"code\":-1000,\"msg\":\"An unknown error occurred.\"}",
                    "503 {\"code\":-1008,\"msg\":\"Server is overloaded.\"}",
                    "504 {\"code\":-1007,\"msg\":\"Timeout waiting for response.\"}",
                    "400 {\"code\":-1001,\"msg\":\"Internal error.\"}",
                    "200 [{\"a\":1,",
                    "502 Bad Gateway");

    /** How REST answers for one symbol between two moments of virtual time. */
    private record Trouble(List<String> answers, long fromNanos, long untilNanos) {

        boolean isDefinite() {
            return untilNanos == Long.MAX_VALUE;
        }

        RestResponse answer(long nowNanos, SplittableRandom chance) {
            if (nowNanos < fromNanos || nowNanos >= untilNanos) {
                return null;
            }
            String answer = answers.get(chance.nextInt(answers.size()));
            int status = Integer.parseInt(answer.substring(0, 3));
            return new RestResponse(status, Map.of(), answer.substring(4).getBytes(UTF_8));
        }
    }

    @Test
    void whatPassesHealsAndWhatDoesNotEndsItsSymbolAloneInBoundedTime() {
        int refused = 0;
        int degraded = 0;
        int healed = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            SplittableRandom chance = new SplittableRandom(seed);
            GoldenMarket market = new GoldenMarket(MINUTES).busy(4, 20, seed);
            Map<String, Trouble> troubles = troubles(market, chance);
            SimulatedFeed run = new SimulatedFeed(market, faults(market, chance), seed);
            run.rest.inPlace =
                    uri -> {
                        Trouble trouble = troubles.get(symbol(uri));
                        return trouble == null ? null : trouble.answer(run.time.nanos(), chance);
                    };
            run.start().finish();
            assertThat(run.time.nanos()).as("seed=%d", seed).isLessThan(LATEST.toNanos());
            for (String symbol : market.symbols()) {
                GoldenOutput.Position at = run.out.position(symbol);
                Trouble trouble = troubles.get(symbol);
                String as = "seed=%d symbol=%s %s".formatted(seed, symbol, trouble);
                long rows =
                        run.out.of(Kind.REFUSED).stream()
                                .filter(fault -> fault.symbol().equals(symbol))
                                .count();
                boolean whole = at.next == at.trades.size() && at.lost == 0 && at.first == 0;
                if (trouble == null || !trouble.isDefinite()) {
                    assertThat(whole).as(as).isTrue();
                    assertThat(rows).as(as).isZero();
                    healed += trouble == null ? 0 : 1;
                } else if (rows > 0 || at.next < at.trades.size()) {
                    assertThat(rows).as(as).isEqualTo(1);
                    refused++;
                } else {
                    degraded += whole ? 0 : 1;
                }
            }
        }
        System.out.printf(
                "FeedRefusalsTest: seeds=1..%d refused=%d degraded=%d healed=%d%n",
                SEEDS, refused, degraded, healed);
        assertThat(List.of(refused, degraded, healed)).allMatch(count -> count > SEEDS / 20);
    }

    private static Map<String, Trouble> troubles(GoldenMarket market, SplittableRandom chance) {
        Map<String, Trouble> troubles = new HashMap<>();
        for (String symbol : market.symbols()) {
            long from = chance.nextBoolean() ? 0 : chance.nextLong(seconds(60 * MINUTES));
            switch (chance.nextInt(3)) {
                case 0 -> {
                    String refusal = REFUSALS.get(chance.nextInt(REFUSALS.size()));
                    troubles.put(symbol, new Trouble(List.of(refusal), from, Long.MAX_VALUE));
                }
                case 1 -> {
                    long until = from + chance.nextLong(seconds(90));
                    troubles.put(symbol, new Trouble(PASSING, from, until));
                }
                default -> {}
            }
        }
        return troubles;
    }

    private static List<PlannedFault> faults(GoldenMarket market, SplittableRandom chance) {
        List<PlannedFault> faults = new ArrayList<>();
        long rows = market.rows();
        for (long row = 20; row < rows - 20; row += 20 + chance.nextLong(rows / 4)) {
            Fault fault =
                    chance.nextInt(3) == 0
                            ? new Fault.Disconnect(Fault.Ending.RESET, chance.nextInt(10))
                            : new Fault.Skip(1 + chance.nextInt(5));
            faults.add(new PlannedFault(row, fault));
        }
        return faults;
    }

    private static String symbol(URI uri) {
        String query = String.valueOf(uri.getRawQuery());
        return query.contains("symbol=") ? query.replaceAll(".*symbol=([^&]+).*", "$1") : "";
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
