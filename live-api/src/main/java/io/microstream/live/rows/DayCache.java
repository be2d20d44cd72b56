package io.microstream.live.rows;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rolled-up rows of closed days, so that a year is rolled up once and not at each look.
 *
 * <p>Bounded by rows, the longest unused go first. Only intervals of an hour and more are kept: of
 * shorter ones a page covers few minutes. A day without gaps is kept an hour, one with gaps (or
 * without rows) five minutes, since a replay may fill them. Safe for any number of threads.
 */
public final class DayCache {

    static final Duration OF_WHOLE_DAYS = Duration.ofHours(1);
    static final Duration OF_DAYS_WITH_GAPS = Duration.ofMinutes(5);
    private static final long MINUTES = Duration.ofDays(1).toMinutes();

    private record Key(Buckets.Kind kind, Instant day) {}

    private record Day(List<Row> rows, Instant until) {}

    private final int most;
    private final Clock clock;
    private final Map<Key, Day> days = new LinkedHashMap<>(256, 0.75f, true);
    private int size;

    /** Creates a cache of at most {@code most} rows; an empty day counts as one. */
    public DayCache(int most, Clock clock) {
        this.most = most;
        this.clock = clock;
    }

    /** Creates a cache whose size is a gauge of {@code meters}. */
    public DayCache(int most, Clock clock, MeterRegistry meters) {
        this(most, clock);
        meters.gauge("microstream.api.rollup.rows", this, DayCache::size);
    }

    /** Returns the rows of a day, or null if they are not held. */
    synchronized List<Row> get(Buckets.Kind kind, Instant beginning) {
        Day day = days.get(new Key(kind, beginning));
        return day == null || day.until().isBefore(clock.instant()) ? null : day.rows();
    }

    synchronized void put(Buckets.Kind kind, Instant beginning, List<Row> rows) {
        if (kind.interval().length().compareTo(Interval.HOUR.length()) < 0) {
            return;
        }
        Instant until = clock.instant().plus(isWhole(rows) ? OF_WHOLE_DAYS : OF_DAYS_WITH_GAPS);
        Day before = days.put(new Key(kind, beginning), new Day(List.copyOf(rows), until));
        size += weight(rows) - (before == null ? 0 : weight(before.rows()));
        Iterator<Day> oldest = days.values().iterator();
        while (size > most && oldest.hasNext()) {
            size -= weight(oldest.next().rows());
            oldest.remove();
        }
    }

    private static boolean isWhole(List<Row> rows) {
        long minutes = rows.stream().mapToLong(row -> (Long) row.value("minutes")).sum();
        return minutes > 0 && minutes % MINUTES == 0;
    }

    private static int weight(List<Row> rows) {
        return Math.max(1, rows.size());
    }

    /** Returns the number of rows held now. */
    synchronized int size() {
        return size;
    }
}
