package io.microstream.binance.replay.exchange.rest;

import io.microstream.binance.replay.exchange.wire.JsonWriter;
import java.util.List;

/** Answers {@code exchangeInfo}: limits, and each symbol's status, steps and permissions. */
final class ExchangeInfoAnswers {

    private static final List<String> QUOTES =
            List.of(
                    "USDT", "FDUSD", "USDC", "TUSD", "BUSD", "USD", "BTC", "ETH", "BNB", "EUR",
                    "TRY", "BRL", "JPY");

    private static final List<String> ORDER_TYPES =
            List.of("LIMIT", "LIMIT_MAKER", "MARKET", "STOP_LOSS_LIMIT", "TAKE_PROFIT_LIMIT");

    private static final long HIGHEST_PRICE = 100_000_000_000_000L;
    private static final long MOST_QUANTITY = 900_000_000_000_000L;

    private final MarketView market;
    private final RestLimits limits;

    ExchangeInfoAnswers(MarketView market, RestLimits limits) {
        this.market = market;
        this.limits = limits;
    }

    void answer(Parameters asked, long serverTime, JsonWriter json) {
        List<String> symbols = asked.symbols();
        String status = asked.symbolStatus();
        boolean named = asked.has("symbol") || asked.has("symbols");
        if (named && (status != null || asked.has("permissions"))) {
            throw RestRefusal.badCombination();
        }
        String permissions = asked.text("permissions");
        boolean spot = permissions == null || permissions.contains("SPOT");
        boolean sets = !"false".equals(asked.text("showPermissionSets"));
        json.object().put("timezone", "UTC").put("serverTime", serverTime);
        rateLimits(json);
        json.name("exchangeFilters").array().end().name("symbols").array();
        for (String symbol : symbols) {
            if (spot && (status == null || status.equals(market.status(symbol)))) {
                symbol(symbol, sets, json);
            }
        }
        json.end().end();
    }

    private void rateLimits(JsonWriter json) {
        json.name("rateLimits").array();
        rateLimit("REQUEST_WEIGHT", "MINUTE", 1, limits.weightPerMinute(), json);
        rateLimit("ORDERS", "SECOND", 10, 100, json);
        rateLimit("ORDERS", "DAY", 1, 200_000, json);
        rateLimit("RAW_REQUESTS", "MINUTE", 5, limits.rawRequestsPerFiveMinutes(), json);
        json.end();
    }

    private static void rateLimit(
            String type, String interval, int number, int limit, JsonWriter json) {
        json.object().put("rateLimitType", type).put("interval", interval);
        json.put("intervalNum", number).put("limit", limit).end();
    }

    private void symbol(String symbol, boolean permissionSets, JsonWriter json) {
        String quote = quoteOf(symbol);
        json.object().put("symbol", symbol).put("status", market.status(symbol));
        json.put("baseAsset", symbol.substring(0, symbol.length() - quote.length()));
        json.put("baseAssetPrecision", 8).put("quoteAsset", quote);
        json.put("quotePrecision", 8).put("quoteAssetPrecision", 8);
        json.put("baseCommissionPrecision", 8).put("quoteCommissionPrecision", 8);
        texts("orderTypes", ORDER_TYPES, json);
        json.put("icebergAllowed", true).put("ocoAllowed", true).put("otoAllowed", true);
        json.put("quoteOrderQtyMarketAllowed", true).put("allowTrailingStop", true);
        json.put("cancelReplaceAllowed", true).put("amendAllowed", true);
        json.put("isSpotTradingAllowed", true).put("isMarginTradingAllowed", false);
        filters(symbol, json);
        json.name("permissions").array().end().name("permissionSets").array();
        if (permissionSets) {
            json.array().add("SPOT").end();
        }
        json.end().put("defaultSelfTradePreventionMode", "EXPIRE_MAKER");
        texts("allowedSelfTradePreventionModes", List.of("EXPIRE_MAKER"), json);
        json.end();
    }

    private static void texts(String name, List<String> texts, JsonWriter json) {
        json.name(name).array();
        texts.forEach(json::add);
        json.end();
    }

    private void filters(String symbol, JsonWriter json) {
        long tick = market.tickSize(symbol);
        long lot = market.lotSize(symbol);
        json.name("filters").array();
        json.object().put("filterType", "PRICE_FILTER").putDecimal("minPrice", tick);
        json.putDecimal("maxPrice", HIGHEST_PRICE).putDecimal("tickSize", tick).end();
        json.object().put("filterType", "LOT_SIZE").putDecimal("minQty", lot);
        json.putDecimal("maxQty", MOST_QUANTITY).putDecimal("stepSize", lot).end();
        json.end();
    }

    /** Returns the quote asset that the symbol ends with; of an unknown ending the last letter. */
    private static String quoteOf(String symbol) {
        for (String quote : QUOTES) {
            if (symbol.endsWith(quote) && symbol.length() > quote.length()) {
                return quote;
            }
        }
        return symbol.substring(symbol.length() - 1);
    }
}
