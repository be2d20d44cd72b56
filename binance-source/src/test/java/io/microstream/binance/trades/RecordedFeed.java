package io.microstream.binance.trades;

import io.microstream.market.DataQuality;
import io.microstream.market.Trade;
import io.microstream.market.TradeView;
import java.util.ArrayList;
import java.util.List;

/** Records all that a feed emits, in order. */
final class RecordedFeed implements FeedOutput {

    /** Everything as text, trades as {@code SYMBOL:id}. */
    final List<String> log = new ArrayList<>();

    final List<Trade> trades = new ArrayList<>();
    final List<DataQuality> faults = new ArrayList<>();

    @Override
    public void trade(String symbol, TradeView trade) {
        log.add(symbol + ":" + trade.id());
        trades.add(NumberedTrades.copyOf(symbol, trade));
    }

    @Override
    public void begins(String symbol, boolean proven) {
        log.add(symbol + (proven ? " begins, proven" : " begins"));
    }

    @Override
    public void restarts(String symbol) {
        log.add(symbol + " restarts");
    }

    @Override
    public void loses(String symbol, String why) {
        log.add(symbol + " loses: " + why);
    }

    @Override
    public void completeUntil(String symbol, long untilMs) {
        log.add(
                symbol
                        + " complete until +"
                        + (untilMs - NumberedTrades.NOON_US / 1000) / 1000
                        + "s");
    }

    @Override
    public void quarantined(String symbol, TradeView trade, DataQuality.Kind kind, String why) {
        fault(new DataQuality(symbol, trade.timeUs(), kind, trade.id(), trade.id(), 0, 0, 1, why));
    }

    @Override
    public void fault(DataQuality fault) {
        faults.add(fault);
    }

    @Override
    public void ended(String symbol) {
        log.add(symbol + " ended");
    }

    List<DataQuality> faults(DataQuality.Kind kind) {
        return faults.stream().filter(fault -> fault.kind() == kind).toList();
    }

    /** Returns what has been emitted since the last call. */
    List<String> takeLog() {
        List<String> emitted = List.copyOf(log);
        log.clear();
        return emitted;
    }
}
