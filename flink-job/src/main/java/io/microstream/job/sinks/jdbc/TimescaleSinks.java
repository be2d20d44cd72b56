package io.microstream.job.sinks.jdbc;

import io.microstream.job.JobSinks;
import io.microstream.job.OperatorUids;
import io.microstream.tables.TableSpec;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * The tables of {@code sql/}, written at least once by idempotent upserts: a row that is written
 * again is the same row, so results are exactly once.
 *
 * <p>A provisional row is replaced by its final one and never replaces it.
 */
public final class TimescaleSinks implements JobSinks {

    /** What the metric {@code waitingFor} of a writer begins with while the database is away. */
    public static final String WAITING_FOR = "database ";

    private final Database database;
    private final Writing writing;

    /** Writes rows without stamps, which are a function of the input. */
    public TimescaleSinks(Database database) {
        this(database, Writing.PLAIN);
    }

    /** Writes rows with or without stamps, and as soon, as {@code writing} says. */
    public TimescaleSinks(Database database, Writing writing) {
        this.database = database;
        this.writing = writing;
    }

    /** Returns sinks that write soon and stamp their rows, for clients that follow them. */
    public static TimescaleSinks stamped(Database database) {
        return new TimescaleSinks(database, Writing.STAMPED);
    }

    @Override
    public <T> void write(DataStream<T> rows, TableSpec<T> table) {
        String uid = OperatorUids.sink(table);
        rows.sinkTo(new UpsertSink<>(database, table, writing)).name(uid).uid(uid);
    }
}
