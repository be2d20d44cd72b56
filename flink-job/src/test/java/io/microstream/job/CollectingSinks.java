package io.microstream.job;

import io.microstream.market.Bar;
import io.microstream.tables.TableSpec;
import io.microstream.tables.Tables;
import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Sinks that keep rows in this JVM: the last row of each natural key, like a table that is written
 * by upserts, and the number of writes.
 *
 * <p>Tables of a run are found by the run's id, so that copies of the sink inside tasks write where
 * the test reads. The bars' sink can be made to fail once.
 */
public final class CollectingSinks implements JobSinks, Serializable {

    private static final long serialVersionUID = 1L;
    private static final long NEVER = Long.MAX_VALUE;
    private static final AtomicInteger STARTED = new AtomicInteger();
    private static final ConcurrentMap<String, Run> RUNS = new ConcurrentHashMap<>();

    /** Holds the rows and counts of one run. */
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

    /** Returns sinks that only collect and never fail. */
    public static CollectingSinks collecting() {
        return new CollectingSinks(NEVER);
    }

    /**
     * Returns sinks of which one that writes bars fails once: at the first bar that opens at a time
     * or later, and not before a checkpoint has been completed, so that the job goes on from one.
     */
    public static CollectingSinks failingOnceFrom(long openTimeMs) {
        return new CollectingSinks(openTimeMs);
    }

    /** Returns how often the sink has failed. */
    public int failures() {
        return RUNS.get(run).failures.get();
    }

    /** Returns how many provisional rows were written to a table. */
    public int provisional(String table) {
        return RUNS.get(run).provisional.getOrDefault(table, 0);
    }

    /** Returns the number of writes, those of the same row counted each time. */
    public int writes() {
        return RUNS.get(run).writes.get();
    }

    /** Returns the last row of each key of a table, as text, by key. */
    public Map<String, String> table(String table) {
        Map<String, String> rows = new TreeMap<>();
        rowsOf(table).forEach((key, row) -> rows.put(key, withoutRun(row)));
        return rows;
    }

    /** Returns the text of a row without the run it comes from, which every run has of its own. */
    private static String withoutRun(Object row) {
        return String.valueOf(row)
                .replaceAll(", runId=\\d+, runFromMs=\\d+|, origin=(null|BarOrigin\\[[^]]*])", "");
    }

    /** Returns the last row of each key of a table, in the order of the keys. */
    @SuppressWarnings("unchecked")
    public <T> List<T> rows(TableSpec<T> table) {
        return (List<T>) List.copyOf(new TreeMap<>(rowsOf(table.name())).values());
    }

    /** Returns the rows of all tables, by the names of the tables. */
    public Map<String, Map<String, String>> tables() {
        Map<String, Map<String, String>> tables = new TreeMap<>();
        RUNS.get(run).tables.keySet().forEach(table -> tables.put(table, table(table)));
        return tables;
    }

    private Map<String, Object> rowsOf(String table) {
        return RUNS.get(run).tables.getOrDefault(table, new ConcurrentHashMap<>());
    }

    @Override
    public <T> void write(DataStream<T> rows, TableSpec<T> table) {
        String uid = OperatorUids.sink(table);
        long failFrom = table.name().equals(Tables.BARS.name()) ? failFromMs : NEVER;
        rows.sinkTo(new Collecting<>(run, table, failFrom)).name(uid).uid(uid);
    }

    /** Returns the natural key of a row as text, which sorts as the keys do. */
    private static String key(TableSpec<?> table, Object[] values) {
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < table.key().size(); i++) {
            key.append(text(values[i])).append(' ');
        }
        return key.toString();
    }

    private static String text(Object value) {
        if (value instanceof Instant time) {
            int micros = time.getNano() / 1_000 % 1_000;
            return text(time.toEpochMilli()) + (micros == 0 ? "" : ".%03d".formatted(micros));
        }
        return value instanceof Number number
                ? "%019d".formatted(number.longValue())
                : value.toString();
    }

    private record Collecting<T>(String run, TableSpec<T> table, long failFromMs)
            implements Sink<T> {
        @Override
        public SinkWriter<T> createWriter(WriterInitContext context) {
            return new Writer<>(RUNS.get(run), this);
        }
    }

    private static final class Writer<T> implements SinkWriter<T> {

        private final Run run;
        private final Collecting<T> sink;
        private final ConcurrentMap<String, Object> rows;
        private int checkpoints;

        Writer(Run run, Collecting<T> sink) {
            this.run = run;
            this.sink = sink;
            this.rows =
                    run.tables.computeIfAbsent(
                            sink.table.name(), name -> new ConcurrentHashMap<>());
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
            Object[] values = sink.table.values().of(row);
            rows.merge(key(sink.table, values), row, this::newer);
            if (revision(values) == Bar.PROVISIONAL) {
                run.provisional.merge(sink.table.name(), 1, Integer::sum);
            }
            run.writes.incrementAndGet();
        }

        /** Returns the newer row, as the revision guard of a table does. */
        private Object newer(Object old, Object row) {
            return revision(values(row)) >= revision(values(old)) ? row : old;
        }

        @SuppressWarnings("unchecked")
        private Object[] values(Object row) {
            return sink.table.values().of((T) row);
        }

        private int revision(Object[] values) {
            String column = sink.table.revisionColumn();
            return column == null
                    ? 0
                    : (int) values[sink.table.columns().indexOf(sink.table.column(column))];
        }

        @Override
        public void flush(boolean endOfInput) {
            checkpoints++;
        }

        @Override
        public void close() {}
    }
}
