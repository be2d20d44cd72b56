package io.microstream.binance.replay.exchange.faults;

import io.microstream.binance.replay.Chance;
import java.util.Map;
import java.util.TreeMap;

/** The rows of a market that no fault has taken yet. */
final class FreeRows {

    private final TreeMap<Long, Long> taken = new TreeMap<>();

    /** Takes rows {@code [from, to)}; they may overlap what is taken. */
    void take(long from, long to) {
        Long start = from;
        long end = to;
        Map.Entry<Long, Long> before = taken.floorEntry(from);
        if (before != null && before.getValue() >= from) {
            start = before.getKey();
            end = Math.max(end, before.getValue());
        }
        Map.Entry<Long, Long> after = taken.ceilingEntry(from);
        while (after != null && after.getKey() <= end) {
            end = Math.max(end, after.getValue());
            taken.remove(after.getKey());
            after = taken.ceilingEntry(from);
        }
        taken.put(start, end);
    }

    /**
     * Takes {@code length} rows starting in {@code [from, to)} and ending before {@code bound};
     * every place where they fit is equally likely.
     *
     * @return the first of them, or -1 where none fit
     */
    long place(long from, long to, long bound, long length, Chance chance) {
        long places = walk(from, to, bound, length, -1);
        if (places == 0) {
            return -1;
        }
        long row = walk(from, to, bound, length, chance.below(places));
        take(row, row + length);
        return row;
    }

    /** Returns the {@code nth} place, or their number if {@code nth} is negative. */
    private long walk(long from, long to, long bound, long length, long nth) {
        Map.Entry<Long, Long> before = taken.floorEntry(from);
        long free = before == null ? from : Math.max(from, before.getValue());
        long places = 0;
        for (Map.Entry<Long, Long> next : taken.tailMap(from, false).entrySet()) {
            long here =
                    Math.max(0, Math.min(to, Math.min(bound, next.getKey()) - length + 1) - free);
            if (nth >= 0 && nth < places + here) {
                return free + nth - places;
            }
            places += here;
            free = Math.max(free, next.getValue());
        }
        long here = Math.max(0, Math.min(to, bound - length + 1) - free);
        return nth < 0 ? places + here : free + nth - places;
    }
}
