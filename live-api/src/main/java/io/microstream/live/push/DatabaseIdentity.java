package io.microstream.live.push;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;

/**
 * Which history of transactions a {@link StreamCursor} speaks of.
 *
 * <p>Transaction numbers mean something within one cluster, one database of it and one timeline
 * only. Within these they are given out once, with one exception: a server that crashes forgets the
 * numbers whose log was not written yet, and gives them out again. Such a recovery resets the
 * server's statistics of its log; {@code recoveredAt} is the time of that.
 *
 * @param systemIdentifier of the cluster, made by initdb
 * @param databaseOid of the database in it
 * @param timeline a new one begins where a backup is recovered to a point in time or a standby is
 *     promoted
 * @param recoveredAt microseconds since 1970 when the statistics of the log were reset last
 */
public record DatabaseIdentity(
        long systemIdentifier, long databaseOid, int timeline, long recoveredAt) {

    private static final String READ =
            """
            SELECT s.system_identifier, d.oid, c.timeline_id,
                   coalesce((extract(epoch FROM w.stats_reset) * 1000000)::bigint, 0),
                   pg_is_in_recovery()
              FROM pg_control_system() s, pg_control_checkpoint() c, pg_stat_wal w, pg_database d
             WHERE d.datname = current_database()
            """;

    /**
     * Reads the identity of the database.
     *
     * @throws SQLFeatureNotSupportedException of a standby, whose snapshots do not list which
     *     transactions are under way
     */
    static DatabaseIdentity read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(READ)) {
            row.next();
            if (row.getBoolean(5)) {
                throw new SQLFeatureNotSupportedException(
                        "A standby cannot be followed: pg_is_in_recovery=true."
                                + " Give the server the primary's URL",
                        "0A000");
            }
            return new DatabaseIdentity(
                    row.getLong(1), row.getLong(2), row.getInt(3), row.getLong(4));
        }
    }

    /** Whether transaction numbers of one mean the same in the other. */
    boolean sameHistory(DatabaseIdentity other) {
        return systemIdentifier == other.systemIdentifier
                && databaseOid == other.databaseOid
                && timeline == other.timeline;
    }

    /** Whether the server has crashed between the two, or its statistics were reset. */
    boolean recoveredSince(DatabaseIdentity earlier) {
        return recoveredAt != earlier.recoveredAt;
    }
}
