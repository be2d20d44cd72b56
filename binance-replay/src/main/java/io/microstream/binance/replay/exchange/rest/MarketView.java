package io.microstream.binance.replay.exchange.rest;

import io.microstream.binance.replay.exchange.book.BookView;
import io.microstream.binance.replay.exchange.history.PastTrades;
import io.microstream.market.Bar;
import java.util.Collection;
import java.util.List;

/** The market as REST sees it at this moment. */
public interface MarketView {

    /** Returns the listed symbols, upper case. */
    Collection<String> symbols();

    /** Returns the trades that have happened; null for a symbol that is not listed. */
    PastTrades pastTrades(String symbol);

    /** Returns the klines from before the first trade, in open-time order. */
    List<Bar> history(String symbol);

    /** Returns the order book, or null where the market has none. */
    BookView book(String symbol);

    /** Returns the status: {@code TRADING}, {@code BREAK}, {@code HALT} … */
    String status(String symbol);

    /** Returns the smallest price step, units of 1e-8, ≥ 1; may change while the market runs. */
    long tickSize(String symbol);

    /** Returns the smallest quantity step, units of 1e-8, ≥ 1. */
    long lotSize(String symbol);

    /**
     * Returns the exchange's clock, microseconds since the epoch, with the offset that a fault gave
     * it.
     */
    long timeUs();

    /** Returns the clock that trades happen by, without such an offset; minutes end by it. */
    default long marketTimeUs() {
        return timeUs();
    }
}
