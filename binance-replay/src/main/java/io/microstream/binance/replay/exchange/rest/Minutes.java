package io.microstream.binance.replay.exchange.rest;

import io.microstream.binance.replay.exchange.history.MinuteBars;
import io.microstream.binance.replay.exchange.history.PastTrades;
import io.microstream.market.Bar;
import io.microstream.market.BarBuilder;
import io.microstream.market.Decimal8;
import java.util.List;
import java.util.TreeMap;

/**
 * All minutes of a symbol that klines are made of: its history, then what its trades made, flat
 * where nothing was traded, up to the running minute.
 *
 * <p>A minute that has trades is theirs alone. After a reset of the ids the history is forgotten
 * with the trades. Where the newest trades are hidden, the minutes they fell into are gathered
 * anew, and there is no minute after that of the last trade to be seen.
 */
final class Minutes {

    private final List<Bar> history;
    private final MinuteBars bars;
    private final TreeMap<Long, BarBuilder> gathered;
    private final long gatheredFromMs;
    private final long firstMs;
    private final long lastMs;

    private Minutes(
            List<Bar> history,
            MinuteBars bars,
            TreeMap<Long, BarBuilder> gathered,
            long gatheredFromMs,
            long clockMs) {
        this.history = history;
        this.bars = bars;
        this.gathered = gathered;
        this.gatheredFromMs = gatheredFromMs;
        this.firstMs = first();
        this.lastMs = Math.max(last(), clockMs);
    }

    /** Returns the minutes of a symbol without its newest {@code hidden} trades. */
    static Minutes of(MarketView market, String symbol, int hidden) {
        PastTrades past = market.pastTrades(symbol);
        MinuteBars bars = past.bars();
        boolean whole = past.resets() == 0 && !bars.forgetful();
        List<Bar> history = whole ? market.history(symbol) : List.of();
        if (hidden == 0 || past.size() == 0) {
            long clockMs = Bar.minuteOf(market.marketTimeUs());
            return new Minutes(history, bars, new TreeMap<>(), Long.MAX_VALUE, clockMs);
        }
        int visible = past.size() - Math.min(hidden, past.size());
        long fromMs = Long.MAX_VALUE;
        for (int i = visible; i < past.size(); i++) {
            fromMs = Math.min(fromMs, Bar.minuteOf(past.timeUs(i)));
        }
        return new Minutes(history, bars, gather(past, fromMs, visible), fromMs, Long.MIN_VALUE);
    }

    private static TreeMap<Long, BarBuilder> gather(PastTrades past, long fromMs, int visible) {
        TreeMap<Long, BarBuilder> minutes = new TreeMap<>();
        for (int i = past.firstAtOrAfter(fromMs * 1_000); i < visible; i++) {
            long minuteMs = Bar.minuteOf(past.timeUs(i));
            if (minuteMs >= fromMs) {
                minutes.computeIfAbsent(minuteMs, minute -> new BarBuilder())
                        .add(
                                past.id(i),
                                past.price(i),
                                past.quantity(i),
                                past.firstTradeId(i),
                                past.lastTradeId(i),
                                past.buyerIsMaker(i));
            }
        }
        return minutes;
    }

    private long first() {
        if (!history.isEmpty()) {
            return history.get(0).openTimeMs();
        }
        if (!bars.isEmpty() && bars.firstMs() < gatheredFromMs) {
            return bars.firstMs();
        }
        return gathered.isEmpty() ? Long.MAX_VALUE : gathered.firstKey();
    }

    private long last() {
        if (!gathered.isEmpty()) {
            return gathered.lastKey();
        }
        Long traded = bars.lastBefore(gatheredFromMs);
        if (traded != null) {
            return traded;
        }
        return history.isEmpty() ? Long.MIN_VALUE : history.get(history.size() - 1).openTimeMs();
    }

    boolean isEmpty() {
        return firstMs == Long.MAX_VALUE;
    }

    long firstMs() {
        return firstMs;
    }

    /** Returns the open time of the running minute. */
    long lastMs() {
        return lastMs;
    }

    /** Adds a minute to a row; one without trades adds nothing. */
    void addTo(KlineRow row, long minuteMs) {
        BarBuilder builder =
                minuteMs < gatheredFromMs ? bars.builder(minuteMs) : gathered.get(minuteMs);
        if (builder != null) {
            row.add(builder);
            return;
        }
        int index = historyUpTo(minuteMs);
        if (index >= 0 && history.get(index).openTimeMs() == minuteMs) {
            row.add(history.get(index));
        }
    }

    /** Returns the close of the newest minute before {@code minuteMs} that has one; 0 if none. */
    long closeBefore(long minuteMs) {
        var late = gathered.lowerEntry(minuteMs);
        if (late != null) {
            return late.getValue().close;
        }
        BarBuilder builder = bars.builderAtOrBefore(Math.min(minuteMs, gatheredFromMs) - 1);
        if (builder != null) {
            return builder.close;
        }
        int index = historyUpTo(minuteMs - 1);
        return index < 0 ? 0 : Decimal8.of(history.get(index).close());
    }

    private int historyUpTo(long minuteMs) {
        int low = 0;
        int high = history.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (history.get(middle).openTimeMs() <= minuteMs) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }
}
