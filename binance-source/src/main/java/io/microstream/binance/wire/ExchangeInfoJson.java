package io.microstream.binance.wire;

import io.microstream.binance.wire.ExchangeInfo.RateLimit;
import io.microstream.binance.wire.ExchangeInfo.SymbolInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the response of REST's {@code exchangeInfo}. */
public final class ExchangeInfoJson {

    private final List<RateLimit> limits = new ArrayList<>();
    private final Map<String, SymbolInfo> symbols = new LinkedHashMap<>();
    private long serverTimeUs = -1;
    private boolean symbolsSeen;

    private String type;
    private String interval;
    private long intervalNum;
    private long limit;

    private String symbol;
    private String status;
    private String base;
    private String quote;
    private long tickSize;
    private long stepSize;

    private ExchangeInfoJson() {}

    /**
     * Reads the whole response.
     *
     * @throws IOException if the server's time, the symbols or a needed field is missing
     */
    public static ExchangeInfo read(JsonReader json) throws IOException {
        ExchangeInfoJson info = new ExchangeInfoJson();
        json.object(name -> info.field(json, name));
        if (info.serverTimeUs < 0 || !info.symbolsSeen) {
            throw json.unreadable("exchangeInfo lacks serverTime or symbols");
        }
        return new ExchangeInfo(
                info.serverTimeUs,
                List.copyOf(info.limits),
                Collections.unmodifiableMap(info.symbols));
    }

    private void field(JsonReader json, String name) throws IOException {
        switch (name) {
            case "serverTime" -> serverTimeUs = json.micros();
            case "rateLimits" -> json.array(() -> rateLimit(json));
            case "symbols" -> {
                symbolsSeen = true;
                json.array(() -> symbol(json));
            }
            default -> {}
        }
    }

    private void rateLimit(JsonReader json) throws IOException {
        type = "";
        interval = "";
        intervalNum = 0;
        limit = 0;
        json.object(
                name -> {
                    switch (name) {
                        case "rateLimitType" -> type = json.text();
                        case "interval" -> interval = json.text();
                        case "intervalNum" -> intervalNum = json.natural();
                        case "limit" -> limit = json.natural();
                        default -> {}
                    }
                });
        limits.add(new RateLimit(type, interval, clamped(intervalNum), clamped(limit)));
    }

    private static int clamped(long value) {
        return (int) Math.min(value, Integer.MAX_VALUE);
    }

    private void symbol(JsonReader json) throws IOException {
        symbol = null;
        status = null;
        base = "";
        quote = "";
        tickSize = 0;
        stepSize = 0;
        json.object(
                name -> {
                    switch (name) {
                        case "symbol" -> symbol = json.text();
                        case "status" -> status = json.text();
                        case "baseAsset" -> base = json.text();
                        case "quoteAsset" -> quote = json.text();
                        case "filters" -> json.array(() -> filter(json));
                        default -> {}
                    }
                });
        if (symbol == null || status == null) {
            throw json.unreadable("symbol lacks its name or status: symbol=" + symbol);
        }
        symbols.put(symbol, new SymbolInfo(symbol, status, base, quote, tickSize, stepSize));
    }

    private void filter(JsonReader json) throws IOException {
        String[] filterType = {""};
        long[] steps = {0, 0};
        json.object(
                name -> {
                    switch (name) {
                        case "filterType" -> filterType[0] = json.text();
                        case "tickSize" -> steps[0] = json.units();
                        case "stepSize" -> steps[1] = json.units();
                        default -> {}
                    }
                });
        if (filterType[0].equals("PRICE_FILTER")) {
            tickSize = steps[0];
        } else if (filterType[0].equals("LOT_SIZE")) {
            stepSize = steps[1];
        }
    }
}
