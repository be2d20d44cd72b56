package io.microstream.binance.replay.exchange.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Asks a handler as one client and reads its answers with an independent parser. */
final class HandlerClient {

    static final long SECOND = 1_000_000_000L;
    private static final ObjectMapper JSON = new ObjectMapper();

    final RestHandler handler;
    long nowNanos = 60 * SECOND;
    String client = "127.0.0.1";

    HandlerClient(StubMarket market) {
        this(market, RestLimits.binance());
    }

    HandlerClient(StubMarket market, RestLimits limits) {
        this.handler = new RestHandler(market, limits, 7);
    }

    /** {@code target} without {@code /api/v3/}, e.g. {@code depth?symbol=BTCUSDT}. */
    RestAnswer get(String target) {
        return ask("GET", target, false);
    }

    RestAnswer ask(String method, String target, boolean microseconds) {
        String[] parts = target.split("\\?", 2);
        String path = parts[0].startsWith("/") ? parts[0] : "/api/v3/" + parts[0];
        Map<String, String> query = new LinkedHashMap<>();
        if (parts.length > 1) {
            for (String pair : parts[1].split("&")) {
                String[] sides = pair.split("=", 2);
                query.put(sides[0], sides.length > 1 ? sides[1] : "");
            }
        }
        return handler.answer(new RestCall(method, path, query, microseconds, client), nowNanos);
    }

    JsonNode json(String target) {
        return json(get(target));
    }

    JsonNode micros(String target) {
        return json(ask("GET", target, true));
    }

    static JsonNode json(RestAnswer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + text(answer), e);
        }
    }

    static String text(RestAnswer answer) {
        return new String(answer.body(), UTF_8);
    }
}
