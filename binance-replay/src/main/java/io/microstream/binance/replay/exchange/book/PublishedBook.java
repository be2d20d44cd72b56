package io.microstream.binance.replay.exchange.book;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** A book that gives each change an update id and remembers what it has still to publish. */
final class PublishedBook {

    private final BookLevels levels;
    private final BookMemory memory = new BookMemory();
    private final TreeSet<Long> changedBids = new TreeSet<>(Comparator.reverseOrder());
    private final TreeSet<Long> changedAsks = new TreeSet<>();
    private long published;
    private TopOfBook shown;

    PublishedBook(long lastUpdateId) {
        levels = new BookLevels(lastUpdateId);
        published = lastUpdateId;
    }

    BookLevels levels() {
        return levels;
    }

    /** Sets a level; a level that is equal already gets no update id. */
    void set(boolean bids, long price, long quantity) {
        long before = levels.at(bids, price);
        if (before != quantity) {
            levels.set(bids, price, quantity, levels.lastUpdateId() + 1);
            memory.changed(bids, price, before);
            (bids ? changedBids : changedAsks).add(price);
        }
    }

    /** Returns what changed since the last flush; null if nothing did. */
    DepthChange flush(long timeUs) {
        if (published == levels.lastUpdateId()) {
            return null;
        }
        DepthChange change =
                new DepthChange(
                        timeUs,
                        published + 1,
                        levels.lastUpdateId(),
                        changed(true, changedBids),
                        changed(false, changedAsks));
        changedBids.clear();
        changedAsks.clear();
        published = levels.lastUpdateId();
        return change;
    }

    /** Returns the top if it differs from what was shown last, else null. */
    TopOfBook newTop() {
        TopOfBook top = levels.top();
        if (top.looksLike(shown)) {
            return null;
        }
        shown = top;
        return top;
    }

    /** Returns the book before its last changes, or null if they are not remembered. */
    BookLevels ago(int updates) {
        return memory.knows(updates) ? memory.undone(levels, updates) : null;
    }

    private List<BookLevel> changed(boolean bids, TreeSet<Long> prices) {
        List<BookLevel> changes = new ArrayList<>(prices.size());
        for (long price : prices) {
            changes.add(new BookLevel(price, levels.at(bids, price)));
        }
        return changes;
    }
}
