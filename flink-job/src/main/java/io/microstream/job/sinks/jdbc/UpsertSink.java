package io.microstream.job.sinks.jdbc;

import java.io.Serializable;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Writes rows by an idempotent upsert, at least once.
 *
 * @param <T> record
 * @param database where
 * @param upsert how
 * @param row fills in the placeholders of a row
 * @param writing with stamps or without, and how soon
 */
record UpsertSink<T>(Database database, Upsert upsert, Row<T> row, Writing writing)
        implements Sink<T> {

    /** What is sent: the upsert with its stamps, or their absence. */
    String sql() {
        return upsert.stamped(writing.isStamped()).sql();
    }

    /** Fills in the placeholders of the upsert; whether it is stamped tells how many there are. */
    interface Row<T> extends Serializable {
        void fill(PreparedStatement statement, T value, boolean isStamped) throws SQLException;
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        return new UpsertWriter<>(
                this, context.getProcessingTimeService(), new CommitLatency(context.metricGroup()));
    }
}
