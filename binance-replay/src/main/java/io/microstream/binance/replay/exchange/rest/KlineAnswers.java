package io.microstream.binance.replay.exchange.rest;

/** Answers {@code klines}: closed bars and the running one, without gaps. */
final class KlineAnswers {

    private static final int DEFAULT_ROWS = 500;
    private static final int MOST_ROWS = 1_000;
    private static final long MINUTE_MS = 60_000;

    private final MarketView market;

    KlineAnswers(MarketView market) {
        this.market = market;
    }

    void klines(Parameters asked, boolean micros, Distortion off, JsonText json) {
        String symbol = asked.symbol();
        KlineInterval interval =
                KlineInterval.of(asked.mandatory("interval"), asked.text("timeZone"));
        int limit = asked.limit(DEFAULT_ROWS, MOST_ROWS);
        long startUs = asked.startUs();
        long endUs = asked.endUs();
        Minutes minutes = Minutes.of(market, symbol, off.hidden());
        json.raw("[");
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
        json.raw("]");
    }

    private static void rows(
            Minutes minutes,
            KlineInterval interval,
            long first,
            long last,
            int limit,
            boolean micros,
            JsonText json) {
        long close = minutes.closeBefore(first);
        int left = limit;
        for (long open = first; open <= last && left > 0; open += interval.lengthMs(), left--) {
            KlineRow row = new KlineRow(close);
            long end = Math.min(open + interval.lengthMs() - 1, minutes.lastMs());
            for (long minute = Math.max(open, minutes.firstMs()); minute <= end; ) {
                minutes.addTo(row, minute);
                minute += MINUTE_MS;
            }
            write(row, open, interval.lengthMs(), micros, json.next('['));
            close = row.close;
        }
    }

    private static void write(
            KlineRow row, long openMs, long lengthMs, boolean micros, JsonText json) {
        long unit = micros ? 1_000 : 1;
        json.raw("[").number(openMs * unit);
        json.raw(",").decimal(row.open);
        json.raw(",").decimal(row.high);
        json.raw(",").decimal(row.low);
        json.raw(",").decimal(row.close);
        json.raw(",").decimal(row.volume);
        json.raw(",").number((openMs + lengthMs) * unit - 1);
        json.raw(",").productDecimal(row.quoteVolume);
        json.raw(",").number(row.tradeCount);
        json.raw(",").decimal(row.takerBuyVolume);
        json.raw(",").productDecimal(row.takerBuyQuoteVolume);
        json.raw(",\"0\"]");
    }
}
