package io.microstream.standalone.flaws;

import io.microstream.market.Trade;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A one-minute bar, computed in the slow and obvious way; numbers are without trailing zeros.
 *
 * <p>No class of the program takes part, except that {@link Trade} holds the values.
 */
record NaiveBar(
        BigDecimal open,
        BigDecimal high,
        BigDecimal low,
        BigDecimal close,
        BigDecimal volume,
        BigDecimal quoteVolume,
        BigDecimal takerBuyVolume,
        BigDecimal takerBuyQuoteVolume,
        long tradeCount,
        long firstTradeId,
        long lastTradeId) {

    static final long MINUTE_MS = 60_000;

    /** Longest run of empty minutes that a truth has between two trades; none beyond it. */
    private static final long EMPTY_MINUTES = 3_000;

    NaiveBar {
        open = plain(open);
        high = plain(high);
        low = plain(low);
        close = plain(close);
        volume = plain(volume);
        quoteVolume = plain(quoteVolume);
        takerBuyVolume = plain(takerBuyVolume);
        takerBuyQuoteVolume = plain(takerBuyQuoteVolume);
    }

    /**
     * Returns the bars of trades by the open times of their minutes; a minute without trades
     * between two that have some is flat at the close before it.
     */
    static TreeMap<Long, NaiveBar> of(Collection<Trade> trades) {
        TreeMap<Long, List<Trade>> minutes = new TreeMap<>();
        for (Trade trade : trades) {
            minutes.computeIfAbsent(minute(trade), any -> new ArrayList<>()).add(trade);
        }
        TreeMap<Long, NaiveBar> bars = new TreeMap<>();
        for (Map.Entry<Long, List<Trade>> minute : minutes.entrySet()) {
            if (!bars.isEmpty()) {
                BigDecimal close = bars.lastEntry().getValue().close();
                long from = bars.lastKey() + MINUTE_MS;
                boolean bounded = minute.getKey() - from <= EMPTY_MINUTES * MINUTE_MS;
                for (long at = from; bounded && at < minute.getKey(); at += MINUTE_MS) {
                    bars.put(at, flat(close));
                }
            }
            bars.put(minute.getKey(), of(minute.getValue()));
        }
        return bars;
    }

    static long minute(Trade trade) {
        return Math.floorDiv(trade.timeUs(), MINUTE_MS * 1000) * MINUTE_MS;
    }

    static BigDecimal decimal(long units) {
        return BigDecimal.valueOf(units, 8);
    }

    private static NaiveBar of(List<Trade> unordered) {
        List<Trade> trades =
                unordered.stream().sorted(Comparator.comparingLong(Trade::firstTradeId)).toList();
        BigDecimal high = null;
        BigDecimal low = null;
        BigDecimal[] sums = {
            BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO,
        };
        long count = 0;
        for (Trade trade : trades) {
            BigDecimal price = decimal(trade.price());
            BigDecimal quantity = decimal(trade.quantity());
            high = high == null || price.compareTo(high) > 0 ? price : high;
            low = low == null || price.compareTo(low) < 0 ? price : low;
            sums[0] = sums[0].add(quantity);
            sums[1] = sums[1].add(price.multiply(quantity));
            if (!trade.buyerIsMaker()) {
                sums[2] = sums[2].add(quantity);
                sums[3] = sums[3].add(price.multiply(quantity));
            }
            count += trade.lastTradeId() - trade.firstTradeId() + 1;
        }
        return new NaiveBar(
                decimal(trades.get(0).price()),
                high,
                low,
                decimal(trades.get(trades.size() - 1).price()),
                sums[0],
                sums[1],
                sums[2],
                sums[3],
                count,
                trades.get(0).firstTradeId(),
                trades.get(trades.size() - 1).lastTradeId());
    }

    private static NaiveBar flat(BigDecimal close) {
        BigDecimal none = BigDecimal.ZERO;
        return new NaiveBar(close, close, close, close, none, none, none, none, 0, -1, -1);
    }

    private static BigDecimal plain(BigDecimal value) {
        return value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }
}
