package io.microstream.binance.replay.exchange.book;

import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * A change of an order book, as {@code depthUpdate} publishes it.
 *
 * @param timeUs when it was published, microseconds since the epoch
 * @param firstUpdateId {@code U}: one above the last id of the change before
 * @param lastUpdateId {@code u}
 * @param bids changed levels with the whole quantity that they now hold, highest price first
 * @param asks the same, lowest price first
 */
public record DepthChange(
        long timeUs,
        long firstUpdateId,
        long lastUpdateId,
        List<BookLevel> bids,
        List<BookLevel> asks) {

    public DepthChange {
        bids = List.copyOf(bids);
        asks = List.copyOf(asks);
    }

    /**
     * Merges this change with the next one: ten changes of {@code depth@100ms} make one of {@code
     * depth}.
     *
     * @throws IllegalArgumentException if {@code next} does not follow this one
     */
    public DepthChange then(DepthChange next) {
        if (next.firstUpdateId != lastUpdateId + 1) {
            throw new IllegalArgumentException(
                    "Depth changes do not join: u="
                            + lastUpdateId
                            + " next.U="
                            + next.firstUpdateId);
        }
        return new DepthChange(
                next.timeUs,
                firstUpdateId,
                next.lastUpdateId,
                joined(bids, next.bids, Comparator.reverseOrder()),
                joined(asks, next.asks, Comparator.naturalOrder()));
    }

    private static List<BookLevel> joined(
            List<BookLevel> first, List<BookLevel> then, Comparator<Long> order) {
        TreeMap<Long, BookLevel> levels = new TreeMap<>(order);
        first.forEach(level -> levels.put(level.price(), level));
        then.forEach(level -> levels.put(level.price(), level));
        return List.copyOf(levels.values());
    }
}
