package io.microstream.job.sinks.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection to the database, opened when rows are to be written, with its prepared upsert. */
final class UpsertConnection implements UpsertTarget {

    private static final Logger LOG = LoggerFactory.getLogger(UpsertConnection.class);
    private static final int VALIDITY_CHECK_SECONDS = 10;

    private final Database database;
    private final Upsert upsert;
    private final CommitLatency latency;
    private Connection connection;
    private PreparedStatement statement;

    UpsertConnection(UpsertSink<?> sink, CommitLatency latency) {
        this.database = sink.database();
        this.upsert = new Upsert(sink.table(), sink.writing().isStamped());
        this.latency = latency;
    }

    @Override
    public void write(List<Object[]> rows) throws SQLException {
        if (connection == null) {
            connection = DriverManager.getConnection(database.url(), database.properties());
            statement = connection.prepareStatement(upsert.sql());
        }
        for (Object[] row : rows) {
            upsert.bind(statement, row);
            statement.addBatch();
        }
        statement.executeBatch();
        latency.committed(rows);
    }

    @Override
    public boolean isConnectionLost() {
        try {
            return connection != null && !connection.isValid(VALIDITY_CHECK_SECONDS);
        } catch (SQLException e) {
            LOG.debug("Connection could not be checked, so it is lost", e);
            return true;
        }
    }

    @Override
    public void disconnect() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.warn("Closing a broken connection failed: cause={}", e.getMessage());
            }
        }
        connection = null;
        statement = null;
    }
}
