package io.microstream.binance.source.reader;

import io.microstream.binance.source.split.SymbolSplit;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;

/**
 * Reads the recorded part of all splits of one reader, merged by event time: the split that lies
 * furthest behind is read next, so that no symbol runs ahead of the others and the state behind the
 * source stays small however long the recording is.
 *
 * <p>Threads: everything but {@link #wakeUp} is called by the one fetcher thread.
 */
final class ArchiveSplitReader implements SplitReader<FeedBatch, SymbolSplit> {

    private static final int BATCH_ROWS = 1024;

    /** How far a split may get ahead of the one behind it, at full speed. */
    private static final long LEAD_US = 60_000_000;

    /** Length of the steps in which paced rows are released, in real time. */
    private static final double PACED_STEP_US = 20_000;

    private record Reading(String splitId, SymbolCursor cursor) {}

    private final SymbolCursorFactory cursors;
    private final Pace pace;
    private final long leadUs;
    private final PriorityQueue<Reading> byTime =
            new PriorityQueue<>(
                    Comparator.comparingLong((Reading reading) -> reading.cursor().nextTimeUs())
                            .thenComparing(Reading::splitId));
    private final Queue<String> finished = new ArrayDeque<>();

    ArchiveSplitReader(SymbolCursorFactory cursors, Pace pace, double speed) {
        this.cursors = cursors;
        this.pace = pace;
        this.leadUs = pace.isUnlimited() ? LEAD_US : (long) Math.max(1, PACED_STEP_US * speed);
    }

    /** Opens the rows of a split behind its position. */
    interface SymbolCursorFactory {
        SymbolCursor open(SymbolSplit split);
    }

    @Override
    public void handleSplitsChanges(SplitsChange<SymbolSplit> change) {
        for (SymbolSplit split : change.splits()) {
            SymbolCursor cursor = cursors.open(split);
            if (cursor.hasNext()) {
                byTime.add(new Reading(split.splitId(), cursor));
            } else {
                cursor.close();
                finished.add(split.splitId());
            }
        }
    }

    @Override
    public RecordsWithSplitIds<FeedBatch> fetch() {
        RecordsBySplits.Builder<FeedBatch> records = new RecordsBySplits.Builder<>();
        if (!finished.isEmpty()) {
            records.addFinishedSplits(finished);
            finished.clear();
            return records.build();
        }
        Reading next = byTime.peek();
        if (next == null || !pace.await(next.cursor().nextTimeUs())) {
            return records.build();
        }
        byTime.poll();
        Reading behind = byTime.peek();
        long from = behind == null ? next.cursor().nextTimeUs() : behind.cursor().nextTimeUs();
        boolean alone = behind == null && pace.isUnlimited();
        FeedBatch batch = next.cursor().read(alone ? Long.MAX_VALUE : from + leadUs, BATCH_ROWS);
        records.add(next.splitId(), batch);
        if (batch.last) {
            next.cursor().close();
            records.addFinishedSplit(next.splitId());
        } else {
            byTime.add(next);
        }
        return records.build();
    }

    @Override
    public void wakeUp() {
        pace.wakeUp();
    }

    @Override
    public void close() {
        byTime.forEach(reading -> reading.cursor().close());
        byTime.clear();
    }
}
