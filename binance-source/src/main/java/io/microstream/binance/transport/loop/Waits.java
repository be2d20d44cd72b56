package io.microstream.binance.transport.loop;

import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a feed is waiting for, since when and why. The loop thread writes; metrics read it from
 * other threads.
 */
public final class Waits {

    private record Wait(String what, long sinceNanos, String cause) {}

    private final Map<String, Wait> waits = new ConcurrentHashMap<>();

    /** Notes another failure of what is waited for; the wait began with the first in a row. */
    public void failed(String what, String cause, long nowNanos) {
        Wait before = waits.get(what);
        long since = before == null ? nowNanos : before.sinceNanos;
        waits.put(what, new Wait(what, since, cause == null ? "unknown" : cause));
    }

    /** Notes that what was waited for has come, or is not waited for any more. */
    public void over(String what) {
        waits.remove(what);
    }

    /** Returns what has been waited for longest and why; empty if nothing is. */
    public String longest() {
        Wait longest = oldest();
        if (longest == null) {
            return "";
        }
        int others = waits.size() - 1;
        String more = others > 0 ? " and " + others + " more" : "";
        return longest.what + more + ": " + longest.cause;
    }

    /** Returns the age of the longest wait in nanoseconds; 0 if there is none. */
    public long longestNanos(long nowNanos) {
        Wait longest = oldest();
        return longest == null ? 0 : Math.max(0, nowNanos - longest.sinceNanos);
    }

    private Wait oldest() {
        return waits.values().stream()
                .min(Comparator.comparingLong(Wait::sinceNanos).thenComparing(Wait::what))
                .orElse(null);
    }
}
