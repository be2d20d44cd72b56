package io.microstream.binance.feed;

import io.microstream.market.Trade;
import java.time.Duration;
import java.util.List;

/**
 * Fetches the trades of one symbol that no stream brought, page after page, until what waits behind
 * them has joined, or, when catching up, until nothing newer is known.
 *
 * <p>REST may lag behind the stream: an empty answer is asked again, for as long as it takes. An
 * answer that starts at a higher id than asked, twice, says that the ids before it are not to be
 * had.
 */
final class Repair {

    private static final Duration SHORTEST_WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final SymbolFeed feed;
    private final TradeOrder order;
    private final FeedParts parts;
    private boolean asking;
    private boolean catchingUp;
    private long refusedFromId = -1;
    private Duration wait = SHORTEST_WAIT;

    Repair(SymbolFeed feed, TradeOrder order, FeedParts parts) {
        this.feed = feed;
        this.order = order;
        this.parts = parts;
    }

    /** Fetches whatever follows the newest trade. */
    void catchUp() {
        catchingUp = true;
        check();
    }

    /** True while REST is behind the stream, or the symbol behind REST. */
    boolean isNeeded() {
        return order.hasBegun() && !order.hasReachedStop() && (catchingUp || order.hasGap());
    }

    /** Asks if there is something to ask for. */
    void check() {
        if (asking || !isNeeded()) {
            return;
        }
        asking = true;
        long fromId = order.lastId() + 1;
        parts.history()
                .from(feed.symbol(), fromId, TradeHistory.PAGE, TradeHistory.Urgency.GAP)
                .whenComplete((rows, failure) -> answered(fromId, rows, failure));
    }

    private void answered(long fromId, List<Trade> rows, Throwable failure) {
        asking = false;
        if (feed.isOver()) {
            return;
        }
        if (failure != null) {
            parts.counts().restFailures++;
            again();
        } else if (rows.isEmpty()) {
            catchingUp = false;
            if (order.hasGap()) {
                again();
            }
        } else if (rows.get(0).id() > fromId && order.lastId() + 1 == fromId) {
            startsHigher(fromId, rows);
        } else {
            take(rows);
        }
    }

    private void startsHigher(long fromId, List<Trade> rows) {
        if (refusedFromId != fromId) {
            refusedFromId = fromId;
            again();
            return;
        }
        long servedId = rows.get(0).id();
        long untilId = order.hasGap() ? Math.min(servedId, order.held().firstId()) : servedId;
        feed.lose(
                untilId,
                "asked for id " + fromId + ", the exchange serves from " + servedId + " on");
        take(rows);
    }

    private void take(List<Trade> rows) {
        wait = SHORTEST_WAIT;
        if (rows.size() < TradeHistory.PAGE) {
            catchingUp = false;
        }
        feed.fetched(rows);
        check();
    }

    private void again() {
        parts.loop().after(wait, this::check);
        wait =
                wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0
                        ? LONGEST_WAIT
                        : wait.multipliedBy(2);
    }
}
