package io.microstream.job.sinks.jdbc;

import io.microstream.market.Bar;
import io.microstream.tables.TableSpec;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * Measures the time from the receipt of a trade until the provisional rows that it made are
 * committed, in milliseconds: metric {@code commitLatencyMs} of each sink, over the newest {@value
 * #ROWS} rows. Final rows are left out: they wait for the proof that their minute is over, which is
 * no latency of ours.
 */
final class CommitLatency {

    private static final int ROWS = 2_000;

    private final Histogram milliseconds;
    private final LongSupplier nowMs;
    private final int revision;
    private final int receivedAt;

    CommitLatency(MetricGroup metrics, TableSpec<?> table, LongSupplier nowMs) {
        this.milliseconds =
                metrics.histogram("commitLatencyMs", new DescriptiveStatisticsHistogram(ROWS));
        this.nowMs = nowMs;
        List<String> names = table.columns().stream().map(column -> column.name()).toList();
        this.revision = table.revisionColumn() == null ? -1 : names.indexOf(table.revisionColumn());
        this.receivedAt = names.indexOf(TableSpec.RECEIVED_AT);
    }

    /** Notes rows that have just been committed. */
    void committed(List<Object[]> rows) {
        if (revision < 0 || receivedAt < 0) {
            return;
        }
        for (Object[] row : rows) {
            if (row[revision].equals(Bar.PROVISIONAL) && row[receivedAt] instanceof Instant time) {
                milliseconds.update(nowMs.getAsLong() - time.toEpochMilli());
            }
        }
    }
}
