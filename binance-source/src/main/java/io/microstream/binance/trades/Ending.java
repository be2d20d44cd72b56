package io.microstream.binance.trades;

import io.microstream.market.Bar;
import io.microstream.market.Trade;
import java.time.Duration;
import java.util.List;

/**
 * Proves, for a feed that ends with an id, that nothing follows it in its minute: by the next
 * trade, or by the exchange's clock. A clock that stands still proves nothing for ever, and is not
 * waited for.
 */
final class Ending {

    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final int PATIENCE = 30;

    private final SymbolFeed feed;
    private final TradeOrder order;
    private final FeedParts parts;
    private boolean proving;
    private long serverTimeUs = -1;
    private int standing;

    Ending(SymbolFeed feed, TradeOrder order, FeedParts parts) {
        this.feed = feed;
        this.order = order;
        this.parts = parts;
    }

    /** Begins to ask whether anything follows; does nothing if that has begun. */
    void prove() {
        if (!proving) {
            proving = true;
            ask();
        }
    }

    private void ask() {
        if (feed.isOver()) {
            return;
        }
        parts.whenAnswered(parts.history().serverTimeUs(), this::askForMore);
    }

    private void askForMore(Long timeUs, Throwable failure) {
        if (failure != null) {
            stand();
            return;
        }
        parts.whenAnswered(
                parts.history()
                        .from(feed.symbol(), order.lastId() + 1, 1, TradeHistory.Urgency.PROBE),
                (rows, unknown) -> judge(timeUs, rows, unknown));
    }

    private void judge(long timeUs, List<Trade> rows, Throwable unknown) {
        long endMs = feed.endOfNewestMinuteMs();
        long provenMs = (timeUs - parts.config().restLag().toNanos() / 1000) / 1000;
        if (unknown != null) {
            stand();
        } else if (!rows.isEmpty()) {
            end(Bar.minuteOf(rows.get(0).timeUs()) >= endMs);
        } else if (provenMs >= endMs) {
            end(true);
        } else {
            standing = timeUs > serverTimeUs ? 0 : standing;
            serverTimeUs = timeUs;
            stand();
        }
    }

    private void stand() {
        if (++standing > PATIENCE) {
            end(false);
        } else {
            parts.loop().after(AGAIN, this::ask);
        }
    }

    private void end(boolean proven) {
        if (proven && !feed.isOver()) {
            parts.out().completeUntil(feed.symbol(), feed.endOfNewestMinuteMs());
        }
        feed.end();
    }
}
