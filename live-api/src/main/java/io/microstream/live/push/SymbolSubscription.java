package io.microstream.live.push;

/**
 * One symbol of a client, and how far it is.
 *
 * @param history minutes of its snapshots
 * @param stage what it waits for
 * @param cursor that it left off at; null unless RESUMING
 * @param reason why it gets a snapshot; null if the client asked for one
 */
record SymbolSubscription(int history, Stage stage, StreamCursor cursor, String reason) {

    /** How far the server is with a subscription. */
    enum Stage {
        /** Waits for the changes since its cursor. */
        RESUMING,
        /** Waits for the snapshot that the client asked for. */
        WAITING,
        /** Waits for a snapshot in place of changes: rows of the client are out of date. */
        STALE,
        /** Has been sent everything up to the last poll. */
        LIVE
    }

    static SymbolSubscription resuming(int history, StreamCursor cursor) {
        return new SymbolSubscription(history, Stage.RESUMING, cursor, null);
    }

    static SymbolSubscription waiting(int history) {
        return new SymbolSubscription(history, Stage.WAITING, null, null);
    }

    SymbolSubscription stale(String why) {
        return new SymbolSubscription(history, Stage.STALE, null, why);
    }

    SymbolSubscription live() {
        return new SymbolSubscription(history, Stage.LIVE, null, null);
    }

    boolean wantsSnapshot() {
        return stage == Stage.WAITING || stage == Stage.STALE;
    }
}
