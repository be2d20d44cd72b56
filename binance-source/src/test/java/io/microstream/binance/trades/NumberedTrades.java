package io.microstream.binance.trades;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.microstream.market.Decimal8;
import io.microstream.market.Trade;
import io.microstream.market.TradeView;
import java.util.ArrayList;
import java.util.List;

/** Trades whose fields all follow from their id, so that a wrong field is seen. */
final class NumberedTrades {

    /** Noon of some day, microseconds since the epoch. */
    static final long NOON_US = 1_767_268_800_000_000L;

    private NumberedTrades() {}

    /** Trade {@code id}, {@code id} × 100 ms after noon. */
    static Trade trade(String symbol, long id) {
        return tradeAt(symbol, id, NOON_US + id * 100_000);
    }

    static Trade tradeAt(String symbol, long id, long timeUs) {
        long price = 100_00000000L + id * 1_000_000;
        return new Trade(
                symbol, id, price, 1_000_000 + id, 3 * id, 3 * id + 2, timeUs, id % 2 == 0);
    }

    /** Another trade under the id of the one before it. */
    static Trade twinOf(Trade trade) {
        return new Trade(
                trade.symbol(),
                trade.id(),
                trade.price() + 1,
                trade.quantity() + 1,
                trade.lastTradeId() + 1,
                trade.lastTradeId() + 1,
                trade.timeUs(),
                trade.buyerIsMaker());
    }

    /** Trades {@code fromId} to {@code toId}, inclusive. */
    static List<Trade> trades(String symbol, long fromId, long toId) {
        List<Trade> trades = new ArrayList<>();
        for (long id = fromId; id <= toId; id++) {
            trades.add(trade(symbol, id));
        }
        return trades;
    }

    /** As a combined stream shows it, in microseconds. */
    static byte[] frame(Trade trade) {
        return ("{\"stream\":\""
                        + trade.symbol().toLowerCase(java.util.Locale.ROOT)
                        + "@aggTrade\",\"data\":{\"e\":\"aggTrade\",\"E\":"
                        + (trade.timeUs() + 1000)
                        + ",\"s\":\""
                        + trade.symbol()
                        + "\",\"a\":"
                        + trade.id()
                        + ",\"p\":\""
                        + Decimal8.toBigDecimal(trade.price()).toPlainString()
                        + "\",\"q\":\""
                        + Decimal8.toBigDecimal(trade.quantity()).toPlainString()
                        + "\",\"f\":"
                        + trade.firstTradeId()
                        + ",\"l\":"
                        + trade.lastTradeId()
                        + ",\"T\":"
                        + trade.timeUs()
                        + ",\"m\":"
                        + trade.buyerIsMaker()
                        + ",\"M\":true}}")
                .getBytes(UTF_8);
    }

    /** Returns a trade with the fields that a view shows now. */
    static Trade copyOf(String symbol, TradeView trade) {
        return new Trade(
                symbol,
                trade.id(),
                trade.price(),
                trade.quantity(),
                trade.firstTradeId(),
                trade.lastTradeId(),
                trade.timeUs(),
                trade.buyerIsMaker(),
                0,
                false,
                trade.receivedAtMs());
    }
}
