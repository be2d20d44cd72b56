package io.microstream.job;

import io.microstream.market.AnomalySignal;
import io.microstream.market.Bar;
import io.microstream.market.DataQuality;
import io.microstream.market.FeatureVector;
import io.microstream.market.LateTrade;
import io.microstream.market.RegimeSignal;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Sinks that keep what they are given in this JVM: of each natural key the last row, as a table
 * does that is written by upserts, and the number of writes.
 *
 * <p>Tables of a run are found by the run's id, so that copies of the sink inside tasks write where
 * the test reads. The bars' sink can be told to fail once.
 */
public final class CollectingSinks implements JobSinks, Serializable {

    private static final long serialVersionUID = 1L;
    private static final long NEVER = Long.MAX_VALUE;
    private static final AtomicInteger STARTED = new AtomicInteger();
    private static final ConcurrentMap<String, Run> RUNS = new ConcurrentHashMap<>();

    /** What one run has written. */
    private static final class Run {
        final Map<String, ConcurrentMap<String, Object>> tables = new ConcurrentHashMap<>();
        final ConcurrentMap<String, Integer> provisional = new ConcurrentHashMap<>();
        final AtomicInteger writes = new AtomicInteger();
        final AtomicInteger failures = new AtomicInteger();
    }

    private final String run = "run-" + STARTED.incrementAndGet();
    private final long failFromMs;

    private CollectingSinks(long failFromMs) {
        this.failFromMs = failFromMs;
        RUNS.put(run, new Run());
    }

    /** Sinks that only collect. */
    public static CollectingSinks collecting() {
        return new CollectingSinks(NEVER);
    }

    /**
     * Sinks of which one that writes bars fails once: at the first bar that opens at a time or
     * later, and not before a checkpoint has been completed, so that the job goes on from one.
     */
    public static CollectingSinks failingOnceFrom(long openTimeMs) {
        return new CollectingSinks(openTimeMs);
    }

    /** How often the sink has failed. */
    public int failures() {
        return RUNS.get(run).failures.get();
    }

    /** How many provisional rows were written to a table. */
    public int provisional(String uid) {
        return RUNS.get(run).provisional.getOrDefault(uid, 0);
    }

    /** How many rows were written, each as often as it was. */
    public int writes() {
        return RUNS.get(run).writes.get();
    }

    /** The last row of each key of a table, as text, by key. */
    public Map<String, String> table(String uid) {
        Map<String, String> rows = new TreeMap<>();
        rowsOf(uid).forEach((key, row) -> rows.put(key, String.valueOf(row)));
        return rows;
    }

    /** The last row of each key of a table, in the order of the keys. */
    public <T> List<T> rows(String uid, Class<T> type) {
        return new TreeMap<>(rowsOf(uid)).values().stream().map(type::cast).toList();
    }

    /** All tables, by name. */
    public Map<String, Map<String, String>> tables() {
        Map<String, Map<String, String>> tables = new TreeMap<>();
        RUNS.get(run).tables.keySet().forEach(uid -> tables.put(uid, table(uid)));
        return tables;
    }

    private Map<String, Object> rowsOf(String uid) {
        return RUNS.get(run).tables.getOrDefault(uid, new ConcurrentHashMap<>());
    }

    @Override
    public void bars(DataStream<Bar> bars) {
        write(bars, OperatorUids.BARS_SINK, bar -> key(bar.symbol(), bar.openTimeMs()));
    }

    @Override
    public void features(DataStream<FeatureVector> features) {
        write(features, OperatorUids.FEATURES_SINK, v -> key(v.symbol(), v.openTimeMs()));
    }

    @Override
    public void regimes(DataStream<RegimeSignal> regimes) {
        write(
                regimes,
                OperatorUids.REGIMES_SINK,
                s -> key(s.symbol(), s.openTimeMs()) + s.modelId() + s.modelVersion());
    }

    @Override
    public void anomalies(DataStream<AnomalySignal> anomalies) {
        write(
                anomalies,
                OperatorUids.ANOMALIES_SINK,
                s -> key(s.symbol(), s.openTimeMs()) + s.modelId() + s.modelVersion());
    }

    @Override
    public void dataQuality(DataStream<DataQuality> quality) {
        write(
                quality,
                OperatorUids.DATA_QUALITY_SINK,
                q -> key(q.symbol(), q.detectedAtUs()) + q.kind() + q.firstId());
    }

    @Override
    public void lateTrades(DataStream<LateTrade> late) {
        write(late, OperatorUids.LATE_TRADES_SINK, l -> key(l.trade().symbol(), l.trade().id()));
    }

    @Override
    public void models(DataStream<ModelUpdate> models) {
        write(models, OperatorUids.MODELS_SINK, m -> m.modelId() + m.version());
    }

    private static String key(String symbol, long number) {
        return "%s %019d ".formatted(symbol, number);
    }

    /** A function that travels with the sink. */
    private interface Key<T> extends Function<T, String>, Serializable {}

    private <T> void write(DataStream<T> rows, String uid, Key<T> key) {
        long failFrom = uid.equals(OperatorUids.BARS_SINK) ? failFromMs : NEVER;
        rows.sinkTo(new Collecting<>(run, uid, key, failFrom)).name(uid).uid(uid);
    }

    private record Collecting<T>(String run, String uid, Key<T> key, long failFromMs)
            implements Sink<T> {
        @Override
        public SinkWriter<T> createWriter(WriterInitContext context) {
            return new Writer<>(RUNS.get(run), this);
        }
    }

    private static final class Writer<T> implements SinkWriter<T> {

        private final Run run;
        private final Collecting<T> sink;
        private final ConcurrentMap<String, Object> table;
        private int checkpoints;

        Writer(Run run, Collecting<T> sink) {
            this.run = run;
            this.sink = sink;
            this.table = run.tables.computeIfAbsent(sink.uid, uid -> new ConcurrentHashMap<>());
        }

        @Override
        public void write(T row, Context context) throws IOException {
            // The second checkpoint begins only when the first is complete.
            if (row instanceof Bar bar
                    && bar.openTimeMs() >= sink.failFromMs
                    && checkpoints >= 2
                    && run.failures.compareAndSet(0, 1)) {
                throw new IOException("Failure injected: bar=" + bar);
            }
            table.merge(sink.key.apply(row), row, Writer::newer);
            if (revision(row) == Bar.PROVISIONAL) {
                run.provisional.merge(sink.uid, 1, Integer::sum);
            }
            run.writes.incrementAndGet();
        }

        /** As the revision guard of the tables has it. */
        private static Object newer(Object old, Object row) {
            return revision(row) >= revision(old) ? row : old;
        }

        private static int revision(Object row) {
            if (row instanceof Bar bar) {
                return bar.revision();
            } else if (row instanceof FeatureVector vector) {
                return vector.barRevision();
            } else if (row instanceof RegimeSignal signal) {
                return signal.barRevision();
            }
            return row instanceof AnomalySignal signal ? signal.barRevision() : 0;
        }

        @Override
        public void flush(boolean endOfInput) {
            checkpoints++;
        }

        @Override
        public void close() {}
    }
}
