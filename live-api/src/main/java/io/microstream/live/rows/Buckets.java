package io.microstream.live.rows;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rolls the minutes of one symbol up, whole days (UTC) at a time, and remembers days that are
 * closed: rows of minutes that lie further back than the job's allowed lateness do not change.
 */
public final class Buckets {

    /** How long the job accepts late trades; an older minute no longer changes. */
    static final Duration LATENESS = Duration.ofHours(2);

    static final Duration DAY = Duration.ofDays(1);

    private final DayCache days;

    /** Rolls up with the rows of closed days kept in {@code cache}. */
    public Buckets(DayCache days) {
        this.days = days;
    }

    /**
     * What distinguishes one list of roll-ups from another.
     *
     * @param table of minutes
     * @param symbol the symbol whose minutes they are
     * @param interval over 1m
     */
    public record Kind(Table table, String symbol, Interval interval) {}

    /**
     * Returns the rows of whole days in the order of time and key.
     *
     * @param since beginning of the first day
     * @param until end of the last day
     */
    List<Row> read(Connection connection, Kind kind, Instant since, Instant until)
            throws SQLException {
        Optional<Instant> first =
                MinuteTimes.atOrAfter(connection, kind.table(), kind.symbol(), since);
        Optional<Instant> newest = MinuteTimes.newest(connection, kind.table(), kind.symbol());
        if (first.isEmpty() || newest.isEmpty()) {
            return List.of();
        }
        Instant dayAfter = newest.get().truncatedTo(ChronoUnit.DAYS).plus(DAY);
        return days(
                connection,
                kind,
                first.get().truncatedTo(ChronoUnit.DAYS),
                until.isBefore(dayAfter) ? until : dayAfter,
                newest.get().minus(LATENESS));
    }

    private List<Row> days(
            Connection connection, Kind kind, Instant since, Instant until, Instant closed)
            throws SQLException {
        List<Row> rows = new ArrayList<>();
        Instant day = since;
        while (day.isBefore(until)) {
            List<Row> known = days.get(kind, day);
            if (known != null) {
                rows.addAll(known);
                day = day.plus(DAY);
                continue;
            }
            Instant end = day.plus(DAY);
            while (end.isBefore(until) && days.get(kind, end) == null) {
                end = end.plus(DAY);
            }
            List<Row> read = query(connection, kind, day, end);
            remember(kind, day, end, closed, read);
            rows.addAll(read);
            day = end;
        }
        return rows;
    }

    private void remember(Kind kind, Instant since, Instant until, Instant closed, List<Row> read) {
        int at = 0;
        for (Instant day = since; day.isBefore(until); day = day.plus(DAY)) {
            Instant end = day.plus(DAY);
            int from = at;
            while (at < read.size() && read.get(at).time("open_time").isBefore(end)) {
                at++;
            }
            if (!end.isAfter(closed)) {
                days.put(kind, day, read.subList(from, at));
            }
        }
    }

    private static List<Row> query(Connection connection, Kind kind, Instant since, Instant until)
            throws SQLException {
        Table shape = BucketTables.of(kind.table());
        List<String> order = BucketQuery.order(shape);
        String sql =
                "SELECT " + shape.select() + " FROM " + shape.name() + "(?, ?, ?, ?::interval)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            RowQuery.bind(
                    statement,
                    List.of(
                            kind.symbol(),
                            since,
                            until,
                            kind.interval().length().toMinutes() + " minutes"));
            try (ResultSet result = statement.executeQuery()) {
                List<Row> rows = shape.readAll(result);
                rows.sort((a, b) -> Places.compare(Places.of(a, order), Places.of(b, order)));
                return rows;
            }
        }
    }
}
