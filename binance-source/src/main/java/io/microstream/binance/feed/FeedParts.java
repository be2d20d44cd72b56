package io.microstream.binance.feed;

import io.microstream.binance.loop.EventLoop;

/** What the parts of one feed share. */
record FeedParts(
        FeedConfig config,
        EventLoop loop,
        TradeHistory history,
        FeedOutput out,
        FeedCounts counts,
        Streams streams) {

    /** What a symbol may ask of the connections. */
    interface Streams {

        /** Subscribes to the symbol's stream anew on the connection it has. */
        void resubscribe(String symbol);

        /** True if the symbol's connection has brought more than has been looked at. */
        boolean isBehind(String symbol);

        /** Opens another connection for all that the symbol's one carries, and ends the old. */
        void replaceConnection(String symbol);
    }

    long now() {
        return loop.nanoTime();
    }
}
