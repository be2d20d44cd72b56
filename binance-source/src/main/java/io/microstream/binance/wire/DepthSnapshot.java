package io.microstream.binance.wire;

import java.util.Arrays;
import java.util.Locale;

/**
 * Holds an order book at one moment: prices and quantities in units of 1e-8, best level first.
 *
 * @param symbol upper case
 * @param lastUpdateId id of the last update included; the same ids as the depth stream's {@code u}
 * @param bidPrices strictly descending
 * @param bidQuantities of the same length
 * @param askPrices strictly ascending
 * @param askQuantities of the same length
 */
public record DepthSnapshot(
        String symbol,
        long lastUpdateId,
        long[] bidPrices,
        long[] bidQuantities,
        long[] askPrices,
        long[] askQuantities) {

    @Override
    public boolean equals(Object other) {
        return other instanceof DepthSnapshot that
                && symbol.equals(that.symbol)
                && lastUpdateId == that.lastUpdateId
                && Arrays.equals(bidPrices, that.bidPrices)
                && Arrays.equals(bidQuantities, that.bidQuantities)
                && Arrays.equals(askPrices, that.askPrices)
                && Arrays.equals(askQuantities, that.askQuantities);
    }

    @Override
    public int hashCode() {
        int sides = Arrays.hashCode(bidPrices) * 31 + Arrays.hashCode(askPrices);
        return (symbol.hashCode() * 31 + Long.hashCode(lastUpdateId)) * 31 + sides;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "DepthSnapshot[symbol=%s, lastUpdateId=%d, bids=%d, asks=%d]",
                symbol,
                lastUpdateId,
                bidPrices.length,
                askPrices.length);
    }
}
