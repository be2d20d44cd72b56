package io.microstream.binance.replay.exchange.rest;

import io.microstream.binance.replay.exchange.wire.JsonWriter;
import io.microstream.market.Decimal8;
import io.microstream.market.ExactSum;
import java.math.BigDecimal;

/** Answers {@code klines}: closed bars and the running one, without gaps. */
final class KlineAnswers {

    private static final int DEFAULT_ROWS = 500;
    private static final int MOST_ROWS = 1_000;
    private static final long MINUTE_MS = 60_000;

    private final MarketView market;

    KlineAnswers(MarketView market) {
        this.market = market;
    }

    void klines(Parameters asked, boolean micros, Distortion off, JsonWriter json) {
        String symbol = asked.symbol();
        KlineInterval interval =
                KlineInterval.of(asked.mandatory("interval"), asked.text("timeZone"));
        int limit = asked.limit(DEFAULT_ROWS, MOST_ROWS);
        long startUs = asked.startUs();
        long endUs = asked.endUs();
        Minutes minutes = Minutes.of(market, symbol, off.hidden());
        json.array();
        if (!minutes.isEmpty()) {
            long first = interval.openOf(minutes.firstMs());
            long last = interval.openOf(minutes.lastMs());
            if (asked.has("endTime")) {
                last = Math.min(last, interval.openOf(Math.floorDiv(endUs, 1_000L)));
            }
            if (asked.has("startTime")) {
                first = Math.max(first, interval.openFrom(-Math.floorDiv(-startUs, 1_000L)));
            } else {
                first = Math.max(first, last - (limit - 1) * interval.lengthMs());
            }
            rows(minutes, interval, first, last, limit, micros, json);
        }
        json.end();
    }

    private static void rows(
            Minutes minutes,
            KlineInterval interval,
            long first,
            long last,
            int limit,
            boolean micros,
            JsonWriter json) {
        long close = minutes.closeBefore(first);
        int left = limit;
        for (long open = first; open <= last && left > 0; open += interval.lengthMs(), left--) {
            KlineRow row = new KlineRow(close);
            long end = Math.min(open + interval.lengthMs() - 1, minutes.lastMs());
            for (long minute = Math.max(open, minutes.firstMs()); minute <= end; ) {
                minutes.addTo(row, minute);
                minute += MINUTE_MS;
            }
            write(row, open, interval.lengthMs(), micros, json);
            close = row.close;
        }
    }

    private static void write(
            KlineRow row, long openMs, long lengthMs, boolean micros, JsonWriter json) {
        long unit = micros ? 1_000 : 1;
        json.array().add(openMs * unit);
        json.addDecimal(row.open).addDecimal(row.high).addDecimal(row.low).addDecimal(row.close);
        json.addDecimal(decimal(row.volume, Decimal8.SCALE));
        json.add((openMs + lengthMs) * unit - 1);
        json.addDecimal(decimal(row.quoteVolume, 2 * Decimal8.SCALE)).add(row.tradeCount);
        json.addDecimal(decimal(row.takerBuyVolume, Decimal8.SCALE));
        json.addDecimal(decimal(row.takerBuyQuoteVolume, 2 * Decimal8.SCALE)).add("0").end();
    }

    private static BigDecimal decimal(ExactSum sum, int scale) {
        return new BigDecimal(sum.toBigInteger(), scale);
    }
}
