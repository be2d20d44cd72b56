package io.microstream.binance.replay.exchange.rest;

import java.util.Map;
import java.util.Set;

/** The endpoints: path, known parameters and request weight. */
enum Endpoint {
    PING("ping", 1),
    TIME("time", 1),
    EXCHANGE_INFO(
            "exchangeInfo",
            20,
            "symbol",
            "symbols",
            "permissions",
            "symbolStatus",
            "showPermissionSets"),
    DEPTH("depth", 5, "symbol", "limit", "symbolStatus"),
    TRADES("trades", 25, "symbol", "limit"),
    HISTORICAL_TRADES("historicalTrades", 25, "symbol", "limit", "fromId"),
    AGG_TRADES("aggTrades", 4, "symbol", "fromId", "startTime", "endTime", "limit"),
    KLINES("klines", 2, "symbol", "interval", "startTime", "endTime", "timeZone", "limit"),
    BOOK_TICKER("ticker/bookTicker", 2, "symbol", "symbols", "symbolStatus");

    private static final String ROOT = "/api/v3/";

    private final String path;
    private final int weight;
    private final Set<String> parameters;

    Endpoint(String name, int weight, String... parameters) {
        this.path = ROOT + name;
        this.weight = weight;
        this.parameters = Set.of(parameters);
    }

    /** Returns the endpoint of a path; null if there is none. */
    static Endpoint of(String path) {
        for (Endpoint endpoint : values()) {
            if (endpoint.path.equals(path)) {
                return endpoint;
            }
        }
        return null;
    }

    Set<String> parameters() {
        return parameters;
    }

    int weight(Map<String, String> query) {
        return switch (this) {
            case DEPTH -> depthWeight(query.get("limit"));
            case BOOK_TICKER -> query.containsKey("symbol") ? weight : 2 * weight;
            default -> weight;
        };
    }

    /** Returns the weight for a limit; one that cannot be read costs as little as the default. */
    private static int depthWeight(String limit) {
        if (limit == null || !limit.matches("[0-9]{1,18}")) {
            return 5;
        }
        long levels = Long.parseLong(limit);
        if (levels <= 100) {
            return 5;
        }
        return levels <= 500 ? 25 : levels <= 1_000 ? 50 : 250;
    }
}
