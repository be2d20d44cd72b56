package io.microstream.binance.replay.exchange.rest;

import io.microstream.binance.replay.exchange.history.PastTrades;
import io.microstream.binance.replay.exchange.history.SingleTrades;
import io.microstream.binance.replay.exchange.wire.JsonWriter;
import io.microstream.market.Decimal8;

/** Answers {@code aggTrades}, {@code trades} and {@code historicalTrades} from past trades. */
final class TradeAnswers {

    private static final int DEFAULT_ROWS = 500;
    private static final int MOST_ROWS = 1_000;

    private final MarketView market;

    TradeAnswers(MarketView market) {
        this.market = market;
    }

    void aggTrades(Parameters asked, boolean micros, Distortion off, JsonWriter json) {
        PastTrades past = market.pastTrades(asked.symbol());
        long fromId = asked.number("fromId");
        long startUs = asked.startUs();
        long endUs = asked.has("endTime") ? asked.endUs() : Long.MAX_VALUE;
        int limit = asked.limit(DEFAULT_ROWS, MOST_ROWS);
        if (asked.has("fromId") && (asked.has("startTime") || asked.has("endTime"))) {
            throw RestRefusal.badCombination();
        }
        int end = Math.min(visible(past, off), past.lastAtOrBefore(endUs) + 1);
        int from;
        if (asked.has("fromId")) {
            from = past.firstFromId(plus(fromId, off.higherBy()));
        } else if (asked.has("startTime")) {
            from = (int) plus(past.firstAtOrAfter(startUs), off.higherBy());
        } else {
            from = newest(past, end, endUs, limit);
        }
        json.array();
        int left = limit;
        for (int i = from; i < end && left > 0; i++) {
            if (past.timeUs(i) >= startUs && past.timeUs(i) <= endUs) {
                aggTrade(past, i, micros, json);
                left--;
            }
        }
        json.end();
    }

    private static int visible(PastTrades past, Distortion off) {
        return past.size() - Math.min(off.hidden(), past.size());
    }

    /**
     * Returns the index from which {@code limit} trades at or before {@code endUs} go up to {@code
     * end}.
     */
    private static int newest(PastTrades past, int end, long endUs, int limit) {
        int from = end;
        for (int left = limit; from > 0 && left > 0; ) {
            if (past.timeUs(--from) <= endUs) {
                left--;
            }
        }
        return from;
    }

    private static void aggTrade(PastTrades past, int i, boolean micros, JsonWriter json) {
        json.object().put("a", past.id(i));
        json.putDecimal("p", past.price(i)).putDecimal("q", past.quantity(i));
        json.put("f", past.firstTradeId(i)).put("l", past.lastTradeId(i));
        json.put("T", time(past.timeUs(i), micros)).put("m", past.buyerIsMaker(i));
        json.put("M", true).end();
    }

    void trades(Parameters asked, boolean micros, JsonWriter json) {
        PastTrades past = market.pastTrades(asked.symbol());
        newestSingles(
                past, past.size(), asked.limit(DEFAULT_ROWS, MOST_ROWS), micros, json.array());
        json.end();
    }

    void historicalTrades(Parameters asked, boolean micros, Distortion off, JsonWriter json) {
        PastTrades past = market.pastTrades(asked.symbol());
        int limit = asked.limit(DEFAULT_ROWS, MOST_ROWS);
        int size = visible(past, off);
        json.array();
        if (asked.has("fromId")) {
            long from = plus(asked.number("fromId"), off.higherBy());
            singlesFrom(past, past.firstFromTradeId(from), size, from, limit, micros, json);
        } else {
            newestSingles(past, size, limit, micros, json);
        }
        json.end();
    }

    private static void newestSingles(
            PastTrades past, int size, int limit, boolean micros, JsonWriter json) {
        int index = size;
        long count = 0;
        while (index > 0 && count < limit) {
            index--;
            count += past.lastTradeId(index) - past.firstTradeId(index) + 1;
        }
        if (count > 0) {
            long from = past.firstTradeId(index) + Math.max(0, count - limit);
            singlesFrom(past, index, size, from, limit, micros, json);
        }
    }

    private static void singlesFrom(
            PastTrades past,
            int index,
            int size,
            long fromTradeId,
            int limit,
            boolean micros,
            JsonWriter json) {
        int left = limit;
        for (int i = index; i < size && left > 0; i++) {
            long first = Math.max(fromTradeId, past.firstTradeId(i));
            for (long id = first; id <= past.lastTradeId(i) && left > 0; id++, left--) {
                single(past, i, id, micros, json);
            }
        }
    }

    private static void single(
            PastTrades past, int i, long tradeId, boolean micros, JsonWriter json) {
        long price = past.price(i);
        long quantity =
                SingleTrades.quantity(
                        tradeId, past.quantity(i), past.firstTradeId(i), past.lastTradeId(i));
        json.object().put("id", tradeId);
        json.putDecimal("price", price).putDecimal("qty", quantity);
        json.putDecimal(
                "quoteQty", Decimal8.toBigDecimal(price).multiply(Decimal8.toBigDecimal(quantity)));
        json.put("time", time(past.timeUs(i), micros)).put("isBuyerMaker", past.buyerIsMaker(i));
        json.put("isBestMatch", true).end();
    }

    private static long time(long timeUs, boolean micros) {
        return micros ? timeUs : Math.floorDiv(timeUs, 1_000L);
    }

    private static long plus(long id, int more) {
        return id > Long.MAX_VALUE - more ? Long.MAX_VALUE : id + more;
    }
}
