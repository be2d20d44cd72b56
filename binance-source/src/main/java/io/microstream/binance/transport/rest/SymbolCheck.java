package io.microstream.binance.transport.rest;

import io.microstream.binance.transport.rest.RestException.Kind;
import io.microstream.binance.wire.ExchangeInfo;
import io.microstream.binance.wire.ExchangeInfoJson;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Asks for symbols by name. The exchange refuses the whole list for one name it does not know and
 * does not say which: then all symbols are asked for, and the unknown ones named.
 */
final class SymbolCheck {

    private static final int WEIGHT = 20;
    private static final int MOST_NAMED = 100;

    private final RestQueue queue;
    private final Set<String> symbols;
    private final Priority priority;
    private final CompletableFuture<ExchangeInfo> result = new CompletableFuture<>();

    SymbolCheck(RestQueue queue, Collection<String> symbols, Priority priority) {
        this.queue = queue;
        this.symbols = new TreeSet<>(symbols);
        this.priority = priority;
    }

    CompletableFuture<ExchangeInfo> info() {
        if (symbols.isEmpty() || symbols.size() > MOST_NAMED) {
            ask(all()).whenComplete(this::finish);
        } else {
            ask(new Query().with("symbols", names())).whenComplete(this::named);
        }
        return result;
    }

    private void named(ExchangeInfo info, Throwable failure) {
        if (failure instanceof RestException refused && refused.kind() == Kind.BAD_SYMBOL) {
            ask(all())
                    .whenComplete((every, other) -> finish(every, other == null ? null : refused));
        } else {
            finish(info, failure);
        }
    }

    private void finish(ExchangeInfo info, Throwable failure) {
        if (failure != null) {
            result.completeExceptionally(failure);
            return;
        }
        Set<String> unknown = new TreeSet<>(symbols);
        unknown.removeAll(info.symbols().keySet());
        if (unknown.isEmpty()) {
            result.complete(symbols.isEmpty() ? info : asked(info));
        } else {
            result.completeExceptionally(unknown(unknown));
        }
    }

    private ExchangeInfo asked(ExchangeInfo info) {
        Map<String, ExchangeInfo.SymbolInfo> asked = new LinkedHashMap<>(info.symbols());
        asked.keySet().retainAll(symbols);
        return new ExchangeInfo(info.serverTimeUs(), info.rateLimits(), asked);
    }

    private RestException unknown(Set<String> unknown) {
        return new RestException(
                Kind.BAD_SYMBOL,
                RestException.NONE,
                RestException.NONE,
                String.format(
                        Locale.ROOT,
                        "The exchange does not know: symbols=%s host=%s. Check the spelling, upper case without a slash: BTCUSDT",
                        unknown,
                        queue.baseUrl().getRawAuthority()),
                null);
    }

    private CompletableFuture<ExchangeInfo> ask(Query query) {
        return queue.submit(
                new Call<>(
                        "/api/v3/exchangeInfo", query, WEIGHT, priority, ExchangeInfoJson::read));
    }

    private static Query all() {
        return new Query().with("showPermissionSets", "false");
    }

    private String names() {
        return symbols.stream()
                .map(symbol -> '"' + symbol.replace("\\", "").replace("\"", "") + '"')
                .collect(Collectors.joining(",", "[", "]"));
    }
}
