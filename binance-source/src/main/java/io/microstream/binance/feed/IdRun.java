package io.microstream.binance.feed;

/** A run of ids with something in common: duplicates, or trades that REST had to supply. */
final class IdRun {

    long count;
    long firstId;
    long lastId;
    long timeUs;

    boolean isEmpty() {
        return count == 0;
    }

    void add(long id, long atUs) {
        if (count == 0) {
            firstId = id;
            lastId = id;
            timeUs = atUs;
        }
        count++;
        firstId = Math.min(firstId, id);
        lastId = Math.max(lastId, id);
    }

    void clear() {
        count = 0;
    }
}
