package io.microstream.live.rows;

import io.microstream.tables.ColumnType;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * One page of rolled-up rows: buckets that begin inside the range, each of all its final minutes.
 *
 * @param buckets rolls them up
 * @param kind what is rolled up
 * @param from first time a bucket may begin at; null for the beginning
 * @param to first time it may not; null for the end
 * @param descending newest first
 * @param limit rows at most
 * @param after place of the last row of the page before; null for the first page
 */
public record BucketQuery(
        Buckets buckets,
        Buckets.Kind kind,
        Instant from,
        Instant to,
        boolean descending,
        int limit,
        List<Object> after)
        implements RowList {

    /** Aligns the range: a bucket is in if it begins in it. */
    public BucketQuery {
        from = alignedUp(from, kind.interval());
        to = alignedUp(to, kind.interval());
    }

    private static Instant alignedUp(Instant time, Interval interval) {
        if (time == null) {
            return null;
        }
        long width = interval.length().toMillis();
        long ms = time.toEpochMilli() + (time.getNano() % 1_000_000 == 0 ? 0 : 1);
        return Instant.ofEpochMilli(-Math.floorDiv(-ms, width) * width);
    }

    @Override
    public Table shape() {
        return BucketTables.of(kind.table());
    }

    @Override
    public String symbol() {
        return kind.symbol();
    }

    /** Reads whole days at a time, and no more of them than may be needed. */
    @Override
    public Page read(Connection connection) throws SQLException {
        List<Row> rows = new ArrayList<>();
        Optional<Instant> next = first(connection);
        while (next.isPresent() && rows.size() <= limit) {
            Instant day = dayOf(next.get());
            Instant since = descending ? day.minus(Buckets.DAY.multipliedBy(days(rows) - 1)) : day;
            Instant until =
                    descending
                            ? day.plus(Buckets.DAY)
                            : day.plus(Buckets.DAY.multipliedBy(days(rows)));
            List<Row> read = new ArrayList<>(buckets.read(connection, kind, since, until));
            if (descending) {
                Collections.reverse(read);
            }
            read.stream().filter(this::isIn).limit(limit + 1L - rows.size()).forEach(rows::add);
            next = descending ? previous(connection, since) : following(connection, until);
        }
        return Page.of(rows, limit, this::placeOf);
    }

    /** Returns the number of days that hold as many buckets as are still wanted. */
    private long days(List<Row> rows) {
        long minutes = (limit + 1L - rows.size()) * kind.interval().length().toMinutes();
        return minutes / Buckets.DAY.toMinutes() + 1;
    }

    private Optional<Instant> first(Connection connection) throws SQLException {
        Instant place = after == null ? null : (Instant) after.get(0);
        if (descending) {
            Instant end = place == null ? to : place.plus(kind.interval().length());
            return previous(connection, end == null ? Instant.parse("2101-01-01T00:00:00Z") : end);
        }
        Instant begin = place == null ? from : place;
        return following(connection, begin == null ? Instant.EPOCH : begin);
    }

    private Optional<Instant> following(Connection connection, Instant since) throws SQLException {
        return to != null && !since.isBefore(to)
                ? Optional.empty()
                : MinuteTimes.atOrAfter(connection, kind.table(), kind.symbol(), since)
                        .filter(time -> to == null || time.isBefore(to));
    }

    private Optional<Instant> previous(Connection connection, Instant until) throws SQLException {
        return MinuteTimes.before(connection, kind.table(), kind.symbol(), until)
                .filter(time -> from == null || !time.isBefore(from));
    }

    private boolean isIn(Row row) {
        Instant time = row.time("open_time");
        return (from == null || !time.isBefore(from))
                && (to == null || time.isBefore(to))
                && (after == null
                        || (descending
                                ? Places.compare(placeOf(row), after) < 0
                                : Places.compare(placeOf(row), after) > 0));
    }

    private static Instant dayOf(Instant time) {
        return time.truncatedTo(java.time.temporal.ChronoUnit.DAYS);
    }

    /** Returns the columns of the order: those of the key but the symbol, which is the same. */
    static List<String> order(Table shape) {
        return shape.key().subList(1, shape.key().size());
    }

    private List<String> order() {
        return order(shape());
    }

    @Override
    public List<ColumnType> placeTypes() {
        return order().stream().map(column -> shape().column(column).type()).toList();
    }

    private List<Object> placeOf(Row row) {
        return Places.of(row, order());
    }

    @Override
    public BucketQuery after(List<Object> place) {
        return new BucketQuery(buckets, kind, from, to, descending, limit, List.copyOf(place));
    }

    @Override
    public String list() {
        return shape().name()
                + " symbol="
                + symbol()
                + " interval="
                + kind.interval().text()
                + " from="
                + from
                + " to="
                + to
                + " descending="
                + descending;
    }
}
