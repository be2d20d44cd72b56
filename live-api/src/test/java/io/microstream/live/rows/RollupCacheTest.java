package io.microstream.live.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.testing.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A year of one symbol's minutes, and which of its days may be remembered. */
class RollupCacheTest {

    private static final String YEAR =
            """
            INSERT INTO bars
            SELECT 'BTCUSDT', timestamptz '2025-01-01T00:00:00Z' + i * interval '1 minute', 100, 101, 99, 100.5,
                   1.5, 150.75, 0.5, 50.25, 3, i * 3, i * 3 + 2, true, true, 0
              FROM generate_series(0, 525599) i
            """;

    private static final Buckets.Kind HOURS =
            new Buckets.Kind(Table.BARS, "BTCUSDT", Interval.FOUR_HOURS);

    @Test
    void closedDaysAreRolledUpOnceAndOpenOnesEachTime() throws Exception {
        try (PostgresServer database = PostgresServer.start().migrated();
                Connection connection = DriverManager.getConnection(database.url())) {
            database.run(YEAR, "ANALYZE bars");
            DayCache days =
                    new DayCache(
                            60_000,
                            Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC));
            BucketQuery year =
                    new BucketQuery(new Buckets(days), HOURS, null, null, false, 10_000, null);
            long begun = System.nanoTime();
            List<Row> cold = year.read(connection).rows();
            long between = System.nanoTime();
            database.run(
                    "UPDATE bars SET high = 200 WHERE open_time IN ('2025-06-01Z', '2025-12-31 23:00Z')");
            long again = System.nanoTime();
            List<Row> warm = year.read(connection).rows();
            long ended = System.nanoTime();
            assertThat(cold).hasSize(2190);
            assertThat(warm).hasSize(2190);
            assertThat(days.size()).as("all days but the last, which is open").isEqualTo(364 * 6);
            assertThat(warm.subList(0, 2184)).isEqualTo(cold.subList(0, 2184));
            assertThat(warm.get(2189).text("high")).isEqualTo("200");
            assertThat(cold.get(2189).text("volume")).isEqualTo("360.0");
            System.out.printf(
                    "A year of minutes at 4h: %d ms, then %d ms%n",
                    (between - begun) / 1_000_000, (ended - again) / 1_000_000);
        }
    }
}
