package io.microstream.binance.replay.exchange.market;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.microstream.binance.replay.exchange.wire.JsonWriter;
import io.microstream.market.Trade;

/** Writes the messages of trades, keys in the documented order. */
final class TradeFrames {

    private static final byte[] AGG_TRADE = ascii("{\"e\":\"aggTrade\",\"E\":");
    private static final byte[] TRADE = ascii("{\"e\":\"trade\",\"E\":");
    private static final byte[] PRICE = ascii(",\"p\":");
    private static final byte[] QUANTITY = ascii(",\"q\":");
    private static final byte[] FIRST = ascii(",\"f\":");
    private static final byte[] LAST = ascii(",\"l\":");
    private static final byte[] TIME = ascii(",\"T\":");
    private static final byte[] MAKER = ascii(",\"m\":true,\"M\":true}");
    private static final byte[] TAKER = ascii(",\"m\":false,\"M\":true}");

    private final byte[] symbolThenAggregateId;
    private final byte[] symbolThenTradeId;

    TradeFrames(String symbol) {
        this.symbolThenAggregateId = ascii(",\"s\":\"" + symbol + "\",\"a\":");
        this.symbolThenTradeId = ascii(",\"s\":\"" + symbol + "\",\"t\":");
    }

    void aggregate(JsonWriter out, Trade trade, long eventUs, boolean micro) {
        long unit = micro ? 1 : 1_000;
        out.raw(AGG_TRADE).rawNumber(eventUs / unit);
        out.raw(symbolThenAggregateId).rawNumber(trade.id());
        out.raw(PRICE).rawDecimal(trade.price());
        out.raw(QUANTITY).rawDecimal(trade.quantity());
        out.raw(FIRST).rawNumber(trade.firstTradeId());
        out.raw(LAST).rawNumber(trade.lastTradeId());
        out.raw(TIME).rawNumber(trade.timeUs() / unit);
        out.raw(trade.buyerIsMaker() ? MAKER : TAKER);
    }

    /** Writes one single trade of an aggregate. */
    void single(
            JsonWriter out,
            Trade aggregate,
            long tradeId,
            long quantity,
            long eventUs,
            boolean micro) {
        long unit = micro ? 1 : 1_000;
        out.raw(TRADE).rawNumber(eventUs / unit);
        out.raw(symbolThenTradeId).rawNumber(tradeId);
        out.raw(PRICE).rawDecimal(aggregate.price());
        out.raw(QUANTITY).rawDecimal(quantity);
        out.raw(TIME).rawNumber(aggregate.timeUs() / unit);
        out.raw(aggregate.buyerIsMaker() ? MAKER : TAKER);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(UTF_8);
    }
}
