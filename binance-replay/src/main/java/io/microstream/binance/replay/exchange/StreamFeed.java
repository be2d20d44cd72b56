package io.microstream.binance.replay.exchange;

import java.util.ArrayList;
import java.util.List;

/** A stream of a symbol and who listens to it. */
final class StreamFeed {

    final StreamName name;
    private final List<Subscription> subscriptions = new ArrayList<>();

    StreamFeed(StreamName name) {
        this.name = name;
    }

    List<Subscription> subscriptions() {
        return subscriptions;
    }

    void add(Subscription subscription) {
        subscriptions.add(subscription);
    }

    void remove(Subscription subscription) {
        subscriptions.remove(subscription);
    }

    boolean isEmpty() {
        return subscriptions.isEmpty();
    }

    /** True if a subscriber can be relied on. */
    boolean carried() {
        for (int i = 0; i < subscriptions.size(); i++) {
            if (subscriptions.get(i).healthy()) {
                return true;
            }
        }
        return false;
    }
}
