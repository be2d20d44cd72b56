package io.microstream.binance.replay.exchange.rest;

import io.microstream.binance.replay.exchange.book.BookView;
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

    void depth(Parameters asked, Distortion off, JsonText json) {
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
        json.raw("{\"lastUpdateId\":").number(book == null ? 0 : book.lastUpdateId());
        side(book, true, limit, json.raw(",\"bids\":["));
        side(book, false, limit, json.raw("],\"asks\":["));
        json.raw("]}");
    }

    private static void side(BookView book, boolean bids, int limit, JsonText json) {
        if (book != null) {
            book.levels(bids, limit, (price, quantity) -> level(price, quantity, json.next('[')));
        }
    }

    private static void level(long price, long quantity, JsonText json) {
        json.raw("[").decimal(price).raw(",").decimal(quantity).raw("]");
    }

    void bookTicker(Parameters asked, JsonText json) {
        List<String> symbols = asked.symbols();
        String status = asked.symbolStatus();
        if (asked.has("symbol")) {
            if (status != null && !status.equals(market.status(symbols.get(0)))) {
                throw RestRefusal.otherStatus();
            }
            best(symbols.get(0), json);
            return;
        }
        json.raw("[");
        for (String symbol : symbols) {
            if (status == null || status.equals(market.status(symbol))) {
                best(symbol, json.next('['));
            }
        }
        json.raw("]");
    }

    private void best(String symbol, JsonText json) {
        BookView book = market.book(symbol);
        json.raw("{\"symbol\":").text(symbol);
        best(book, true, ",\"bidPrice\":", ",\"bidQty\":", json);
        best(book, false, ",\"askPrice\":", ",\"askQty\":", json);
        json.raw("}");
    }

    private static void best(
            BookView book, boolean bids, String priceKey, String quantityKey, JsonText json) {
        BookView.LevelVisitor write =
                (price, quantity) ->
                        json.raw(priceKey).decimal(price).raw(quantityKey).decimal(quantity);
        if (book == null || book.levels(bids, 1, write) == 0) {
            write.level(0, 0);
        }
    }
}
