package io.microstream.binance.trades;

import io.microstream.binance.transport.rest.BinanceRest;
import io.microstream.binance.transport.rest.Priority;
import io.microstream.binance.transport.rest.RestException;
import io.microstream.binance.wire.ExchangeInfo;
import io.microstream.binance.wire.StreamKind;
import io.microstream.market.Trade;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Binance's REST as the feed sees it. */
public final class RestHistory implements TradeHistory {

    private final BinanceRest rest;
    private final StreamKind kind;

    /**
     * @param kind what the feed subscribes: aggregate or single trades
     */
    public RestHistory(BinanceRest rest, StreamKind kind) {
        this.rest = rest;
        this.kind = kind;
    }

    @Override
    public CompletableFuture<List<Trade>> from(
            String symbol, long fromId, int limit, Urgency urgency) {
        return rest.trades(kind, symbol, fromId, limit, priority(urgency));
    }

    private static Priority priority(Urgency urgency) {
        return switch (urgency) {
            case GAP -> Priority.GAP;
            case BEGINNING -> Priority.START;
            case PROBE -> Priority.PROBE;
        };
    }

    @Override
    public CompletableFuture<List<Trade>> firstSince(String symbol, long timeMs) {
        return rest.tradesSince(symbol, timeMs, -1, 1, Priority.START);
    }

    @Override
    public CompletableFuture<Long> serverTimeUs() {
        return rest.serverTimeUs(Priority.PROBE);
    }

    @Override
    public CompletableFuture<List<String>> halted(List<String> symbols) {
        return rest.exchangeInfo(symbols, Priority.PROBE)
                .exceptionallyCompose(this::allUnlessFatal)
                .thenApply(info -> symbols.stream().filter(name -> !trades(info, name)).toList());
    }

    /** One name that is not listed any more must not hide the state of all others. */
    private CompletableFuture<ExchangeInfo> allUnlessFatal(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        boolean unlisted =
                cause instanceof RestException refused
                        && refused.kind() == RestException.Kind.BAD_SYMBOL;
        return unlisted
                ? rest.exchangeInfo(List.of(), Priority.PROBE)
                : CompletableFuture.failedFuture(failure);
    }

    private static boolean trades(ExchangeInfo info, String symbol) {
        ExchangeInfo.SymbolInfo known = info.symbols().get(symbol);
        return known != null && known.isTrading();
    }
}
