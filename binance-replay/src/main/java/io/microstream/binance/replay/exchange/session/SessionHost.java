package io.microstream.binance.replay.exchange.session;

/** What a connection needs of its exchange. */
public interface SessionHost {

    /** The stream of that name; null for one that has nothing to carry. */
    StreamFeed feed(StreamName name);

    /** A stream has a new listener. */
    void subscribed(StreamSubscription subscription);

    /** A connection is over. */
    void ended(StreamSession session);

    /** True if the market waits for its listeners. */
    boolean waits();

    /** The exchange's clock, microseconds since the epoch. */
    long timeUs();

    boolean bareErrors();
}
