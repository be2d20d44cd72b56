package io.microstream.live.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.testing.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Time in each regime, anomalies and completeness by roll-ups, beside a count of the minutes
 * themselves, over random histories: gaps, several models at once, shadow models that come into
 * charge, provisional rows, revisions, and ranges whose ends cut buckets.
 */
class MinutesInChargeTest {

    private static final int HISTORIES = 24;
    private static final long SEED = 11;
    private static final Instant BEGIN = Instant.parse("2025-03-01T00:00:00Z");
    private static final List<String> REGIMES =
            List.of("STABLE_LIQUIDITY", "HIGH_VOLATILITY", "LIQUIDITY_CRISIS");
    private static final List<String> COLUMNS =
            List.of("stable_minutes", "volatile_minutes", "crisis_minutes");

    private record Judged(
            long minute, String model, int version, String regime, boolean shadow, int revision) {

        /** Any rule will do that makes models differ. */
        boolean isAnomaly() {
            return Math.floorMod(31 * minute + 7L * version + regime.length(), 3) == 0;
        }

        boolean isInChargeBefore(Judged other) {
            int newer = Integer.compare(version, other.version);
            newer = newer == 0 ? Integer.compare(revision, other.revision) : newer;
            return (newer == 0 ? model.compareTo(other.model) : newer) > 0;
        }
    }

    /** One random history: which minutes have a bar (and a complete one), and who judged them. */
    private record History(Map<Long, Boolean> bars, List<Judged> judged) {

        static History random(Random random) {
            Map<Long, Boolean> bars = new HashMap<>();
            List<Judged> judged = new ArrayList<>();
            long begin = random.nextInt(1440);
            long end = begin + 600 + random.nextInt(3000);
            long gapFrom = begin + random.nextInt((int) (end - begin));
            long gapTo = gapFrom + random.nextInt(400);
            long second = begin + random.nextInt((int) (end - begin));
            long overlap = random.nextInt(300);
            boolean promoted = random.nextBoolean();
            String name = random.nextBoolean() ? "hmm" : "HMM";
            int regime = 0;
            int flaws = random.nextInt(3);
            for (long minute = begin; minute < end; minute++) {
                if (minute >= gapFrom && minute < gapTo) {
                    continue;
                }
                bars.put(minute, flaws == 0 || random.nextInt(500 / flaws) > 0);
                regime = random.nextInt(15) == 0 ? random.nextInt(3) : regime;
                int revision = random.nextInt(50) == 0 ? 1 : random.nextInt(200) == 0 ? -2 : 0;
                boolean later = minute >= second;
                if (minute > begin + 20 && minute < second + overlap) {
                    judged.add(judged(minute, "hmm", 1, regime, false, revision));
                }
                if (later || promoted) {
                    int other = random.nextInt(4) == 0 ? random.nextInt(3) : regime;
                    judged.add(judged(minute, name, 2, other, !later, revision));
                }
                if (later && random.nextInt(10) == 0) {
                    judged.add(judged(minute, "other", 2, random.nextInt(3), false, revision));
                }
                if (random.nextInt(3) == 0) {
                    judged.add(judged(minute, "shadow", 9, random.nextInt(3), true, revision));
                }
            }
            return new History(bars, judged);
        }

        private static Judged judged(
                long minute, String model, int version, int regime, boolean shadow, int revision) {
            return new Judged(minute, model, version, REGIMES.get(regime), shadow, revision);
        }

        /**
         * Counts the minutes in a range by the regime that the model in charge reports; the last
         * count is of anomalies.
         */
        long[] minutesInCharge(long from, long to) {
            Map<Long, Judged> inCharge = new HashMap<>();
            for (Judged each : judged) {
                if (each.revision >= 0 && !each.shadow && each.minute >= from && each.minute < to) {
                    inCharge.merge(each.minute, each, (a, b) -> a.isInChargeBefore(b) ? a : b);
                }
            }
            long[] minutes = new long[4];
            inCharge.values().forEach(each -> minutes[REGIMES.indexOf(each.regime)]++);
            minutes[3] = inCharge.values().stream().filter(Judged::isAnomaly).count();
            return minutes;
        }
    }

    @Test
    void rollUpsCountTheMinutesOfEveryRange() throws Exception {
        Random random = new Random(SEED);
        try (PostgresServer database = PostgresServer.start().migrated();
                Connection connection = DriverManager.getConnection(database.url())) {
            for (int i = 0; i < HISTORIES; i++) {
                String symbol = "S" + i;
                History history = History.random(random);
                write(connection, symbol, history);
                try (Statement statement = connection.createStatement()) {
                    // Plans that rest on the statistics of an empty table read all of it.
                    statement.execute("ANALYZE bars, regimes, anomalies");
                }
                for (Interval interval : Interval.values()) {
                    if (interval != Interval.MINUTE) {
                        long from = random.nextInt(3000);
                        check(connection, symbol, history, interval, from, from + 4000);
                        check(connection, symbol, history, interval, from, from + 1000);
                    }
                }
            }
        }
    }

    private static void check(
            Connection connection,
            String symbol,
            History history,
            Interval interval,
            long from,
            long to)
            throws SQLException {
        long width = interval.length().toMinutes();
        long first = -Math.floorDiv(-from, width) * width;
        long end = -Math.floorDiv(-to, width) * width;
        String range = symbol + " " + interval.text() + " " + from + " to " + to;
        long[] minutes = new long[4];
        for (Row row : rows(connection, Table.ANOMALIES, symbol, interval, from, to)) {
            minutes[3] += (Long) row.value("anomaly_minutes");
        }
        for (Row row : rows(connection, Table.REGIMES, symbol, interval, from, to)) {
            for (int i = 0; i < 3; i++) {
                minutes[i] += (Long) row.value(COLUMNS.get(i));
            }
        }
        assertThat(minutes).as(range).isEqualTo(history.minutesInCharge(first, end));
        for (Row row : rows(connection, Table.BARS, symbol, interval, from, to)) {
            long at = (row.time("open_time").getEpochSecond() - BEGIN.getEpochSecond()) / 60;
            boolean whole = true;
            for (long minute = at; minute < at + width; minute++) {
                whole &= history.bars.getOrDefault(minute, false);
            }
            assertThat(row.value("complete")).as(range + " at " + at).isEqualTo(whole);
        }
    }

    private static List<Row> rows(
            Connection connection,
            Table table,
            String symbol,
            Interval interval,
            long from,
            long to)
            throws SQLException {
        Buckets buckets = new Buckets(new DayCache(100, Clock.fixed(BEGIN, ZoneOffset.UTC)));
        Buckets.Kind kind = new Buckets.Kind(table, symbol, interval);
        return new BucketQuery(buckets, kind, time(from), time(to), false, 10_000, null)
                .read(connection)
                .rows();
    }

    private static Instant time(long minute) {
        return BEGIN.plusSeconds(60 * minute);
    }

    private static void write(Connection connection, String symbol, History history)
            throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement bar =
                        connection.prepareStatement(
                                "INSERT INTO bars (symbol, open_time, open, high, low, close, volume, is_final, complete, revision)"
                                        + " VALUES (?, ?, 1, 1, 1, 1, 1, true, ?, 0)");
                PreparedStatement regime =
                        connection.prepareStatement(
                                "INSERT INTO regimes (symbol, open_time, model_id, model_version, regime, confirmed_regime, p_stable,"
                                        + " p_volatile, p_crisis, surprise, is_shadow, bar_revision)"
                                        + " VALUES (?, ?, ?, ?, ?, ?, 0.5, 0.3, 0.2, 1, ?, ?)");
                PreparedStatement anomaly =
                        connection.prepareStatement(
                                "INSERT INTO anomalies (symbol, open_time, model_id, model_version, score, threshold,"
                                        + " is_anomaly, severity, attribution, is_shadow, bar_revision)"
                                        + " VALUES (?, ?, ?, ?, 0.7, 0.6, ?, 1, '{}', ?, ?)")) {
            for (Map.Entry<Long, Boolean> each : history.bars.entrySet()) {
                bar.setString(1, symbol);
                bar.setObject(2, utc(each.getKey()));
                bar.setBoolean(3, each.getValue());
                bar.addBatch();
            }
            bar.executeBatch();
            for (Judged each : history.judged) {
                regime.setString(1, symbol);
                regime.setObject(2, utc(each.minute));
                regime.setString(3, each.model);
                regime.setInt(4, each.version);
                regime.setString(5, each.regime);
                regime.setString(6, each.regime);
                regime.setBoolean(7, each.shadow);
                regime.setInt(8, each.revision);
                regime.addBatch();
            }
            regime.executeBatch();
            for (Judged each : history.judged) {
                anomaly.setString(1, symbol);
                anomaly.setObject(2, utc(each.minute));
                anomaly.setString(3, each.model);
                anomaly.setInt(4, each.version);
                anomaly.setBoolean(5, each.isAnomaly());
                anomaly.setBoolean(6, each.shadow);
                anomaly.setInt(7, each.revision);
                anomaly.addBatch();
            }
            anomaly.executeBatch();
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    private static OffsetDateTime utc(long minute) {
        return time(minute).atOffset(ZoneOffset.UTC);
    }
}
