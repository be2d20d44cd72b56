package io.microstream.job.sinks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.apache.flink.connector.jdbc.datasource.connections.JdbcConnectionProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that outlives an outage of its database.
 *
 * <p>The sink's own retries do not cover connecting again: with a plain provider one refused
 * connection ends the task, and its clean-up the whole TaskManager. This one waits for the database
 * inside {@link #getOrEstablishConnection}, with growing pauses, until the patience of {@link
 * Database} ends. Meanwhile the sink blocks, the stream behind it stands still, and nothing is
 * lost.
 *
 * <p>What no waiting mends (wrong password, no such database) fails at once.
 */
final class PatientConnection implements JdbcConnectionProvider {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(PatientConnection.class);
    private static final long FIRST_PAUSE_MS = 100;
    private static final long LONGEST_PAUSE_MS = 5_000;
    private static final int VALIDITY_CHECK_SECONDS = 10;

    private final Database database;
    private transient Connection connection;

    PatientConnection(Database database) {
        this.database = database;
    }

    @Override
    public Connection getConnection() {
        return connection;
    }

    @Override
    public boolean isConnectionValid() throws SQLException {
        return connection != null && connection.isValid(VALIDITY_CHECK_SECONDS);
    }

    @Override
    public Connection getOrEstablishConnection() throws SQLException {
        if (connection != null) {
            return connection;
        }
        long deadline = System.nanoTime() + database.patience().toNanos();
        for (long pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
            try {
                connection = DriverManager.getConnection(database.url(), database.properties());
                return connection;
            } catch (SQLException e) {
                if (!isOutage(e) || System.nanoTime() - deadline > 0) {
                    throw new SQLException(
                            "Database gave no connection: database="
                                    + database
                                    + " waited="
                                    + Duration.ofNanos(
                                            database.patience().toNanos()
                                                    - Math.max(0, deadline - System.nanoTime()))
                                    + " cause="
                                    + e.getMessage(),
                            e.getSQLState(),
                            e);
                }
                LOG.warn(
                        "Database away, trying again: database={} cause={}",
                        database,
                        e.getMessage());
                pause(pauseMs);
            }
        }
    }

    /** Connection failures, start-up, shutdown, too many connections: all pass. */
    private static boolean isOutage(SQLException e) {
        String state = e.getSQLState();
        return state == null
                || state.startsWith("08")
                || state.startsWith("57P")
                || state.startsWith("53");
    }

    private static void pause(long ms) throws SQLException {
        try {
            java.util.concurrent.TimeUnit.MILLISECONDS.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("Interrupted while waiting for the database", e);
        }
    }

    @Override
    public void closeConnection() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.warn("Closing a broken connection failed: cause={}", e.getMessage());
            } finally {
                connection = null;
            }
        }
    }

    @Override
    public Connection reestablishConnection() throws SQLException {
        closeConnection();
        return getOrEstablishConnection();
    }
}
