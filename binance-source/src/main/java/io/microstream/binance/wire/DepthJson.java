package io.microstream.binance.wire;

import java.io.IOException;
import java.util.Arrays;

/** Reads the response of REST's {@code depth}. */
public final class DepthJson {

    private long lastUpdateId = -1;
    private Side bids;
    private Side asks;

    private static final class Side {
        private long[] prices = new long[128];
        private long[] quantities = new long[128];
        private int size;

        void add(long price, long quantity) {
            if (size == prices.length) {
                prices = Arrays.copyOf(prices, 2 * size);
                quantities = Arrays.copyOf(quantities, 2 * size);
            }
            prices[size] = price;
            quantities[size++] = quantity;
        }

        boolean isSorted(int sign) {
            for (int i = 1; i < size; i++) {
                if (Long.compare(prices[i], prices[i - 1]) != sign) {
                    return false;
                }
            }
            return true;
        }
    }

    private DepthJson() {}

    /**
     * Reads the whole response.
     *
     * @throws IOException if a field is missing or the levels are not best first
     */
    public static DepthSnapshot read(JsonReader json, String symbol) throws IOException {
        DepthJson depth = new DepthJson();
        json.object(name -> depth.field(json, name));
        if (depth.lastUpdateId < 0 || depth.bids == null || depth.asks == null) {
            throw json.unreadable("depth lacks lastUpdateId, bids or asks");
        }
        if (!depth.bids.isSorted(-1) || !depth.asks.isSorted(1)) {
            throw json.unreadable("levels are not best first");
        }
        return depth.snapshot(symbol);
    }

    private void field(JsonReader json, String name) throws IOException {
        switch (name) {
            case "lastUpdateId" -> lastUpdateId = json.natural();
            case "bids" -> bids = side(json);
            case "asks" -> asks = side(json);
            default -> {}
        }
    }

    private static Side side(JsonReader json) throws IOException {
        Side side = new Side();
        json.array(
                () -> {
                    json.requireArray();
                    json.next();
                    long price = json.price();
                    json.next();
                    side.add(price, json.units());
                    json.skipRest();
                });
        return side;
    }

    private DepthSnapshot snapshot(String symbol) {
        return new DepthSnapshot(
                symbol,
                lastUpdateId,
                Arrays.copyOf(bids.prices, bids.size),
                Arrays.copyOf(bids.quantities, bids.size),
                Arrays.copyOf(asks.prices, asks.size),
                Arrays.copyOf(asks.quantities, asks.size));
    }
}
