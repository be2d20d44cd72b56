package io.microstream.binance.trades;

import io.microstream.binance.transport.loop.Timer;
import io.microstream.binance.wire.StreamKind;
import io.microstream.market.Bar;
import io.microstream.market.DataQuality;
import io.microstream.market.Trade;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Finds the first trade of a symbol's feed, and whether anything precedes it in its minute: only
 * then is the first bar known to be complete. While nothing trades at all that is proven minute by
 * minute, so that no other symbol waits for this one.
 */
final class Beginning {

    private static final Duration AGAIN = Duration.ofSeconds(1);

    /** The first trade, as the feed counts it. */
    private record First(long id, long firstTradeId, long timeUs) {}

    private final SymbolFeed feed;
    private final TradeOrder order;
    private final FeedParts parts;
    private final CompletenessMarks marks;
    private FeedStart start;
    private boolean asking;
    private Timer pause;
    private boolean heldAtPause;
    private final Refusals refusals = new Refusals();

    Beginning(
            SymbolFeed feed,
            TradeOrder order,
            FeedParts parts,
            CompletenessMarks marks,
            FeedStart start) {
        this.feed = feed;
        this.order = order;
        this.parts = parts;
        this.marks = marks;
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
            parts.whenAnswered(parts.history().serverTimeUs(), this::beginAt);
        }
    }

    private void beginAt(Long timeUs, Throwable failure) {
        String refusal = refusals.definite(failure, parts.now());
        if (refusal != null && !order.hasBegun()) {
            refused(refusal);
        } else if (failure != null) {
            parts.loop().after(AGAIN, this::beginNow);
        } else {
            start = FeedStart.atTimeMs(timeUs / 1000);
            seek();
        }
    }

    /** Asks where to begin, unless it is being asked already, or was a moment ago. */
    void seek() {
        boolean firstTradeHeld = pause != null && !heldAtPause && !order.held().isEmpty();
        if (asking || order.hasBegun() || feed.isOver() || (pause != null && !firstTradeHeld)) {
            return;
        }
        if (pause != null) {
            pause.cancel();
            pause = null;
        }
        asking = true;
        switch (start.kind()) {
            case LATEST -> found(oldestHeld(), null);
            case ID ->
                    parts.whenAnswered(
                            parts.history()
                                    .from(
                                            feed.symbol(),
                                            start.value(),
                                            1,
                                            TradeHistory.Urgency.BEGINNING),
                            (rows, failure) -> found(first(rows, Beginning::ofOwnKind), failure));
            case TIME -> parts.whenAnswered(parts.history().serverTimeUs(), this::sinceStart);
        }
    }

    private void sinceStart(Long serverTimeUs, Throwable failure) {
        if (failure != null) {
            found(null, failure);
            return;
        }
        parts.whenAnswered(
                parts.history().firstSince(feed.symbol(), start.value()),
                (rows, unknown) -> {
                    if (unknown == null && rows.isEmpty() && order.held().isEmpty()) {
                        marks.prove(serverTimeUs, start.value() * 1000);
                    }
                    found(first(rows, this::ofAggregate), unknown);
                });
    }

    private static First first(List<Trade> rows, Function<Trade, First> kind) {
        return rows == null || rows.isEmpty() ? null : kind.apply(rows.get(0));
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
        boolean single = parts.config().kind() == StreamKind.TRADE;
        return new First(
                single ? trade.firstTradeId() : trade.id(), trade.firstTradeId(), trade.timeUs());
    }

    private void found(First first, Throwable failure) {
        String refusal = refusals.definite(failure, parts.now());
        if (refusal != null && !order.hasBegun()) {
            refused(refusal);
            return;
        }
        if (failure != null || first == null) {
            asking = false;
            if (failure != null) {
                parts.counts().restFailures++;
            }
            if (failure != null || start.kind() != FeedStart.Kind.LATEST) {
                later(failure != null);
            }
            return;
        }
        parts.whenAnswered(
                parts.history().firstSince(feed.symbol(), Bar.minuteOf(first.timeUs())),
                (rows, unknown) -> begin(first, rows, unknown));
        if (start.kind() == FeedStart.Kind.LATEST) {
            parts.loop().after(parts.config().silence(), () -> begin(first, List.of(), null));
        }
    }

    /**
     * REST refuses for good: a live feed begins with what its stream has shown, unproven; one that
     * has shown nothing, or that must begin with a given id, ends.
     */
    private void refused(String why) {
        if (order.held().isEmpty() || feed.isBounded()) {
            feed.refused(why);
        } else {
            feed.report(
                    DataQuality.Kind.STALL,
                    "began with the stream, trades before it are not to be had: " + why);
            begin(oldestHeld(), List.of(), null);
        }
    }

    /** Asks again later, soon if the stream has shown a trade that REST must know any moment. */
    private void later(boolean failed) {
        heldAtPause = failed || !order.held().isEmpty();
        Duration wait = failed || order.held().isEmpty() ? parts.config().silence() : AGAIN;
        pause =
                parts.loop()
                        .after(
                                wait,
                                () -> {
                                    pause = null;
                                    seek();
                                });
    }

    /** Begins with {@code first}; the beginning is not proven if {@code unknown} is not null. */
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
