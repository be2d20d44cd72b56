package io.microstream.standalone.report;

import io.microstream.job.sinks.jdbc.Database;
import io.microstream.job.sinks.jdbc.Schema;
import io.microstream.tables.TableSpec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.StringJoiner;

/** Reads committed results, final rows only unless a method says otherwise. */
public final class Results implements AutoCloseable {

    private static final String NEWEST =
            """
            SELECT b.symbol, to_char(b.open_time AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') AS minute, b.close,
                   (SELECT confirmed_regime FROM regimes r
                     WHERE r.symbol = b.symbol AND r.is_final ORDER BY open_time DESC LIMIT 1) AS regime
              FROM unnest(?::text[]) AS s (symbol)
              CROSS JOIN LATERAL (SELECT * FROM bars
                                   WHERE bars.symbol = s.symbol AND is_final ORDER BY open_time DESC LIMIT 1) b
             ORDER BY b.symbol
            """;

    private final Connection connection;

    private Results(Connection connection) {
        this.connection = connection;
    }

    /**
     * Connects to the database with UTC as its time zone.
     *
     * @throws UserError if it refuses the connection
     */
    public static Results of(Database database) {
        try {
            Connection connection = database.connect();
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET TIME ZONE 'UTC'");
            }
            return new Results(connection);
        } catch (SQLException e) {
            throw new UserError(
                    "Database connection failed: database="
                            + database
                            + ". Check that the server is running and that the URL is right.",
                    e);
        }
    }

    /**
     * Connects, as {@link #of} does, to a database whose tables this process has not migrated.
     *
     * @throws RuntimeException of one line if its tables are not those of this release
     */
    public static Results existing(Database database) {
        Results results = of(database);
        try {
            Schema.requireCurrent(database);
            return results;
        } catch (RuntimeException e) {
            try (results) {
                throw e;
            } catch (SQLException closing) {
                e.addSuppressed(closing);
                throw e;
            }
        }
    }

    /** Returns the database's snapshot of transactions: what is committed later is not in it. */
    public String snapshot() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_current_snapshot()::text")) {
            row.next();
            return row.getString(1);
        }
    }

    /**
     * Returns the newest bar and confirmed regime of the first three symbols in one line; empty if
     * there are no bars.
     */
    public String newest(Collection<String> symbols) throws SQLException {
        StringJoiner line = new StringJoiner(" · ");
        try (PreparedStatement statement = connection.prepareStatement(NEWEST)) {
            Object[] first = symbols.stream().limit(3).toArray();
            statement.setArray(1, connection.createArrayOf("text", first));
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                String regime = rows.getString("regime");
                line.add(
                        rows.getString("symbol")
                                + " "
                                + rows.getString("minute")
                                + " "
                                + rows.getBigDecimal("close").stripTrailingZeros().toPlainString()
                                + (regime == null ? "" : " " + regime));
            }
        }
        return line.toString();
    }

    /**
     * Counts a table's final rows of these symbols whose event times lie in a range (microseconds,
     * both ends inclusive).
     */
    public long count(TableSpec<?> table, Collection<String> symbols, long fromUs, long toUs)
            throws SQLException {
        return count(table, "true", symbols, fromUs, toUs);
    }

    /** Counts final rows in a range of event times that also satisfy a condition in SQL. */
    public long count(
            TableSpec<?> table,
            String condition,
            Collection<String> symbols,
            long fromUs,
            long toUs)
            throws SQLException {
        String sql =
                "SELECT count(*) FROM %s WHERE symbol = ANY(?) AND %s BETWEEN ? AND ? AND %s AND %s"
                        .formatted(
                                table.name(),
                                table.timeColumn(),
                                table.finalCondition(),
                                condition);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bindRange(statement, 1, symbols, fromUs, toUs);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    /** Binds symbols and a range of event times, in microseconds, to three placeholders. */
    void bindRange(
            PreparedStatement statement, int at, Collection<String> symbols, long fromUs, long toUs)
            throws SQLException {
        statement.setArray(at, connection.createArrayOf("text", symbols.toArray()));
        statement.setObject(at + 1, utc(fromUs));
        statement.setObject(at + 2, utc(toUs));
    }

    private static java.time.OffsetDateTime utc(long us) {
        return java.time.Instant.ofEpochSecond(
                        Math.floorDiv(us, 1_000_000L), Math.floorMod(us, 1_000_000L) * 1000)
                .atOffset(java.time.ZoneOffset.UTC);
    }

    /** Returns the connection, which this object closes. */
    public Connection connection() {
        return connection;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
