package io.microstream.live.rows;

import io.microstream.tables.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads the state of each symbol's feed and how long final rows take from receipt to commit. */
public final class FeedState {

    /** The shape of a symbol's newest bar. */
    public static final Table FEED =
            new Table(
                    "feed_state",
                    "newest_open_time",
                    List.of("symbol"),
                    List.of(
                            Column.text("symbol"),
                            Column.timestamptz("newest_open_time"),
                            Column.bool("newest_is_final"),
                            Column.timestamptz("received_at").nullable(),
                            Column.timestamptz("committed_at").nullable()),
                    "true");

    /** The shape of the counts of a feed's faults. */
    public static final Table FAULTS =
            new Table(
                    "faults",
                    "symbol",
                    List.of("symbol"),
                    List.of(
                            Column.int8("gaps"),
                            Column.int8("ids_lost"),
                            Column.int8("ids_repaired"),
                            Column.int8("duplicates"),
                            Column.int8("reconnects"),
                            Column.int8("stalls")),
                    "true");

    /** The shape of a latency, in milliseconds. */
    public static final Table LATENCY =
            new Table(
                    "latency",
                    "count",
                    List.of("count"),
                    List.of(
                            Column.int8("count"),
                            Column.float8("p50").nullable(),
                            Column.float8("p99").nullable()),
                    "true");

    /** The shape of the newest commit. */
    public static final Table COMMIT =
            new Table(
                    "commit",
                    "newest_commit",
                    List.of("newest_commit"),
                    List.of(Column.timestamptz("newest_commit")),
                    "true");

    private static final String NEWEST =
            "SELECT symbol, open_time, is_final, received_at, committed_at FROM bars WHERE symbol = ?"
                    + " ORDER BY open_time DESC LIMIT 1";

    private static final String COUNTS =
            """
            SELECT count(*) FILTER (WHERE kind = 'GAP'), coalesce(sum(missing), 0)::bigint,
                   coalesce(sum(repaired), 0)::bigint, count(*) FILTER (WHERE kind = 'DUPLICATE'),
                   count(*) FILTER (WHERE kind = 'DISCONNECT'), count(*) FILTER (WHERE kind = 'STALL')
              FROM data_quality
             WHERE symbol = ? AND detected_at > ?::timestamptz + interval '1 minute' - ?::interval
            """;

    private static final String FINAL_LATENCY =
            """
            SELECT count(ms), percentile_cont(0.5) WITHIN GROUP (ORDER BY ms),
                   percentile_cont(0.99) WITHIN GROUP (ORDER BY ms)
              FROM unnest(?::text[]) AS s(symbol)
             CROSS JOIN LATERAL (
                   SELECT greatest(0, 1000 * extract(epoch FROM b.committed_at - b.received_at))::float8 AS ms
                     FROM bars b
                    WHERE b.symbol = s.symbol AND b.is_final
                      AND b.received_at IS NOT NULL AND b.committed_at IS NOT NULL
                      AND b.open_time > (SELECT max(n.open_time) FROM bars n WHERE n.symbol = s.symbol)
                                        - interval '15 minutes') AS spans
            """;

    private static final String NEWEST_COMMIT =
            "SELECT committed_at FROM bars WHERE committed_in IS NOT NULL"
                    + " ORDER BY committed_in DESC LIMIT 1";

    private FeedState() {}

    /**
     * The state of one symbol's feed.
     *
     * @param newest its newest bar
     * @param lastHour faults of the hour before the end of that bar
     * @param lastDay the same of the day
     */
    public record Feed(Row newest, Row lastHour, Row lastDay) {}

    /** Returns the state of every symbol's feed, in the order of the symbols. */
    public static List<Feed> all(Connection connection) throws SQLException {
        List<Feed> feeds = new ArrayList<>();
        for (String symbol : Symbols.all(connection)) {
            for (Row newest : rows(connection, FEED, NEWEST, List.of(symbol))) {
                feeds.add(
                        new Feed(
                                newest,
                                faults(connection, newest, "1 hour"),
                                faults(connection, newest, "24 hours")));
            }
        }
        return feeds;
    }

    private static Row faults(Connection connection, Row newest, String span) throws SQLException {
        List<Object> arguments =
                List.of(newest.text("symbol"), newest.time("newest_open_time"), span);
        return rows(connection, FAULTS, COUNTS, arguments).get(0);
    }

    /** Returns the latency of the final bars of each symbol's newest 15 minutes. */
    public static Row finalLatency(Connection connection) throws SQLException {
        String[] symbols = Symbols.all(connection).toArray(String[]::new);
        return rows(
                        connection,
                        LATENCY,
                        FINAL_LATENCY,
                        List.of(connection.createArrayOf("text", symbols)))
                .get(0);
    }

    /** Returns the newest commit of a bar; no row where none is stamped. */
    public static List<Row> newestCommit(Connection connection) throws SQLException {
        return rows(connection, COMMIT, NEWEST_COMMIT, List.of());
    }

    private static List<Row> rows(
            Connection connection, Table shape, String sql, List<Object> arguments)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            RowQuery.bind(statement, arguments);
            try (ResultSet result = statement.executeQuery()) {
                return shape.readAll(result);
            }
        }
    }
}
