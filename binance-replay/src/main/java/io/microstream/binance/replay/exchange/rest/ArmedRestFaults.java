package io.microstream.binance.replay.exchange.rest;

import io.microstream.binance.replay.exchange.faults.Fault;
import io.microstream.binance.replay.exchange.faults.Fault.RestTrouble;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;

/**
 * The faults that wait for requests, oldest first. A request meets one at most: the oldest that
 * names its path and can happen to it. A fault is gone when it has met as many as it was armed for.
 */
final class ArmedRestFaults {

    private final Deque<Armed> waiting = new ArrayDeque<>();

    void arm(Fault.Rest fault) {
        if (fault.requests() > 0) {
            waiting.add(new Armed(fault));
        }
    }

    /** Returns the fault that a request meets, or null. */
    Fault.Rest take(Endpoint endpoint, String path, Map<String, String> query) {
        for (Iterator<Armed> each = waiting.iterator(); each.hasNext(); ) {
            Armed armed = each.next();
            if (armed.names(path) && canHappen(armed.fault.trouble(), endpoint, query)) {
                if (--armed.left == 0) {
                    each.remove();
                }
                return armed.fault;
            }
        }
        return null;
    }

    /** Returns how many requests the waiting faults will still meet. */
    int pending() {
        return waiting.stream().mapToInt(armed -> armed.left).sum();
    }

    private static boolean canHappen(
            RestTrouble trouble, Endpoint endpoint, Map<String, String> query) {
        return switch (trouble) {
            case HIGHER_ID ->
                    endpoint == Endpoint.HISTORICAL_TRADES && query.containsKey("fromId")
                            || endpoint == Endpoint.AGG_TRADES
                                    && (query.containsKey("fromId")
                                            || query.containsKey("startTime"));
            case DATABASE_LAG ->
                    endpoint == Endpoint.AGG_TRADES
                            || endpoint == Endpoint.HISTORICAL_TRADES
                            || endpoint == Endpoint.KLINES;
            case STALE_DEPTH -> endpoint == Endpoint.DEPTH;
            default -> true;
        };
    }

    private static final class Armed {
        final Fault.Rest fault;
        int left;

        Armed(Fault.Rest fault) {
            this.fault = fault;
            this.left = fault.requests();
        }

        boolean names(String path) {
            return fault.path().equals("*") || path.endsWith(fault.path());
        }
    }
}
