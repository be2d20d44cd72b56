package io.microstream.live.push;

/**
 * One symbol of a listener, and how far it is.
 *
 * @param history minutes of its snapshots
 * @param stage what it waits for
 * @param cursor that it left off at; null unless RESUMING
 * @param reason why it gets a snapshot; null if the client asked for one
 */
record SymbolSubscription(int history, Stage stage, StreamCursor cursor, String reason) {

    /** Where a subscription stands. */
    enum Stage {
        /** What was missed since the cursor is to be told. */
        RESUMING,
        /** A snapshot is to be told. */
        WAITING,
        /** A snapshot is to be told in the place of changes: the client has older rows. */
        STALE,
        /** Told everything up to the last poll. */
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
