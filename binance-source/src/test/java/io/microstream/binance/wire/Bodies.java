package io.microstream.binance.wire;

/** Made-up answers in the exchange's shape. */
public final class Bodies {

    public static final long T0_MS = 1_767_225_600_000L;

    private Bodies() {}

    static String aggTrade(long id) {
        return "{\"a\":%d,\"p\":\"2971.42000000\",\"q\":\"0.51230000\",\"f\":%d,\"l\":%d,\"T\":%d,\"m\":false,\"M\":true}"
                .formatted(id, 2 * id, 2 * id + 1, (T0_MS + id) * 1_000);
    }

    public static String aggTrades(long fromId, int rows) {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < rows; i++) {
            text.append(i == 0 ? "" : ",").append(aggTrade(fromId + i));
        }
        return text.append(']').toString();
    }

    static String kline(long openTimeMs) {
        return "[%d,\"2971.42000000\",\"2980.00000000\",\"2970.00000000\",\"2975.10000000\",\"118.20000000\",%d,\"351230.11000000\",634,\"60.10000000\",\"178600.20000000\",\"0\"]"
                .formatted(openTimeMs * 1_000, (openTimeMs + 60_000) * 1_000 - 1);
    }

    public static String klines(long firstMs, long lastMs) {
        StringBuilder text = new StringBuilder("[");
        for (long open = firstMs; open <= lastMs; open += 60_000) {
            text.append(open == firstMs ? "" : ",").append(kline(open));
        }
        return text.append(']').toString();
    }

    public static String time(long ms) {
        return "{\"serverTime\":%d}".formatted(ms * 1_000);
    }

    public static String error(int code, String message) {
        return "{\"code\":%d,\"msg\":\"%s\"}".formatted(code, message);
    }

    static String symbol(String name) {
        return """
        {"symbol":"%s","status":"TRADING","baseAsset":"BTC","baseAssetPrecision":8,"quoteAsset":"USDT",
         "orderTypes":["LIMIT","MARKET"],"isSpotTradingAllowed":true,
         "filters":[{"filterType":"PRICE_FILTER","minPrice":"0.01000000","maxPrice":"1000000.00000000","tickSize":"0.01000000"},
                    {"filterType":"LOT_SIZE","minQty":"0.00010000","maxQty":"9000.00000000","stepSize":"0.00010000"},
                    {"filterType":"NEW_ONE","other":{"deep":[1,[2]]}}],
         "permissions":[],"permissionSets":[["SPOT","X"]]}"""
                .formatted(name);
    }

    public static String exchangeInfo(String... symbols) {
        StringBuilder text = new StringBuilder();
        for (String symbol : symbols) {
            text.append(text.isEmpty() ? "" : ",").append(symbol(symbol));
        }
        return """
        {"timezone":"UTC","serverTime":1767225600123456,
         "rateLimits":[{"rateLimitType":"RAW_REQUESTS","interval":"MINUTE","intervalNum":5,"limit":300000},
                       {"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":1200}],
         "exchangeFilters":[],"symbols":[%s],"sors":[{"baseAsset":"BTC","symbols":["BTCUSDT"]}]}"""
                .formatted(text);
    }
}
