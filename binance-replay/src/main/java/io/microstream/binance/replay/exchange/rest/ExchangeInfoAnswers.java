package io.microstream.binance.replay.exchange.rest;

import java.util.List;

/** Answers {@code exchangeInfo}: limits, and each symbol's status, steps and permissions. */
final class ExchangeInfoAnswers {

    private static final List<String> QUOTES =
            List.of(
                    "USDT", "FDUSD", "USDC", "TUSD", "BUSD", "USD", "BTC", "ETH", "BNB", "EUR",
                    "TRY", "BRL", "JPY");

    private static final String TRADABLE =
            ",\"orderTypes\":[\"LIMIT\",\"LIMIT_MAKER\",\"MARKET\",\"STOP_LOSS_LIMIT\","
                    + "\"TAKE_PROFIT_LIMIT\"],\"icebergAllowed\":true,\"ocoAllowed\":true,"
                    + "\"otoAllowed\":true,\"quoteOrderQtyMarketAllowed\":true,"
                    + "\"allowTrailingStop\":true,\"cancelReplaceAllowed\":true,"
                    + "\"amendAllowed\":true,\"isSpotTradingAllowed\":true,"
                    + "\"isMarginTradingAllowed\":false,\"filters\":[";

    private static final long HIGHEST_PRICE = 100_000_000_000_000L;
    private static final long MOST_QUANTITY = 900_000_000_000_000L;

    private final MarketView market;
    private final RestLimits limits;

    ExchangeInfoAnswers(MarketView market, RestLimits limits) {
        this.market = market;
        this.limits = limits;
    }

    void answer(Parameters asked, long serverTime, JsonText json) {
        List<String> symbols = asked.symbols();
        String status = asked.symbolStatus();
        boolean named = asked.has("symbol") || asked.has("symbols");
        if (named && (status != null || asked.has("permissions"))) {
            throw RestRefusal.badCombination();
        }
        String permissions = asked.text("permissions");
        boolean spot = permissions == null || permissions.contains("SPOT");
        boolean sets = !"false".equals(asked.text("showPermissionSets"));
        json.raw("{\"timezone\":\"UTC\",\"serverTime\":").number(serverTime);
        rateLimits(json.raw(",\"rateLimits\":["));
        json.raw("],\"exchangeFilters\":[],\"symbols\":[");
        for (String symbol : symbols) {
            if (spot && (status == null || status.equals(market.status(symbol)))) {
                symbol(symbol, sets, json.next('['));
            }
        }
        json.raw("]}");
    }

    private void rateLimits(JsonText json) {
        rateLimit("REQUEST_WEIGHT", "MINUTE", 1, limits.weightPerMinute(), json);
        rateLimit("ORDERS", "SECOND", 10, 100, json.raw(","));
        rateLimit("ORDERS", "DAY", 1, 200_000, json.raw(","));
        rateLimit("RAW_REQUESTS", "MINUTE", 5, limits.rawRequestsPerFiveMinutes(), json.raw(","));
    }

    private static void rateLimit(
            String type, String interval, int number, int limit, JsonText json) {
        json.raw("{\"rateLimitType\":\"").raw(type);
        json.raw("\",\"interval\":\"").raw(interval);
        json.raw("\",\"intervalNum\":").number(number);
        json.raw(",\"limit\":").number(limit).raw("}");
    }

    private void symbol(String symbol, boolean permissionSets, JsonText json) {
        String quote = quoteOf(symbol);
        json.raw("{\"symbol\":").text(symbol);
        json.raw(",\"status\":").text(market.status(symbol));
        json.raw(",\"baseAsset\":").text(symbol.substring(0, symbol.length() - quote.length()));
        json.raw(",\"baseAssetPrecision\":8,\"quoteAsset\":").text(quote);
        json.raw(",\"quotePrecision\":8,\"quoteAssetPrecision\":8");
        json.raw(",\"baseCommissionPrecision\":8,\"quoteCommissionPrecision\":8");
        filters(symbol, json.raw(TRADABLE));
        json.raw("],\"permissions\":[],\"permissionSets\":[");
        json.raw(permissionSets ? "[\"SPOT\"]" : "");
        json.raw("],\"defaultSelfTradePreventionMode\":\"EXPIRE_MAKER\"");
        json.raw(",\"allowedSelfTradePreventionModes\":[\"EXPIRE_MAKER\"]}");
    }

    private void filters(String symbol, JsonText json) {
        long tick = market.tickSize(symbol);
        long lot = market.lotSize(symbol);
        json.raw("{\"filterType\":\"PRICE_FILTER\",\"minPrice\":").decimal(tick);
        json.raw(",\"maxPrice\":").decimal(HIGHEST_PRICE);
        json.raw(",\"tickSize\":").decimal(tick);
        json.raw("},{\"filterType\":\"LOT_SIZE\",\"minQty\":").decimal(lot);
        json.raw(",\"maxQty\":").decimal(MOST_QUANTITY);
        json.raw(",\"stepSize\":").decimal(lot).raw("}");
    }

    /** By the symbol's ending; a name that fits none is all base asset but its last letter. */
    private static String quoteOf(String symbol) {
        for (String quote : QUOTES) {
            if (symbol.endsWith(quote) && symbol.length() > quote.length()) {
                return quote;
            }
        }
        return symbol.substring(symbol.length() - 1);
    }
}
