package io.microstream.binance.trades;

import io.microstream.binance.transport.loop.Timer;
import io.microstream.market.Trade;
import java.time.Duration;
import java.util.List;

/**
 * Fetches the trades of one symbol that no stream brought, page after page, until what waits behind
 * them has joined, or, when catching up, until nothing newer is known.
 *
 * <p>REST may lag behind the stream: an empty answer is asked again, for as long as it takes, after
 * pauses that grow, however much the stream brings meanwhile. An answer that starts at a higher id
 * than asked, twice, says that the ids before it are not to be had.
 *
 * <p>Of an answer only what the gap lacks is taken, unless the symbol is catching up: what the
 * stream brings anyway is no repair.
 */
final class Repair {

    private static final Duration SHORTEST_WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final SymbolFeed feed;
    private final TradeOrder order;
    private final FeedParts parts;
    private boolean asking;
    private boolean catchingUp;
    private boolean askAnew;
    private Timer pause;
    private long refusedFromId = -1;
    private final Refusals refusals = new Refusals();
    private Duration wait = SHORTEST_WAIT;

    Repair(SymbolFeed feed, TradeOrder order, FeedParts parts) {
        this.feed = feed;
        this.order = order;
        this.parts = parts;
    }

    /** Fetches whatever follows the newest trade. */
    void catchUp() {
        catchingUp = true;
        askAnew = asking;
        check();
    }

    /** Forgets what has been asked of the old ids, as ids restart. */
    void restart() {
        asking = false;
        askAnew = false;
        refusedFromId = -1;
    }

    /** True while REST is behind the stream, or the symbol behind REST. */
    boolean isNeeded() {
        return order.hasBegun() && !order.hasReachedStop() && (catchingUp || order.hasGap());
    }

    /** Asks if there is something to ask for. */
    void check() {
        if (asking || pause != null || feed.isOver() || !isNeeded()) {
            return;
        }
        asking = true;
        long fromId = order.lastId() + 1;
        int era = order.era();
        parts.whenAnswered(
                parts.history()
                        .from(feed.symbol(), fromId, TradeHistory.PAGE, TradeHistory.Urgency.GAP),
                (rows, failure) -> answered(era, fromId, rows, failure));
    }

    private void answered(int era, long fromId, List<Trade> rows, Throwable failure) {
        if (era != order.era() || feed.isOver()) {
            return;
        }
        asking = false;
        String refusal = refusals.definite(failure, parts.now());
        if (refusal != null) {
            parts.counts().restFailures++;
            refused(refusal);
        } else if (failure != null) {
            parts.counts().restFailures++;
            again();
        } else if (rows.isEmpty()) {
            caughtUp();
            if (order.hasGap()) {
                again();
            } else {
                wait = SHORTEST_WAIT;
                check();
            }
        } else if (rows.get(0).id() > fromId && order.lastId() + 1 == fromId) {
            startsHigher(fromId, rows);
        } else {
            take(rows);
        }
    }

    /**
     * REST refuses for good: what waits behind the gap goes out without it. A feed whose stream is
     * silent too ends.
     */
    private void refused(String why) {
        if (order.hasGap()) {
            feed.lose(order.held().firstId(), why);
            feed.fetched(List.of(), false);
        } else if (feed.liveness().isLongSilent()) {
            feed.refused(why);
            return;
        }
        again();
    }

    /** Ends the catch-up, unless the reason for it is newer than the question. */
    private void caughtUp() {
        catchingUp = askAnew;
        askAnew = false;
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
        feed.fetched(rows, catchingUp);
        if (rows.size() < TradeHistory.PAGE) {
            caughtUp();
        }
        check();
    }

    private void again() {
        pause = parts.loop().after(wait, this::goOn);
        Duration longer = wait.multipliedBy(2);
        wait = longer.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : longer;
    }

    private void goOn() {
        pause = null;
        check();
    }
}
