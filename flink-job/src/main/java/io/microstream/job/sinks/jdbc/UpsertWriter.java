package io.microstream.job.sinks.jdbc;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes batches and outlives an outage of its database.
 *
 * <p>A batch is written when it is full, a while after its first row (as {@link Writing} says), at
 * a checkpoint and at the end of the input. While the database is away the writer waits with
 * growing pauses and writes the same batch again, until the patience of {@link Database} ends; the
 * stream behind it stands still meanwhile, and nothing is lost. What no waiting mends (wrong
 * password, a row refused) fails at once.
 *
 * <p>Task thread only: also that while is kept by a timer of the task, so a cancelled job need not
 * wait for a lock. {@link #close} never throws and never writes, since an error there ends the
 * whole TaskManager; rows not written yet come again from the checkpoint.
 */
final class UpsertWriter<T> implements SinkWriter<T> {

    private static final Logger LOG = LoggerFactory.getLogger(UpsertWriter.class);
    private static final int BATCH_ROWS = 1000;
    private static final long FIRST_PAUSE_MS = 100;
    private static final long LONGEST_PAUSE_MS = 5_000;
    private static final int VALIDITY_CHECK_SECONDS = 10;

    private final UpsertSink<T> sink;
    private final ProcessingTimeService time;
    private final CommitLatency latency;
    private final long batchMs;
    private final List<T> batch = new ArrayList<>();
    private Connection connection;
    private PreparedStatement statement;
    private boolean timerSet;

    UpsertWriter(UpsertSink<T> sink, ProcessingTimeService time, CommitLatency latency) {
        this.sink = sink;
        this.time = time;
        this.latency = latency;
        this.batchMs = sink.writing().longestWait().toMillis();
    }

    @Override
    public void write(T value, Context context) throws IOException, InterruptedException {
        batch.add(value);
        if (batch.size() >= BATCH_ROWS) {
            flush(false);
        } else if (!timerSet) {
            timerSet = true;
            time.registerTimer(time.getCurrentProcessingTime() + batchMs, this::onTimer);
        }
    }

    private void onTimer(long now) throws IOException, InterruptedException {
        timerSet = false;
        flush(false);
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        if (batch.isEmpty()) {
            return;
        }
        long start = System.nanoTime();
        for (long pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
            try {
                writeBatch();
                latency.committed(batch, time.getCurrentProcessingTime());
                batch.clear();
                return;
            } catch (SQLException e) {
                boolean outage = isOutage(e);
                disconnect();
                Duration waited = Duration.ofNanos(System.nanoTime() - start);
                if (!outage || waited.compareTo(sink.database().patience()) > 0) {
                    throw notWritten(e, waited);
                }
                LOG.warn(
                        "Database away, trying again: database={} table={} cause={}",
                        sink.database(),
                        sink.upsert().table(),
                        e.getMessage());
                TimeUnit.MILLISECONDS.sleep(pauseMs);
            }
        }
    }

    private void writeBatch() throws SQLException {
        if (connection == null) {
            Database database = sink.database();
            connection = DriverManager.getConnection(database.url(), database.properties());
            statement = connection.prepareStatement(sink.sql());
        }
        for (T value : batch) {
            sink.row().fill(statement, value, sink.writing().isStamped());
            statement.addBatch();
        }
        statement.executeBatch();
    }

    /**
     * Lost connections, start-up, shutdown, too many connections, a full disk, a deadlock: all
     * pass.
     */
    private boolean isOutage(SQLException e) {
        String state = e.getSQLState();
        return state == null
                || state.startsWith("08")
                || state.startsWith("57P")
                || state.startsWith("53")
                || state.startsWith("40")
                || isConnectionLost();
    }

    private boolean isConnectionLost() {
        try {
            return connection != null && !connection.isValid(VALIDITY_CHECK_SECONDS);
        } catch (SQLException e) {
            LOG.debug("Connection could not be checked, so it is lost", e);
            return true;
        }
    }

    private IOException notWritten(SQLException e, Duration waited) {
        return new IOException(
                "Rows not written: database="
                        + sink.database()
                        + " table="
                        + sink.upsert().table()
                        + " rows="
                        + batch.size()
                        + " waited="
                        + waited
                        + " cause="
                        + e.getMessage(),
                e);
    }

    private void disconnect() {
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

    @Override
    public void close() {
        disconnect();
    }
}
