package io.microstream.live.rows;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** Finds a symbol's final minutes, each by one look into the index. */
final class MinuteTimes {

    private MinuteTimes() {}

    /** Returns the open time of the newest; empty if there is none. */
    static Optional<Instant> newest(Connection connection, Table table, String symbol)
            throws SQLException {
        return one(connection, table, " ORDER BY open_time DESC", List.of(symbol));
    }

    /** Returns the open time of the first at or after {@code time}; empty if there is none. */
    static Optional<Instant> atOrAfter(
            Connection connection, Table table, String symbol, Instant time) throws SQLException {
        return one(
                connection, table, " AND open_time >= ? ORDER BY open_time", List.of(symbol, time));
    }

    /** Returns the open time of the last before {@code time}; empty if there is none. */
    static Optional<Instant> before(Connection connection, Table table, String symbol, Instant time)
            throws SQLException {
        return one(
                connection,
                table,
                " AND open_time < ? ORDER BY open_time DESC",
                List.of(symbol, time));
    }

    private static Optional<Instant> one(
            Connection connection, Table table, String rest, List<Object> arguments)
            throws SQLException {
        String sql =
                "SELECT open_time FROM "
                        + table.name()
                        + " WHERE is_final AND symbol = ?"
                        + rest
                        + " LIMIT 1";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            RowQuery.bind(statement, arguments);
            try (ResultSet result = statement.executeQuery()) {
                return result.next()
                        ? Optional.of(result.getObject(1, OffsetDateTime.class).toInstant())
                        : Optional.empty();
            }
        }
    }
}
