package io.microstream.benchmarks.live;

import io.microstream.market.Trade;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongConsumer;

/** When the source of a job of this JVM received each trade, until a row with it has come back. */
final class ReceivedTrades {

    private static final Map<String, Queue<Received>> WAITING = new ConcurrentHashMap<>();

    private record Received(long lastTradeId, long atMs) {}

    private ReceivedTrades() {}

    static void clear() {
        WAITING.clear();
    }

    /** Records the receipt of a trade; called by the source's tasks. */
    static void remember(Trade trade) {
        queue(trade.symbol()).add(new Received(trade.lastTradeId(), trade.receivedAtMs()));
    }

    /** Removes the trades up to a row's last id and returns when each was received. */
    static void contained(String symbol, long lastTradeId, LongConsumer receivedMs) {
        Queue<Received> queue = queue(symbol);
        for (Received next = queue.peek();
                next != null && next.lastTradeId() <= lastTradeId;
                next = queue.peek()) {
            queue.remove();
            receivedMs.accept(next.atMs());
        }
    }

    private static Queue<Received> queue(String symbol) {
        return WAITING.computeIfAbsent(symbol, any -> new ConcurrentLinkedQueue<>());
    }
}
