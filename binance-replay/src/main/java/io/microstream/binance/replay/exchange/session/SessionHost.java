package io.microstream.binance.replay.exchange.session;

/** The exchange as a connection sees it. */
public interface SessionHost {

    /** Returns the stream of that name; null for one that has nothing to carry. */
    StreamFeed feed(StreamName name);

    /** Handles a new subscription to a stream. */
    void subscribed(StreamSubscription subscription);

    /** Handles the end of a connection. */
    void ended(StreamSession session);

    /** Returns true if the market waits for its subscribers. */
    boolean waits();

    /** Returns the exchange's clock, microseconds since the epoch. */
    long timeUs();

    boolean bareErrors();
}
