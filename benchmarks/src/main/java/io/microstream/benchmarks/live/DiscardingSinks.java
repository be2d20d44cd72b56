package io.microstream.benchmarks.live;

import io.microstream.job.JobSinks;
import io.microstream.job.OperatorUids;
import io.microstream.tables.TableSpec;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** Sinks that keep nothing: the job up to its tables, without the database. */
final class DiscardingSinks implements JobSinks {

    @Override
    public <T> void write(DataStream<T> rows, TableSpec<T> table) {
        String uid = OperatorUids.sink(table);
        rows.sinkTo(new DiscardingSink<>()).name(uid).uid(uid);
    }
}
