package io.microstream.live.push;

/**
 * One symbol of a listener, and how far it is.
 *
 * @param history minutes of its snapshots
 * @param stage what it waits for
 * @param cursor that it left off at; null unless RESUMING
 * @param reason why it gets a snapshot; null if the client asked for one
 */
record Subscription(int history, Stage stage, Cursor cursor, String reason) {

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

    static Subscription resuming(int history, Cursor cursor) {
        return new Subscription(history, Stage.RESUMING, cursor, null);
    }

    static Subscription waiting(int history) {
        return new Subscription(history, Stage.WAITING, null, null);
    }

    Subscription stale(String why) {
        return new Subscription(history, Stage.STALE, null, why);
    }

    Subscription live() {
        return new Subscription(history, Stage.LIVE, null, null);
    }

    boolean wantsSnapshot() {
        return stage == Stage.WAITING || stage == Stage.STALE;
    }
}
