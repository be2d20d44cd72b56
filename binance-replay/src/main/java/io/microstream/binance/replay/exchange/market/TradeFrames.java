package io.microstream.binance.replay.exchange.market;

import io.microstream.binance.replay.exchange.wire.JsonWriter;
import io.microstream.market.Trade;

/** Writes the messages of trades, keys in the documented order. */
final class TradeFrames {

    private TradeFrames() {}

    /** Writes the message of an aggregate trade. */
    static void aggregate(JsonWriter out, Trade trade, long eventUs, boolean micro) {
        long unit = micro ? 1 : 1_000;
        out.object().put("e", "aggTrade").put("E", eventUs / unit).put("s", trade.symbol());
        out.put("a", trade.id());
        out.putDecimal("p", trade.price()).putDecimal("q", trade.quantity());
        out.put("f", trade.firstTradeId()).put("l", trade.lastTradeId());
        out.put("T", trade.timeUs() / unit).put("m", trade.buyerIsMaker()).put("M", true).end();
    }

    /** Writes one single trade of an aggregate. */
    static void single(
            JsonWriter out,
            Trade aggregate,
            long tradeId,
            long quantity,
            long eventUs,
            boolean micro) {
        long unit = micro ? 1 : 1_000;
        out.object().put("e", "trade").put("E", eventUs / unit).put("s", aggregate.symbol());
        out.put("t", tradeId);
        out.putDecimal("p", aggregate.price()).putDecimal("q", quantity);
        out.put("T", aggregate.timeUs() / unit).put("m", aggregate.buyerIsMaker());
        out.put("M", true).end();
    }
}
