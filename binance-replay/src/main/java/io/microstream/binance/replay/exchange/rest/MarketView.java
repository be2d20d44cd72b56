package io.microstream.binance.replay.exchange.rest;

import io.microstream.binance.replay.exchange.book.BookView;
import io.microstream.binance.replay.exchange.history.PastTrades;
import io.microstream.market.Bar;
import java.util.Collection;
import java.util.List;

/** What REST may see of the market at this moment. */
public interface MarketView {

    /** Listed symbols, upper case. */
    Collection<String> symbols();

    /** The trades that have happened; null for a symbol that is not listed. */
    PastTrades tape(String symbol);

    /** Klines from before the first trade of the tape, in open-time order. */
    List<Bar> history(String symbol);

    /** The order book, or null where the market has none. */
    BookView book(String symbol);

    /** {@code TRADING}, {@code BREAK}, {@code HALT} … */
    String status(String symbol);

    /** Smallest price step, units of 1e-8, ≥ 1; may change while the market runs. */
    long tickSize(String symbol);

    /** Smallest quantity step, units of 1e-8, ≥ 1. */
    long lotSize(String symbol);

    /** The exchange's clock, microseconds since the epoch, with the offset that a fault gave it. */
    long timeUs();

    /** The clock that trades happen by, without such an offset; minutes end by it. */
    default long marketTimeUs() {
        return timeUs();
    }
}
