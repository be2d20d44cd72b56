package io.microstream.binance.replay.exchange.book;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A client's book by the procedure that Binance documents, as plainly as it can be written. */
final class DocumentedBook {

    final TreeMap<Long, Long> bids = new TreeMap<>();
    final TreeMap<Long, Long> asks = new TreeMap<>();
    private final List<DepthChange> buffer = new ArrayList<>();
    private boolean started;
    long id;

    /** Step 2 and 7: buffers, or applies. */
    void event(DepthChange event) {
        if (started) {
            apply(event);
        } else {
            buffer.add(event);
        }
    }

    /** Steps 4 to 7; false if the snapshot is too old. */
    boolean snapshot(BookView book) {
        if (buffer.isEmpty() || book.lastUpdateId() < buffer.get(0).firstUpdateId()) {
            return false;
        }
        book.levels(true, 5000, bids::put);
        book.levels(false, 5000, asks::put);
        id = book.lastUpdateId();
        started = true;
        buffer.stream().filter(event -> event.lastUpdateId() > id).toList().forEach(this::apply);
        return true;
    }

    private void apply(DepthChange event) {
        if (event.lastUpdateId() < id) {
            return;
        }
        if (event.firstUpdateId() > id + 1) {
            throw new AssertionError("missed: B=" + id + " U=" + event.firstUpdateId());
        }
        event.bids().forEach(level -> set(bids, level));
        event.asks().forEach(level -> set(asks, level));
        id = event.lastUpdateId();
    }

    private static void set(TreeMap<Long, Long> side, BookLevel level) {
        if (level.quantity() == 0) {
            side.remove(level.price());
        } else {
            side.put(level.price(), level.quantity());
        }
    }
}
