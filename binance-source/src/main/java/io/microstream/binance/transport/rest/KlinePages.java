package io.microstream.binance.transport.rest;

import io.microstream.market.Bar;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Pages backwards through one-minute bars until enough are there. */
final class KlinePages {

    private final BinanceRest rest;
    private final String symbol;
    private final int wanted;
    private final Priority priority;
    private final ArrayDeque<Bar> bars = new ArrayDeque<>();
    private final CompletableFuture<List<Bar>> result = new CompletableFuture<>();

    KlinePages(BinanceRest rest, String symbol, int wanted, Priority priority) {
        this.rest = rest;
        this.symbol = symbol;
        this.wanted = wanted;
        this.priority = priority;
    }

    CompletableFuture<List<Bar>> before(long openTimeMs) {
        next(openTimeMs);
        return result;
    }

    private void next(long beforeMs) {
        int missing = wanted - bars.size();
        if (missing <= 0 || beforeMs <= 0 || result.isDone()) {
            result.complete(List.copyOf(bars));
            return;
        }
        int limit = limit(missing);
        rest.klines(symbol, BinanceRest.OPEN, beforeMs - 1, limit, priority)
                .whenComplete((page, failure) -> add(page, failure, beforeMs));
    }

    /** One more on the first page: the minute that runs takes a row and is left out. */
    private int limit(int missing) {
        return Math.min(BinanceRest.MAX_ROWS, bars.isEmpty() ? missing + 1 : missing);
    }

    private void add(List<Bar> page, Throwable failure, long beforeMs) {
        if (failure != null) {
            result.completeExceptionally(failure);
            return;
        }
        long oldest = bars.isEmpty() ? beforeMs : bars.peekFirst().openTimeMs();
        for (int i = page.size() - 1; i >= 0 && bars.size() < wanted; i--) {
            if (page.get(i).openTimeMs() < oldest) {
                bars.addFirst(page.get(i));
            }
        }
        boolean more = !page.isEmpty() && page.get(0).openTimeMs() < oldest;
        next(more ? page.get(0).openTimeMs() : 0);
    }
}
