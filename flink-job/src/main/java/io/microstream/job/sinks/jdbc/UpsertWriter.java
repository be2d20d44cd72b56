package io.microstream.job.sinks.jdbc;

import io.microstream.tables.Secrets;
import io.microstream.tables.Value;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
 * <p>Runs on the task thread only: the age of a batch is kept by a timer of the task, so a
 * cancelled job need not wait for a lock. {@link #close} never throws and never writes, since an
 * error there ends the whole TaskManager; rows not written yet come again from the checkpoint.
 */
final class UpsertWriter<T> implements SinkWriter<T> {

    private static final Logger LOG = LoggerFactory.getLogger(UpsertWriter.class);
    private static final int BATCH_ROWS = 1000;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final UpsertSink<T> sink;
    private final Value<T, Object[]> values;
    private final UpsertTarget target;
    private final ProcessingTimeService time;
    private final Waiting waiting;
    private final List<Object[]> batch = new ArrayList<>();
    private boolean timerSet;
    private volatile String waitingFor = "";
    private volatile long waitingSinceNanos;

    UpsertWriter(
            UpsertSink<T> sink, UpsertTarget target, ProcessingTimeService time, Waiting waiting) {
        this.sink = sink;
        this.values = sink.table().values();
        this.target = target;
        this.time = time;
        this.waiting = waiting;
    }

    @Override
    public void write(T record, Context context) throws IOException, InterruptedException {
        batch.add(values.of(record));
        if (batch.size() >= BATCH_ROWS) {
            flush(false);
        } else if (!timerSet) {
            timerSet = true;
            time.registerTimer(
                    time.getCurrentProcessingTime() + sink.writing().longestWait().toMillis(),
                    this::onTimer);
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
        long start = waiting.nanoTime();
        for (Duration pause = FIRST_PAUSE; ; pause = longer(pause)) {
            try {
                target.write(batch);
                batch.clear();
                waitingFor = "";
                return;
            } catch (SQLException e) {
                boolean outage = isOutage(e);
                target.disconnect();
                Duration waited = Duration.ofNanos(waiting.nanoTime() - start);
                if (!outage || waited.compareTo(sink.database().patience()) > 0) {
                    throw notWritten(e, waited);
                }
                LOG.warn(
                        "Database away, trying again: database={} table={} cause={}",
                        sink.database(),
                        sink.table().name(),
                        Secrets.masked(e.getMessage()));
                waitingSinceNanos = start;
                waitingFor = TimescaleSinks.WAITING_FOR + sink.database() + ": " + oneLine(e);
                waiting.await(pause);
            }
        }
    }

    private static String oneLine(SQLException e) {
        return Secrets.masked(String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " "));
    }

    /** Returns that the database is away and why; empty while it is not. */
    String waitingFor() {
        return waitingFor;
    }

    /** Returns for how long the database has been away, in milliseconds; 0 while it is not. */
    long waitingMs() {
        long nanos = waitingFor.isEmpty() ? 0 : waiting.nanoTime() - waitingSinceNanos;
        return nanos / 1_000_000;
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    /**
     * Returns true for what passes: lost connections, start-up, shutdown, too many connections, a
     * full disk, a deadlock.
     */
    private boolean isOutage(SQLException e) {
        String state = e.getSQLState();
        return state == null
                || state.startsWith("08")
                || state.startsWith("57P")
                || state.startsWith("53")
                || state.startsWith("40")
                || target.isConnectionLost();
    }

    private IOException notWritten(SQLException e, Duration waited) {
        return new IOException(
                "Rows not written: database="
                        + sink.database()
                        + " table="
                        + sink.table().name()
                        + " rows="
                        + batch.size()
                        + " waited="
                        + waited
                        + " cause="
                        + Secrets.masked(e.getMessage()),
                e);
    }

    @Override
    public void close() {
        target.disconnect();
    }
}
