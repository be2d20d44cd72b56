package io.microstream.binance.archive;

import io.microstream.binance.archive.KeySample.Point;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A file with the sample of its rows, in the order of keys and of times. */
final class SampledFile {

    /** The share of the sample at each end that does not count: rows there may be wrong. */
    private static final int TRIMMED = 20;

    private static final long MINUTE_US = 60_000_000;

    private final FileFindings findings;
    private final List<Point> points;
    private final NavigableMap<Long, Point> byKey = new TreeMap<>();
    private final long[] times;

    SampledFile(FileFindings findings) {
        this.findings = findings;
        List<Point> sampled = findings.rows().sample.points();
        this.points =
                sampled.isEmpty()
                        ? List.of(
                                new Point(
                                        findings.rows().firstKey,
                                        findings.rows().firstTimeUs,
                                        findings.rows().firstPrice))
                        : sampled;
        points.forEach(point -> byKey.putIfAbsent(point.key(), point));
        this.times = points.stream().mapToLong(Point::timeUs).sorted().toArray();
    }

    String path() {
        return findings.path();
    }

    String symbol() {
        return findings.file().symbol();
    }

    String layout() {
        return findings.layout();
    }

    boolean isKlines() {
        return findings.isKlines();
    }

    RowStatistics rows() {
        return findings.rows();
    }

    List<Point> points() {
        return points;
    }

    int size() {
        return points.size();
    }

    /** Returns a low key of the file; a few may be lower. */
    long low() {
        return points.get(trimmed()).key();
    }

    /** Returns a high key of the file; a few may be higher. */
    long high() {
        return points.get(points.size() - 1 - trimmed()).key();
    }

    private int trimmed() {
        return points.size() < 3 ? 0 : Math.max(1, points.size() / TRIMMED);
    }

    /**
     * Returns the time that a share of the rows does not exceed; the few wrong at the ends apart.
     */
    long timeUs(double share) {
        int first = trimmed();
        return times[first + (int) Math.round(share * (times.length - 1 - 2 * first))];
    }

    long spanUs() {
        return timeUs(1) - timeUs(0);
    }

    double idsPerUs() {
        return (double) (high() - low()) / Math.max(1, spanUs());
    }

    Point at(long key) {
        return byKey.get(key);
    }

    /** Returns the sampled row with this key or the next lower one; null if there is none. */
    Point floor(long key) {
        var entry = byKey.floorEntry(key);
        return entry == null ? null : entry.getValue();
    }

    /** Returns the sampled row with this key or the next higher one; null if there is none. */
    Point ceiling(long key) {
        var entry = byKey.ceilingEntry(key);
        return entry == null ? null : entry.getValue();
    }

    /** Returns how many rows are at most in the order of times if taken in the order of keys. */
    int inOrder() {
        long[] ends = new long[points.size()];
        int length = 0;
        for (Point point : points) {
            long minute = point.timeUs() / MINUTE_US;
            int at = firstAbove(ends, length, minute);
            ends[at] = minute;
            length = Math.max(length, at + 1);
        }
        return length;
    }

    private static int firstAbove(long[] ascending, int length, long value) {
        int at = Arrays.binarySearch(ascending, 0, length, value + 1);
        while (at > 0 && ascending[at - 1] > value) {
            at--;
        }
        return at >= 0 ? at : -at - 1;
    }
}
