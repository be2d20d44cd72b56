package io.microstream.binance.replay.exchange.market;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.microstream.binance.replay.exchange.session.FrameWriter;
import io.microstream.market.Trade;

/** Messages of trades, keys in the documented order. */
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

    void aggregate(FrameWriter out, Trade trade, long eventUs, boolean micro) {
        long unit = micro ? 1 : 1_000;
        out.raw(AGG_TRADE).number(eventUs / unit);
        out.raw(symbolThenAggregateId).number(trade.id());
        out.raw(PRICE).decimal(trade.price());
        out.raw(QUANTITY).decimal(trade.quantity());
        out.raw(FIRST).number(trade.firstTradeId());
        out.raw(LAST).number(trade.lastTradeId());
        out.raw(TIME).number(trade.timeUs() / unit);
        out.raw(trade.buyerIsMaker() ? MAKER : TAKER);
    }

    /** One single trade of an aggregate. */
    void single(
            FrameWriter out,
            Trade aggregate,
            long tradeId,
            long quantity,
            long eventUs,
            boolean micro) {
        long unit = micro ? 1 : 1_000;
        out.raw(TRADE).number(eventUs / unit);
        out.raw(symbolThenTradeId).number(tradeId);
        out.raw(PRICE).decimal(aggregate.price());
        out.raw(QUANTITY).decimal(quantity);
        out.raw(TIME).number(aggregate.timeUs() / unit);
        out.raw(aggregate.buyerIsMaker() ? MAKER : TAKER);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(UTF_8);
    }
}
