package io.microstream.binance.trades;

import io.microstream.binance.transport.loop.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** What the parts of one feed share. */
record FeedParts(
        FeedConfig config,
        EventLoop loop,
        TradeHistory history,
        FeedOutput out,
        LiveCounts counts,
        Streams streams) {

    /** What a symbol may ask of the connections. */
    interface Streams {

        /** Subscribes to the symbol's stream anew on the connection it has. */
        void resubscribe(String symbol);

        /** Returns the exchange's newest known time, microseconds; 0 before the first. */
        long exchangeTimeUs();

        /** Returns this machine's time, microseconds since the epoch. */
        long wallTimeUs();

        /** True if the symbol's connection has brought more than has been looked at. */
        boolean isBehind(String symbol);

        /** Opens another connection for all that the symbol's one carries, and ends the old. */
        void replaceConnection(String symbol);
    }

    /**
     * Handles an answer of {@link #history} in a turn of its own: a failure in there stops the
     * feed, whereas a future would swallow it.
     */
    <T> void whenAnswered(CompletableFuture<T> answer, BiConsumer<T, Throwable> then) {
        answer.whenComplete((value, failure) -> loop.execute(() -> then.accept(value, failure)));
    }

    long now() {
        return loop.nanoTime();
    }
}
