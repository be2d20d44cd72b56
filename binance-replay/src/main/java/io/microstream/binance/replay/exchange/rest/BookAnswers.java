package io.microstream.binance.replay.exchange.rest;

import io.microstream.binance.replay.exchange.book.BookView;
import io.microstream.binance.replay.exchange.wire.JsonWriter;
import java.util.List;

/**
 * Answers {@code depth} and {@code ticker/bookTicker}; a symbol without a book has an empty one.
 */
final class BookAnswers {

    private static final int DEFAULT_LEVELS = 100;
    private static final int MOST_LEVELS = 5_000;

    private final MarketView market;

    BookAnswers(MarketView market) {
        this.market = market;
    }

    void depth(Parameters asked, Distortion off, JsonWriter json) {
        String symbol = asked.symbol();
        int limit = asked.limit(DEFAULT_LEVELS, MOST_LEVELS);
        String status = asked.symbolStatus();
        if (status != null && !status.equals(market.status(symbol))) {
            throw RestRefusal.otherStatus();
        }
        BookView book = market.book(symbol);
        if (book != null && off.staleBy() > 0) {
            book = book.ago(off.staleBy());
        }
        json.object().put("lastUpdateId", book == null ? 0 : book.lastUpdateId());
        side(book, true, limit, json.name("bids").array());
        side(book, false, limit, json.name("asks").array());
        json.end();
    }

    private static void side(BookView book, boolean bids, int limit, JsonWriter json) {
        if (book != null) {
            book.levels(
                    bids,
                    limit,
                    (price, quantity) -> json.array().addDecimal(price).addDecimal(quantity).end());
        }
        json.end();
    }

    void bookTicker(Parameters asked, JsonWriter json) {
        List<String> symbols = asked.symbols();
        String status = asked.symbolStatus();
        if (asked.has("symbol")) {
            if (status != null && !status.equals(market.status(symbols.get(0)))) {
                throw RestRefusal.otherStatus();
            }
            best(symbols.get(0), json);
            return;
        }
        json.array();
        for (String symbol : symbols) {
            if (status == null || status.equals(market.status(symbol))) {
                best(symbol, json);
            }
        }
        json.end();
    }

    private void best(String symbol, JsonWriter json) {
        BookView book = market.book(symbol);
        json.object().put("symbol", symbol);
        best(book, true, "bidPrice", "bidQty", json);
        best(book, false, "askPrice", "askQty", json);
        json.end();
    }

    private static void best(
            BookView book, boolean bids, String priceName, String quantityName, JsonWriter json) {
        BookView.LevelVisitor write =
                (price, quantity) ->
                        json.putDecimal(priceName, price).putDecimal(quantityName, quantity);
        if (book == null || book.levels(bids, 1, write) == 0) {
            write.level(0, 0);
        }
    }
}
