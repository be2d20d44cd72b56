package io.microstream.binance.trades;

/** A run of ids with something in common: duplicates, or trades that REST had to supply. */
final class IdRun {

    long count;
    long firstId;
    long lastId;
    long timeUs;
    private long takenBack;
    private long takenBackFromId;

    boolean isEmpty() {
        return count == 0;
    }

    void add(long id, long atUs) {
        if (count == 0) {
            takenBack = 0;
            firstId = id;
            lastId = id;
            timeUs = atUs;
        }
        count++;
        firstId = Math.min(firstId, id);
        lastId = Math.max(lastId, id);
    }

    /** Takes back an id that does not belong to the run; ids are taken back in ascending order. */
    void takeBack(long id) {
        if (count == 0 || id < firstId || id > lastId) {
            return;
        }
        count--;
        takenBackFromId = takenBack++ == 0 ? id : takenBackFromId;
    }

    /** Returns the last id still in the run: its end may have been taken back. */
    long lastIdLeft() {
        boolean endTakenBack = takenBack > 0 && lastId - takenBackFromId + 1 == takenBack;
        return endTakenBack ? takenBackFromId - 1 : lastId;
    }

    void clear() {
        count = 0;
        takenBack = 0;
    }
}
