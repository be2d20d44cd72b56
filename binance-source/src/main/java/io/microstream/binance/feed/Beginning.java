package io.microstream.binance.feed;

import io.microstream.market.Bar;
import io.microstream.market.Trade;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Finds the first trade of a symbol's feed, and whether anything precedes it in its minute: only
 * then is the first bar known to be complete.
 */
final class Beginning {

    private static final Duration AGAIN = Duration.ofSeconds(1);

    /** The first trade, as the feed counts it. */
    private record First(long id, long firstTradeId, long timeUs) {}

    private final SymbolFeed feed;
    private final TradeOrder order;
    private final FeedParts parts;
    private FeedStart start;
    private boolean asking;

    Beginning(SymbolFeed feed, TradeOrder order, FeedParts parts, FeedStart start) {
        this.feed = feed;
        this.order = order;
        this.parts = parts;
        this.start = start;
    }

    /** Asks where to begin; a silent stream is not waited for, REST says when now is. */
    void start() {
        if (start.kind() == FeedStart.Kind.LATEST) {
            parts.loop().after(parts.config().silence(), this::beginNow);
        }
        seek();
    }

    private void beginNow() {
        if (!order.hasBegun() && !asking && !feed.isOver()) {
            parts.history()
                    .serverTimeUs()
                    .whenComplete(
                            (timeUs, failure) -> {
                                if (failure != null) {
                                    parts.loop().after(AGAIN, this::beginNow);
                                } else {
                                    start = FeedStart.atTimeMs(timeUs / 1000);
                                    seek();
                                }
                            });
        }
    }

    /** Asks where to begin, unless it is being asked already. */
    void seek() {
        if (asking || order.hasBegun() || feed.isOver()) {
            return;
        }
        asking = true;
        first().whenComplete(this::found);
    }

    private CompletableFuture<First> first() {
        return switch (start.kind()) {
            case LATEST -> CompletableFuture.completedFuture(oldestHeld());
            case ID ->
                    parts.history()
                            .from(feed.symbol(), start.value(), 1, TradeHistory.Urgency.BEGINNING)
                            .thenApply(rows -> rows.isEmpty() ? null : ofOwnKind(rows.get(0)));
            case TIME ->
                    parts.history()
                            .firstSince(feed.symbol(), start.value())
                            .thenApply(rows -> rows.isEmpty() ? null : ofAggregate(rows.get(0)));
        };
    }

    private First oldestHeld() {
        HeldTrades held = order.held();
        return held.isEmpty()
                ? null
                : new First(held.firstId(), held.firstTradeId(), held.firstTimeUs());
    }

    private static First ofOwnKind(Trade trade) {
        return new First(trade.id(), trade.firstTradeId(), trade.timeUs());
    }

    private First ofAggregate(Trade trade) {
        boolean single = parts.config().streamType().equals("trade");
        return new First(
                single ? trade.firstTradeId() : trade.id(), trade.firstTradeId(), trade.timeUs());
    }

    private void found(First first, Throwable failure) {
        if (failure != null || first == null) {
            asking = false;
            if (failure != null) {
                parts.counts().restFailures++;
            }
            if (failure != null || start.kind() != FeedStart.Kind.LATEST) {
                parts.loop().after(AGAIN, this::seek);
            }
            return;
        }
        parts.history()
                .firstSince(feed.symbol(), Bar.minuteOf(first.timeUs()))
                .whenComplete((rows, unknown) -> begin(first, rows, unknown));
    }

    /** Without an answer the beginning is not proven, no more. */
    private void begin(First first, List<Trade> ofMinute, Throwable unknown) {
        asking = false;
        if (feed.isOver() || order.hasBegun()) {
            return;
        }
        boolean proven =
                unknown == null
                        && !ofMinute.isEmpty()
                        && ofMinute.get(0).firstTradeId() == first.firstTradeId();
        feed.begin(first.id(), proven);
    }
}
