package io.microstream.job.sinks.jdbc;

import io.microstream.market.AnomalySignal;
import io.microstream.market.Bar;
import io.microstream.market.FeatureVector;
import io.microstream.market.RegimeSignal;
import java.util.List;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * How long it takes from the receipt of a trade until the provisional rows that it made are
 * committed, milliseconds: metric {@code commitLatencyMs} of each sink, over the newest {@value
 * #ROWS} rows. Final rows are left out: they wait for the proof that their minute is over, which is
 * no latency of ours.
 */
final class CommitLatency {

    private static final int ROWS = 2_000;

    private final Histogram milliseconds;

    CommitLatency(MetricGroup metrics) {
        milliseconds =
                metrics.histogram("commitLatencyMs", new DescriptiveStatisticsHistogram(ROWS));
    }

    /** Notes rows that have just been committed. */
    void committed(List<?> rows, long nowMs) {
        for (Object row : rows) {
            long receivedAtMs = receivedAtMs(row);
            if (receivedAtMs > 0) {
                milliseconds.update(nowMs - receivedAtMs);
            }
        }
    }

    /** When the last trade of a provisional row was received; 0 of all other rows. */
    private static long receivedAtMs(Object row) {
        if (row instanceof Bar bar) {
            return bar.isFinal() ? 0 : bar.receivedAtMs();
        } else if (row instanceof FeatureVector vector) {
            return vector.isProvisional() ? vector.receivedAtMs() : 0;
        } else if (row instanceof RegimeSignal signal) {
            return signal.barRevision() == Bar.PROVISIONAL ? signal.receivedAtMs() : 0;
        } else if (row instanceof AnomalySignal signal) {
            return signal.barRevision() == Bar.PROVISIONAL ? signal.receivedAtMs() : 0;
        }
        return 0;
    }
}
