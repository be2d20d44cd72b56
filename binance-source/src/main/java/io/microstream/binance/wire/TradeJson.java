package io.microstream.binance.wire;

import io.microstream.market.Trade;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the rows of REST's {@code aggTrades}, {@code trades} and {@code historicalTrades}. */
public final class TradeJson {

    private static final long NONE = -1;

    private final StreamKind kind;
    private final String symbol;
    private final long receivedAtMs;
    private final List<Trade> trades = new ArrayList<>();
    private long id;
    private long price;
    private long quantity;
    private long first;
    private long last;
    private long timeUs;
    private Boolean buyerIsMaker;

    private TradeJson(StreamKind kind, String symbol, long receivedAtMs) {
        this.kind = kind;
        this.symbol = symbol;
        this.receivedAtMs = receivedAtMs;
    }

    public static List<Trade> read(
            JsonReader json, StreamKind kind, String symbol, long receivedAtMs) throws IOException {
        TradeJson rows = new TradeJson(kind, symbol, receivedAtMs);
        json.array(() -> rows.row(json));
        return rows.trades;
    }

    private void row(JsonReader json) throws IOException {
        id = NONE;
        price = NONE;
        quantity = NONE;
        first = NONE;
        last = NONE;
        timeUs = NONE;
        buyerIsMaker = null;
        if (kind == StreamKind.AGG_TRADE) {
            json.object(name -> aggregate(json, name));
        } else {
            json.object(name -> single(json, name));
            first = id;
            last = id;
        }
        requireAll(json);
        trades.add(
                new Trade(
                        symbol,
                        id,
                        price,
                        quantity,
                        first,
                        last,
                        timeUs,
                        buyerIsMaker,
                        0,
                        false,
                        receivedAtMs));
    }

    private void aggregate(JsonReader json, String name) throws IOException {
        switch (name) {
            case "a" -> id = json.natural();
            case "p" -> price = json.price();
            case "q" -> quantity = json.units();
            case "f" -> first = json.natural();
            case "l" -> last = json.natural();
            case "T" -> timeUs = json.micros();
            case "m" -> buyerIsMaker = json.bool();
            default -> {}
        }
    }

    private void single(JsonReader json, String name) throws IOException {
        switch (name) {
            case "id" -> id = json.natural();
            case "price" -> price = json.price();
            case "qty" -> quantity = json.units();
            case "time" -> timeUs = json.micros();
            case "isBuyerMaker" -> buyerIsMaker = json.bool();
            default -> {}
        }
    }

    private void requireAll(JsonReader json) throws IOException {
        boolean numbers = id >= 0 && price > 0 && quantity >= 0 && timeUs >= 0;
        if (!numbers || first < 0 || last < first || buyerIsMaker == null) {
            throw json.unreadable("trade lacks a field, or its last id is below its first: " + id);
        }
    }
}
