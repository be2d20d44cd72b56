package io.microstream.binance.trades;

import io.microstream.market.Trade;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What the feed asks of REST. Answers come on the loop thread. An answer may never come while the
 * exchange refuses; a failure is one that asking again at once does not mend.
 */
public interface TradeHistory {

    /** The most rows an answer holds. */
    int PAGE = 1000;

    /** What waits for the answer to a request, the most urgent first. */
    enum Urgency {
        /** Trades are held back until it is answered. */
        GAP,
        /** A symbol waits for its beginning. */
        BEGINNING,
        /** It is only asked whether there is anything new. */
        PROBE
    }

    /** Requests trades in id order, from {@code fromId} on as far as the exchange serves them. */
    CompletableFuture<List<Trade>> from(String symbol, long fromId, int limit, Urgency urgency);

    /**
     * Requests the first trade at or after a time, as an aggregate trade, or none; the feed's own
     * id of it may be its {@link Trade#firstTradeId}.
     */
    CompletableFuture<List<Trade>> firstSince(String symbol, long timeMs);

    /** Requests the exchange's clock, microseconds since the epoch. */
    CompletableFuture<Long> serverTimeUs();

    /** Requests which of {@code symbols} are not being traded now. */
    CompletableFuture<List<String>> halted(List<String> symbols);
}
