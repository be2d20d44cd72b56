package io.microstream.binance.replay.exchange;

/** What a connection needs of its exchange. */
interface SessionHost {

    /** The stream of that name; null for one that has nothing to carry. */
    StreamFeed feed(StreamName name);

    /** A stream has a new listener. */
    void subscribed(Subscription subscription);

    /** A stream has lost a listener that was not a fault's doing. */
    void unsubscribed(Subscription subscription);

    /** A connection is over. */
    void ended(StreamSession session);

    /** The exchange's clock, microseconds since the epoch. */
    long timeUs();

    boolean bareErrors();
}
