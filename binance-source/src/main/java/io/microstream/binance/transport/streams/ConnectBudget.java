package io.microstream.binance.transport.streams;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often this process may connect to a host: Binance counts by address and bans who exceeds 300
 * in five minutes. Shared by all feeds of the process; thread-safe.
 */
public final class ConnectBudget {

    private static final long WINDOW_NANOS = Duration.ofMinutes(5).toNanos();
    private static final Map<String, ConnectBudget> OF_HOST = new ConcurrentHashMap<>();

    private final int limit;
    private final ArrayDeque<Long> connects = new ArrayDeque<>();

    /**
     * @param limit connects in any five minutes
     */
    public ConnectBudget(int limit) {
        this.limit = limit;
    }

    /** The budget of this process for a host and port. */
    public static ConnectBudget ofHost(String authority, int limit) {
        return OF_HOST.computeIfAbsent(authority, host -> new ConnectBudget(limit));
    }

    /**
     * Takes a connect.
     *
     * @return 0 if it may happen now, else the nanoseconds to wait before asking again
     */
    public synchronized long take(long nowNanos) {
        while (!connects.isEmpty() && nowNanos - connects.peek() >= WINDOW_NANOS) {
            connects.poll();
        }
        if (connects.size() < limit) {
            connects.add(nowNanos);
            return 0;
        }
        return WINDOW_NANOS - (nowNanos - connects.peek());
    }
}
