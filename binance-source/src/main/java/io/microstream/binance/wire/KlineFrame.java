package io.microstream.binance.wire;

import io.microstream.market.Bar;
import java.math.BigDecimal;

/**
 * Holds the bar of a {@code kline} frame.
 *
 * @param symbol upper case
 * @param interval Binance's name, e.g. {@code 1m}
 * @param openTimeUs first microsecond of the interval, since the epoch
 * @param closeTimeUs last instant, inclusive, in the frame's unit
 * @param firstTradeId lowest single-trade id; −1 if there was no trade
 * @param lastTradeId highest single-trade id; −1 if there was no trade
 * @param tradeCount single trades
 * @param closed true once the interval is over
 */
public record KlineFrame(
        String symbol,
        String interval,
        long openTimeUs,
        long closeTimeUs,
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
        long lastTradeId,
        boolean closed) {

    static KlineFrame read(String symbol, JsonFields k) {
        return new KlineFrame(
                symbol,
                k.string(JsonFields.slot('i')),
                k.time('t'),
                k.time('T'),
                BigDecimal.valueOf(k.positive('o'), 8),
                BigDecimal.valueOf(k.positive('h'), 8),
                BigDecimal.valueOf(k.positive('l'), 8),
                BigDecimal.valueOf(k.positive('c'), 8),
                k.large('v'),
                k.large('q'),
                k.large('V'),
                k.large('Q'),
                k.natural('n'),
                k.idOrNone('f'),
                k.idOrNone('L'),
                k.bool('x'));
    }

    /**
     * Returns the one-minute bar, final and complete if the kline is closed.
     *
     * @throws IllegalStateException if the interval is not {@code 1m}
     */
    public Bar toBar() {
        if (!interval.equals("1m")) {
            throw new IllegalStateException("Kline is not of one minute: interval=" + interval);
        }
        return new Bar(
                symbol,
                openTimeUs / 1_000,
                open,
                high,
                low,
                close,
                volume,
                quoteVolume,
                takerBuyVolume,
                takerBuyQuoteVolume,
                tradeCount,
                firstTradeId,
                lastTradeId,
                closed,
                closed,
                0);
    }
}
