package io.microstream.binance.replay.exchange.rest;

import io.microstream.market.Bar;
import io.microstream.market.BarBuilder;
import io.microstream.market.Decimal8;
import io.microstream.market.ExactSum;
import java.math.BigDecimal;
import java.math.BigInteger;

/** A kline being put together from its minutes, in their order; units as in {@link BarBuilder}. */
final class KlineRow {

    long open;
    long high;
    long low;
    long close;
    long tradeCount;
    final ExactSum volume = new ExactSum();
    final ExactSum quoteVolume = new ExactSum();
    final ExactSum takerBuyVolume = new ExactSum();
    final ExactSum takerBuyQuoteVolume = new ExactSum();

    /** Creates a row without trades, flat at the close before it. */
    KlineRow(long previousClose) {
        open = previousClose;
        high = previousClose;
        low = previousClose;
        close = previousClose;
    }

    void add(BarBuilder minute) {
        prices(minute.open, minute.high, minute.low, minute.close, minute.tradeCount);
        volume.add(minute.volume);
        quoteVolume.add(minute.quoteVolume);
        takerBuyVolume.add(minute.takerBuyVolume);
        takerBuyQuoteVolume.add(minute.takerBuyQuoteVolume);
    }

    /**
     * Adds a bar: a column it does not have counts as zero, but a bar with volume has one trade at
     * least.
     */
    void add(Bar minute) {
        if (minute.isEmpty()) {
            stay(Decimal8.of(minute.close()));
            return;
        }
        prices(
                Decimal8.of(minute.open()),
                Decimal8.of(minute.high()),
                Decimal8.of(minute.low()),
                Decimal8.of(minute.close()),
                Math.max(1, minute.tradeCount()));
        addTo(volume, minute.volume(), Decimal8.SCALE);
        addTo(quoteVolume, minute.quoteVolume(), 2 * Decimal8.SCALE);
        addTo(takerBuyVolume, minute.takerBuyVolume(), Decimal8.SCALE);
        addTo(takerBuyQuoteVolume, minute.takerBuyQuoteVolume(), 2 * Decimal8.SCALE);
    }

    private void stay(long price) {
        if (tradeCount == 0) {
            open = price;
            high = price;
            low = price;
            close = price;
        }
    }

    private void prices(long minuteOpen, long minuteHigh, long minuteLow, long last, long trades) {
        boolean first = tradeCount == 0;
        open = first ? minuteOpen : open;
        high = first ? minuteHigh : Math.max(high, minuteHigh);
        low = first ? minuteLow : Math.min(low, minuteLow);
        close = last;
        tradeCount += trades;
    }

    private static void addTo(ExactSum sum, BigDecimal value, int scale) {
        if (value == null) {
            return;
        }
        BigInteger units = value.setScale(scale).unscaledValue();
        ExactSum more = new ExactSum();
        more.low = units.longValue();
        more.high = units.shiftRight(Long.SIZE).longValueExact();
        sum.add(more);
    }
}
