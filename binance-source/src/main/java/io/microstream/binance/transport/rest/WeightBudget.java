package io.microstream.binance.transport.rest;

import io.microstream.binance.transport.loop.ProcessClock;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The weight that this process has used at an exchange, which counts it per minute and address.
 *
 * <p>A request counts from the moment it is sent until a minute after it was answered, so that
 * whichever minutes the exchange counts by, none holds more than was allowed here. The server knows
 * better: where it has counted more (others use the address too) the difference is added; where a
 * later request finds a lower count than an earlier one, the server's minute has turned and what
 * was answered before is forgotten. That a request is later is only believed of one that was sent
 * after the other's answer came.
 *
 * <p>Pure: time is an argument, monotonic nanoseconds of one origin for all who share the budget
 * ({@link ProcessClock}). Thread-safe.
 */
public final class WeightBudget {

    /** Weight a minute as documented, until the exchange says otherwise. */
    public static final int DEFAULT_LIMIT = 6_000;

    /** {@link #answered} for an answer that does not state the weight, or that never came. */
    public static final int NOT_STATED = -1;

    private static final long WINDOW = Duration.ofMinutes(1).toNanos();
    private static final long LOST = Duration.ofMinutes(2).toNanos();
    private static final Map<String, WeightBudget> BY_HOST = new ConcurrentHashMap<>();

    private record Weighed(long nanos, int weight) {}

    private final ArrayDeque<Weighed> underWay = new ArrayDeque<>();
    private final ArrayDeque<Weighed> answered = new ArrayDeque<>();
    private int answeredWeight;
    private int limit = DEFAULT_LIMIT;
    private int statedWeight;
    private long statedNanos = Long.MIN_VALUE;
    private long blockedUntilNanos;
    private int blockedByStatus;

    /** A budget of its own, for a test or an exchange of its own. */
    public WeightBudget() {}

    /** The budget of this process for the exchange behind the URL. */
    public static WeightBudget of(URI baseUrl) {
        return ofHost(baseUrl.getRawAuthority());
    }

    /**
     * The budget of this process for a host, {@code host} or {@code host:port}. Binance's hosts
     * share one, for it counts by address and not by host.
     */
    public static WeightBudget ofHost(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        boolean binance =
                name.matches("(api|api-gcp|api[0-9])\\.binance\\.com(:443)?")
                        || name.matches("data-api\\.binance\\.vision(:443)?");
        return BY_HOST.computeIfAbsent(binance ? "binance" : name, key -> new WeightBudget());
    }

    /**
     * Takes the weight of a request that is sent now, if it may be.
     *
     * @param share of the limit that the caller may fill, in (0, 1]; a request heavier than that
     *     goes when nothing else counts
     * @return 0 if it was taken, else the nanoseconds after which to try again
     */
    public synchronized long tryTake(int weight, double share, long nowNanos) {
        if (nowNanos < blockedUntilNanos) {
            return blockedUntilNanos - nowNanos;
        }
        expire(nowNanos);
        long allowed = (long) (limit * share);
        long used = used();
        if (used > 0 && used + weight > allowed) {
            return untilFree(used + weight - allowed, nowNanos);
        }
        underWay.add(new Weighed(nowNanos, weight));
        return 0;
    }

    private long untilFree(long tooMuch, long nowNanos) {
        long left = tooMuch;
        for (Weighed request : answered) {
            left -= request.weight;
            if (left <= 0) {
                return request.nanos + WINDOW - nowNanos;
            }
        }
        return WINDOW;
    }

    /**
     * A request that was taken has ended.
     *
     * @param sentNanos when it was taken
     * @param weight what was taken
     * @param counted weight of the minute as the server counts it; {@link #NOT_STATED}
     */
    public synchronized void answered(long sentNanos, int weight, int counted, long nowNanos) {
        expire(nowNanos);
        underWay.removeFirstOccurrence(new Weighed(sentNanos, weight));
        boolean minuteTurned = counted >= 0 && counted < statedWeight && sentNanos >= statedNanos;
        if (minuteTurned) {
            forgetAnsweredBefore(sentNanos);
            count(counted, nowNanos);
        } else {
            count(weight, nowNanos);
            count(counted - used(), nowNanos);
        }
        if (counted < 0) {
            return;
        }
        if (minuteTurned || counted >= statedWeight || nowNanos - statedNanos > WINDOW) {
            statedWeight = counted;
            statedNanos = nowNanos;
        }
    }

    /** Forbids requests until then; an earlier end than the present one is ignored. */
    public synchronized void blockUntil(long untilNanos, int status) {
        if (untilNanos > blockedUntilNanos) {
            blockedUntilNanos = untilNanos;
            blockedByStatus = status;
        }
    }

    /** Returns when requests may be sent again; a time in the past if they may now. */
    public synchronized long blockedUntilNanos() {
        return blockedUntilNanos;
    }

    /** Returns the HTTP status that stopped requests last; 0 if none did. */
    public synchronized int blockedByStatus() {
        return blockedByStatus;
    }

    /** Returns the weight that counts now, requests under way included. */
    public synchronized int usedWeight(long nowNanos) {
        expire(nowNanos);
        return used();
    }

    /** Returns the exchange's limit of weight per minute. */
    public synchronized int limit() {
        return limit;
    }

    /** Sets the exchange's limit per minute, &gt; 0. */
    public synchronized void limit(int weightPerMinute) {
        limit = weightPerMinute;
    }

    private int used() {
        int used = answeredWeight;
        for (Weighed request : underWay) {
            used += request.weight;
        }
        return used;
    }

    private void count(int weight, long nowNanos) {
        if (weight > 0) {
            answered.add(new Weighed(nowNanos, weight));
            answeredWeight += weight;
        }
    }

    private void forgetAnsweredBefore(long nanos) {
        while (!answered.isEmpty() && answered.peek().nanos < nanos) {
            answeredWeight -= answered.poll().weight;
        }
    }

    private void expire(long nowNanos) {
        forgetAnsweredBefore(nowNanos - WINDOW + 1);
        Iterator<Weighed> oldest = underWay.iterator();
        while (oldest.hasNext() && oldest.next().nanos <= nowNanos - LOST) {
            oldest.remove();
        }
    }
}
