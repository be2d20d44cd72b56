package io.microstream.live.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DayCacheTest {

    private static final Instant DAY = Instant.parse("2026-01-05T00:00:00Z");
    private static final Buckets.Kind HOURS =
            new Buckets.Kind(Table.BARS, "BTCUSDT", Interval.HOUR);

    private final TestClock clock = new TestClock();
    private final DayCache days = new DayCache(50, clock);

    private static List<Row> hours(long minutesEach) {
        Object[] values = new Object[BucketTables.BARS.columns().size()];
        values[values.length - 1] = minutesEach;
        Row row = new Row(BucketTables.BARS, java.util.Arrays.asList(values));
        return Collections.nCopies(24, row);
    }

    @Test
    void wholeDaysAreKeptAnHourAndOthersFiveMinutes() {
        days.put(HOURS, DAY, hours(60));
        days.put(HOURS, DAY.plus(Buckets.DAY), hours(59));
        clock.now = clock.now.plus(Duration.ofMinutes(6));
        assertThat(days.get(HOURS, DAY)).hasSize(24);
        assertThat(days.get(HOURS, DAY.plus(Buckets.DAY))).isNull();
        clock.now = clock.now.plus(Duration.ofMinutes(55));
        assertThat(days.get(HOURS, DAY)).isNull();
    }

    @Test
    void theLongestUnusedGoWhenThereAreTooManyRows() {
        days.put(HOURS, DAY, hours(60));
        days.put(HOURS, DAY.plus(Buckets.DAY), hours(60));
        assertThat(days.get(HOURS, DAY)).hasSize(24);
        days.put(HOURS, DAY.plus(Buckets.DAY.multipliedBy(2)), hours(60));
        assertThat(days.size()).isEqualTo(48);
        assertThat(days.get(HOURS, DAY)).hasSize(24);
        assertThat(days.get(HOURS, DAY.plus(Buckets.DAY))).isNull();
    }

    @Test
    void shortIntervalsAreNotKept() {
        Buckets.Kind quarters = new Buckets.Kind(Table.BARS, "BTCUSDT", Interval.QUARTER);
        days.put(quarters, DAY, hours(15));
        assertThat(days.get(quarters, DAY)).isNull();
        assertThat(days.size()).isZero();
    }

    private static final class TestClock extends Clock {

        private Instant now = DAY;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
