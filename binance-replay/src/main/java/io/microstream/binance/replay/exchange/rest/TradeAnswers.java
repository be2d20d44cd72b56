package io.microstream.binance.replay.exchange.rest;

import io.microstream.binance.replay.exchange.history.PastTrades;
import io.microstream.binance.replay.exchange.history.SingleTrades;
import io.microstream.binance.replay.exchange.wire.JsonWriter;
import io.microstream.market.Decimal8;

/** Answers {@code aggTrades}, {@code trades} and {@code historicalTrades} from a tape. */
final class TradeAnswers {

    private static final int DEFAULT_ROWS = 500;
    private static final int MOST_ROWS = 1_000;

    private final MarketView market;

    TradeAnswers(MarketView market) {
        this.market = market;
    }

    void aggTrades(Parameters asked, boolean micros, Distortion off, JsonWriter json) {
        PastTrades tape = market.tape(asked.symbol());
        long fromId = asked.number("fromId");
        long startUs = asked.startUs();
        long endUs = asked.has("endTime") ? asked.endUs() : Long.MAX_VALUE;
        int limit = asked.limit(DEFAULT_ROWS, MOST_ROWS);
        if (asked.has("fromId") && (asked.has("startTime") || asked.has("endTime"))) {
            throw RestRefusal.badCombination();
        }
        int end = Math.min(visible(tape, off), tape.lastAtOrBefore(endUs) + 1);
        int from;
        if (asked.has("fromId")) {
            from = tape.firstFromId(plus(fromId, off.higherBy()));
        } else if (asked.has("startTime")) {
            from = (int) plus(tape.firstAtOrAfter(startUs), off.higherBy());
        } else {
            from = newest(tape, end, endUs, limit);
        }
        json.array();
        int left = limit;
        for (int i = from; i < end && left > 0; i++) {
            if (tape.timeUs(i) >= startUs && tape.timeUs(i) <= endUs) {
                aggTrade(tape, i, micros, json);
                left--;
            }
        }
        json.end();
    }

    private static int visible(PastTrades tape, Distortion off) {
        return tape.size() - Math.min(off.hidden(), tape.size());
    }

    /** Index from which {@code limit} trades at or before {@code endUs} go up to {@code end}. */
    private static int newest(PastTrades tape, int end, long endUs, int limit) {
        int from = end;
        for (int left = limit; from > 0 && left > 0; ) {
            if (tape.timeUs(--from) <= endUs) {
                left--;
            }
        }
        return from;
    }

    private static void aggTrade(PastTrades tape, int i, boolean micros, JsonWriter json) {
        json.object().put("a", tape.id(i));
        json.putDecimal("p", tape.price(i)).putDecimal("q", tape.quantity(i));
        json.put("f", tape.firstTradeId(i)).put("l", tape.lastTradeId(i));
        json.put("T", time(tape.timeUs(i), micros)).put("m", tape.buyerIsMaker(i));
        json.put("M", true).end();
    }

    void trades(Parameters asked, boolean micros, JsonWriter json) {
        PastTrades tape = market.tape(asked.symbol());
        newestSingles(
                tape, tape.size(), asked.limit(DEFAULT_ROWS, MOST_ROWS), micros, json.array());
        json.end();
    }

    void historicalTrades(Parameters asked, boolean micros, Distortion off, JsonWriter json) {
        PastTrades tape = market.tape(asked.symbol());
        int limit = asked.limit(DEFAULT_ROWS, MOST_ROWS);
        int size = visible(tape, off);
        json.array();
        if (asked.has("fromId")) {
            long from = plus(asked.number("fromId"), off.higherBy());
            singlesFrom(tape, tape.firstFromTradeId(from), size, from, limit, micros, json);
        } else {
            newestSingles(tape, size, limit, micros, json);
        }
        json.end();
    }

    private static void newestSingles(
            PastTrades tape, int size, int limit, boolean micros, JsonWriter json) {
        int index = size;
        long count = 0;
        while (index > 0 && count < limit) {
            index--;
            count += tape.lastTradeId(index) - tape.firstTradeId(index) + 1;
        }
        if (count > 0) {
            long from = tape.firstTradeId(index) + Math.max(0, count - limit);
            singlesFrom(tape, index, size, from, limit, micros, json);
        }
    }

    private static void singlesFrom(
            PastTrades tape,
            int index,
            int size,
            long fromTradeId,
            int limit,
            boolean micros,
            JsonWriter json) {
        int left = limit;
        for (int i = index; i < size && left > 0; i++) {
            long first = Math.max(fromTradeId, tape.firstTradeId(i));
            for (long id = first; id <= tape.lastTradeId(i) && left > 0; id++, left--) {
                single(tape, i, id, micros, json);
            }
        }
    }

    private static void single(
            PastTrades tape, int i, long tradeId, boolean micros, JsonWriter json) {
        long price = tape.price(i);
        long quantity =
                SingleTrades.quantity(
                        tradeId, tape.quantity(i), tape.firstTradeId(i), tape.lastTradeId(i));
        json.object().put("id", tradeId);
        json.putDecimal("price", price).putDecimal("qty", quantity);
        json.putDecimal(
                "quoteQty", Decimal8.toBigDecimal(price).multiply(Decimal8.toBigDecimal(quantity)));
        json.put("time", time(tape.timeUs(i), micros)).put("isBuyerMaker", tape.buyerIsMaker(i));
        json.put("isBestMatch", true).end();
    }

    private static long time(long timeUs, boolean micros) {
        return micros ? timeUs : Math.floorDiv(timeUs, 1_000L);
    }

    private static long plus(long id, int more) {
        return id > Long.MAX_VALUE - more ? Long.MAX_VALUE : id + more;
    }
}
