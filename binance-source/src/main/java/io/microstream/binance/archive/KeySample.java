package io.microstream.binance.archive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A sample of a file's rows that depends on their keys alone: a key is in the sample if enough low
 * bits of its hash are zero, and of as many as needed to keep at most {@link #MOST} rows (a few
 * more of a file that repeats a key). So two files that hold the same keys have the same rows in
 * their samples, as far as both go.
 */
final class KeySample {

    static final int MOST = 256;

    /**
     * A row of the sample.
     *
     * @param key id, or of klines the minute
     */
    record Point(long key, long timeUs, long price) {}

    private final List<Point> points = new ArrayList<>();
    private long mask;

    /** Adds a row if its key is one of the sample's. */
    void add(long key, long timeUs, long price) {
        if ((hash(key) & mask) == 0) {
            points.add(new Point(key, timeUs, price));
            if (points.size() > MOST) {
                mask = 2 * mask + 1;
                points.removeIf(point -> !holds(point.key()));
            }
        }
    }

    private static long hash(long key) {
        return key * 0x9e3779b97f4a7c15L >>> 20;
    }

    /** Returns whether a row of this key would be in the sample. */
    boolean holds(long key) {
        return (hash(key) & mask) == 0;
    }

    /** Returns the rows of the sample by key. */
    List<Point> points() {
        return points.stream().sorted(Comparator.comparingLong(Point::key)).toList();
    }
}
