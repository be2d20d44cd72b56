package io.microstream.job.sinks.jdbc;

import io.microstream.tables.TableSpec;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.Gauge;

/**
 * Writes the rows of a table by an idempotent upsert, at least once.
 *
 * @param <T> record
 * @param database where the table is
 * @param table what a record becomes
 * @param writing with stamps or without, and how soon
 */
record UpsertSink<T>(Database database, TableSpec<T> table, Writing writing) implements Sink<T> {

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        context.getUserCodeClassLoader()
                .registerReleaseHookIfAbsent("postgresql-driver", Database::forgetDriver);
        ProcessingTimeService time = context.getProcessingTimeService();
        CommitLatency latency =
                new CommitLatency(context.metricGroup(), table, time::getCurrentProcessingTime);
        UpsertWriter<T> writer =
                new UpsertWriter<>(
                        this,
                        new UpsertConnection(
                                this, latency, context.metricGroup().counter("rowsRefused")),
                        time,
                        new SystemWaiting());
        context.metricGroup().gauge("waitingFor", (Gauge<String>) writer::waitingFor);
        context.metricGroup().gauge("waitingMs", (Gauge<Long>) writer::waitingMs);
        return writer;
    }
}
