package io.microstream.binance.trades.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.microstream.binance.replay.exchange.rest.RestAnswer;
import io.microstream.binance.replay.exchange.rest.RestCall;
import io.microstream.binance.transport.rest.RestResponse;
import io.microstream.binance.transport.rest.RestTransport;
import io.microstream.binance.transport.rest.UnusableBodyException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Requests to the simulated exchange. Checks each: not while a Retry-After runs, and never more
 * weight than nine tenths of the limit.
 */
final class SimulatedRest implements RestTransport {

    private static final int MOST_WEIGHT = 5_400;
    private static final long TIMEOUT = Duration.ofSeconds(15).toNanos();

    private final SimulatedExchange exchange;
    private final SimulatedTime time;
    private final SplittableRandom chance;
    private long forbiddenUntil;

    /** Answers in place of the exchange; null lets the exchange answer. */
    Function<URI, RestResponse> inPlace = uri -> null;

    /** How often each status came. */
    final Map<Integer, Integer> statuses = new TreeMap<>();

    int requests;
    int mostWeight;
    int broken;

    SimulatedRest(SimulatedExchange exchange, SimulatedTime time, SplittableRandom chance) {
        this.exchange = exchange;
        this.time = time;
        this.chance = chance;
    }

    @Override
    public CompletableFuture<RestResponse> get(URI uri) {
        if (time.nanos() < forbiddenUntil) {
            throw new AssertionError(
                    "Asked before Retry-After was over: secondsTooEarly="
                            + (forbiddenUntil - time.nanos()) / 1e9
                            + " uri="
                            + uri);
        }
        requests++;
        CompletableFuture<RestResponse> future = new CompletableFuture<>();
        time.world.afterNanos(latency(), () -> reach(uri, future));
        return future;
    }

    private long latency() {
        long usual = 5_000_000 + chance.nextLong(60_000_000);
        return chance.nextInt(50) == 0 ? usual * 10 : usual;
    }

    private void reach(URI uri, CompletableFuture<RestResponse> future) {
        RestResponse scripted = inPlace.apply(uri);
        if (scripted != null) {
            statuses.merge(scripted.status(), 1, Integer::sum);
            time.world.afterNanos(latency(), () -> future.complete(scripted));
            return;
        }
        RestAnswer answer =
                exchange.rest(new RestCall("GET", uri.getPath(), query(uri), true, "10.0.0.1"));
        long took = answer.delayNanos() + latency();
        if (took > TIMEOUT || answer.slow()) {
            broken++;
            time.world.afterNanos(
                    TIMEOUT,
                    () -> future.completeExceptionally(new HttpTimeoutException("too slow")));
        } else {
            time.world.afterNanos(took, () -> deliver(answer, future));
        }
    }

    private void deliver(RestAnswer answer, CompletableFuture<RestResponse> future) {
        if (answer.truncated()) {
            broken++;
            future.completeExceptionally(new UnusableBodyException("cut off", null));
            return;
        }
        Map<String, String> headers = new HashMap<>();
        answer.headers()
                .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        statuses.merge(answer.status(), 1, Integer::sum);
        mind(answer.status(), headers);
        future.complete(new RestResponse(answer.status(), headers, answer.body()));
    }

    private void mind(int status, Map<String, String> headers) {
        String retryAfter = headers.get("retry-after");
        if ((status == 429 || status == 418) && retryAfter != null) {
            long until = time.nanos() + Duration.ofSeconds(Long.parseLong(retryAfter)).toNanos();
            forbiddenUntil = Math.max(forbiddenUntil, until);
        }
        String weight = headers.get("x-mbx-used-weight-1m");
        if (weight != null) {
            mostWeight = Math.max(mostWeight, Integer.parseInt(weight));
            if (mostWeight > MOST_WEIGHT) {
                throw new AssertionError("More than 90 % of the weight: used=" + mostWeight);
            }
        }
    }

    private static Map<String, String> query(URI uri) {
        Map<String, String> query = new HashMap<>();
        if (uri.getRawQuery() != null) {
            for (String part : uri.getRawQuery().split("&")) {
                int at = part.indexOf('=');
                query.put(part.substring(0, at), URLDecoder.decode(part.substring(at + 1), UTF_8));
            }
        }
        return query;
    }
}
