package io.microstream.job;

import io.microstream.market.Bar;
import io.microstream.tables.TableSpec;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Writes the job's results; tests implement it with sinks of their own.
 *
 * <p>Streams of tables with a revision hold provisional rows too if the job makes them ({@link
 * Bar#PROVISIONAL}), each before the final row of its key.
 */
public interface JobSinks {

    /**
     * Writes each record of a stream as a row of a table, under the uid {@link OperatorUids#sink}.
     */
    <T> void write(DataStream<T> rows, TableSpec<T> table);
}
