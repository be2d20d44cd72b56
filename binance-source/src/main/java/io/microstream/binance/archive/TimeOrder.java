package io.microstream.binance.archive;

import java.util.Arrays;

/**
 * Finds the times that contradict an order. Trades in the order of their ids are in the order of
 * their times, but for a tolerance; where a time steps back, either the times before it are too
 * late or those behind it too early. The fewest times whose removal leaves an order are the
 * outliers: all but a longest non-decreasing subsequence, found by patience sorting in O(n log n).
 *
 * <p>Not thread-safe: an instance reuses its arrays. Source: Fredman, "On computing the length of
 * longest increasing subsequences", Discrete Mathematics 11, 1975.
 */
final class TimeOrder {

    private final int[] tails;
    private final int[] previous;

    /**
     * @param capacity most times that are judged at once
     */
    TimeOrder(int capacity) {
        tails = new int[capacity];
        previous = new int[capacity];
    }

    /**
     * Marks the outliers among the first {@code count} times.
     *
     * @param times in the order of ids
     * @param floor time before which none can be right; those before it are outliers
     * @param tolerance by how much a time may step back behind those before it
     * @param outlier filled with true for each time that contradicts the others
     */
    void judge(long[] times, int count, long floor, long tolerance, boolean[] outlier) {
        Arrays.fill(outlier, 0, count, true);
        int length = 0;
        for (int i = 0; i < count; i++) {
            if (times[i] < floor - tolerance) {
                continue;
            }
            int at = place(times, length, times[i]);
            previous[i] = at == 0 ? -1 : tails[at - 1];
            tails[at] = i;
            length = Math.max(length, at + 1);
        }
        for (int i = length == 0 ? -1 : tails[length - 1]; i >= 0; i = previous[i]) {
            outlier[i] = false;
        }
        preferNearest(times, count, floor - tolerance, outlier);
        readmit(times, count, floor, tolerance, outlier);
    }

    /** Returns the first rank whose tail is later than {@code time}. */
    private int place(long[] times, int length, long time) {
        int low = 0;
        int high = length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[tails[middle]] <= time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * Of several times that could be the first in the order, keeps the one nearest to the second.
     */
    private static void preferNearest(long[] times, int count, long earliest, boolean[] outlier) {
        int first = nextKept(outlier, count, 0);
        int second = nextKept(outlier, count, first + 1);
        if (second >= count) {
            return;
        }
        int nearest = first;
        for (int i = 0; i < second; i++) {
            boolean fits = times[i] >= earliest && times[i] <= times[second];
            nearest = fits && times[i] > times[nearest] ? i : nearest;
        }
        outlier[first] = true;
        outlier[nearest] = false;
    }

    private static int nextKept(boolean[] outlier, int count, int from) {
        int at = from;
        while (at < count && outlier[at]) {
            at++;
        }
        return at;
    }

    /** Keeps what lies within the tolerance of the order after all. */
    private static void readmit(
            long[] times, int count, long floor, long tolerance, boolean[] outlier) {
        long newest = floor;
        int next = 0;
        for (int i = 0; i < count; i++) {
            if (outlier[i]) {
                next = nextKept(outlier, count, Math.max(next, i + 1));
                long following = next < count ? times[next] : Long.MAX_VALUE - tolerance;
                outlier[i] = times[i] < newest - tolerance || times[i] > following + tolerance;
            }
            if (!outlier[i]) {
                newest = Math.max(newest, times[i]);
            }
        }
    }
}
