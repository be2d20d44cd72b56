package io.microstream.binance.replay.exchange.session;

import java.util.ArrayList;
import java.util.List;

/** A stream of a symbol and its subscriptions. */
public final class StreamFeed {

    public final StreamName name;
    private final List<StreamSubscription> subscriptions = new ArrayList<>();

    public StreamFeed(StreamName name) {
        this.name = name;
    }

    public List<StreamSubscription> subscriptions() {
        return subscriptions;
    }

    void add(StreamSubscription subscription) {
        subscriptions.add(subscription);
    }

    void remove(StreamSubscription subscription) {
        subscriptions.remove(subscription);
    }

    public boolean isEmpty() {
        return subscriptions.isEmpty();
    }

    /** Returns true if a subscriber can be relied on. */
    public boolean carried() {
        for (int i = 0; i < subscriptions.size(); i++) {
            if (subscriptions.get(i).healthy()) {
                return true;
            }
        }
        return false;
    }
}
