package io.microstream.binance.replay.exchange.rest;

import io.microstream.binance.replay.exchange.book.BookView;
import io.microstream.binance.replay.exchange.history.PastTrades;
import io.microstream.market.Bar;
import io.microstream.market.Trade;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A market whose trades, books and statuses a test sets. */
final class StubMarket implements MarketView {

    final Map<String, PastTrades> pastTrades = new LinkedHashMap<>();
    final Map<String, BookView> books = new LinkedHashMap<>();
    final Map<String, String> statuses = new LinkedHashMap<>();
    final List<Bar> history = new ArrayList<>();
    long tickSize = 1_000_000;
    long timeUs = 1_767_225_600_123_456L;

    StubMarket list(String symbol, int retained, List<Trade> trades) {
        PastTrades past = new PastTrades(symbol, retained);
        trades.forEach(past::append);
        pastTrades.put(symbol, past);
        return this;
    }

    /** A book of {@code levels} on each side, a cent apart around 100. */
    void book(String symbol, int levels, long lastUpdateId) {
        books.put(
                symbol,
                new BookView() {
                    @Override
                    public long lastUpdateId() {
                        return lastUpdateId;
                    }

                    @Override
                    public int levels(boolean bids, int limit, LevelVisitor visitor) {
                        int count = Math.min(levels, limit);
                        for (int i = 0; i < count; i++) {
                            long away = (i + 1) * 1_000_000L;
                            visitor.level(10_000_000_000L + (bids ? -away : away), i + 1);
                        }
                        return count;
                    }
                });
    }

    @Override
    public Collection<String> symbols() {
        return pastTrades.keySet();
    }

    @Override
    public PastTrades pastTrades(String symbol) {
        return pastTrades.get(symbol);
    }

    @Override
    public List<Bar> history(String symbol) {
        return history;
    }

    @Override
    public BookView book(String symbol) {
        return books.get(symbol);
    }

    @Override
    public String status(String symbol) {
        return statuses.getOrDefault(symbol, "TRADING");
    }

    @Override
    public long tickSize(String symbol) {
        return tickSize;
    }

    @Override
    public long lotSize(String symbol) {
        return 1_000;
    }

    @Override
    public long timeUs() {
        return timeUs;
    }
}
