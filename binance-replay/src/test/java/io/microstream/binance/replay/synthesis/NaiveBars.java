package io.microstream.binance.replay.synthesis;

import io.microstream.market.Bar;
import io.microstream.market.Decimal8;
import io.microstream.market.Trade;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;

/** The slow, obvious way from trades to bars: lists of trades and BigDecimal. */
final class NaiveBars {

    private NaiveBars() {}

    static TreeMap<Long, List<Trade>> minutes(Iterator<Trade> trades) {
        TreeMap<Long, List<Trade>> minutes = new TreeMap<>();
        trades.forEachRemaining(
                trade ->
                        minutes.computeIfAbsent(
                                        Math.floorDiv(trade.timeUs(), 60_000_000L) * 60_000L,
                                        minute -> new ArrayList<>())
                                .add(trade));
        return minutes;
    }

    /** Open, high, low, close, volume, taker-buy volume, as plain text with eight decimals. */
    static List<String> ohlcv(List<Trade> trades) {
        BigDecimal high = price(trades.get(0));
        BigDecimal low = high;
        BigDecimal volume = BigDecimal.ZERO;
        for (Trade trade : trades) {
            high = high.max(price(trade));
            low = low.min(price(trade));
            volume = volume.add(BigDecimal.valueOf(trade.quantity(), 8));
        }
        return text(price(trades.get(0)), high, low, price(trades.get(trades.size() - 1)), volume);
    }

    static List<String> ohlcv(Bar bar) {
        return text(bar.open(), bar.high(), bar.low(), bar.close(), bar.volume());
    }

    static BigDecimal takerBuyVolume(List<Trade> trades) {
        return trades.stream()
                .filter(trade -> !trade.buyerIsMaker())
                .map(trade -> BigDecimal.valueOf(trade.quantity(), 8))
                .reduce(BigDecimal.ZERO.setScale(8), BigDecimal::add);
    }

    static long singleTrades(List<Trade> trades) {
        return trades.stream().mapToLong(t -> t.lastTradeId() - t.firstTradeId() + 1).sum();
    }

    private static BigDecimal price(Trade trade) {
        return Decimal8.toBigDecimal(trade.price());
    }

    private static List<String> text(BigDecimal... values) {
        List<String> texts = new ArrayList<>();
        for (BigDecimal value : values) {
            texts.add(value.setScale(8).toPlainString());
        }
        return texts;
    }
}
