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

    /** A split being read, and the newest trade read of it. */
    private static final class Reading {
        final SymbolSplit split;
        final SymbolCursor cursor;
        long lastId;
        long lastTradeId;
        long lastTimeUs;

        Reading(SymbolSplit split, SymbolCursor cursor) {
            this.split = split;
            this.cursor = cursor;
            this.lastId = split.tradePosition().lastId();
            this.lastTradeId = split.tradePosition().lastTradeId();
            this.lastTimeUs = split.tradePosition().lastTimeUs();
        }

        String splitId() {
            return split.splitId();
        }

        SymbolCursor cursor() {
            return cursor;
        }

        FeedBatch read(long untilUs, int maximum) {
            FeedBatch batch = cursor.read(untilUs, maximum);
            for (int row = 0; split.live() != null && row < batch.rows; row++) {
                if (batch.ids[row] > lastId) {
                    lastId = batch.ids[row];
                    lastTradeId = batch.lastTradeIds[row];
                    lastTimeUs = batch.timesUs[row];
                }
            }
            return batch;
        }
    }

    private final SymbolCursorFactory cursors;
    private final Pace pace;
    private final long leadUs;
    private final PriorityQueue<Reading> byTime =
            new PriorityQueue<>(
                    Comparator.comparingLong((Reading reading) -> reading.cursor().nextTimeUs())
                            .thenComparing(Reading::splitId));
    private final Queue<String> finished = new ArrayDeque<>();
    private final LivePart livePart;

    ArchiveSplitReader(SymbolCursorFactory cursors, Pace pace, double speed, LivePart livePart) {
        this.livePart = livePart;
        this.cursors = cursors;
        this.pace = pace;
        this.leadUs = pace.isUnlimited() ? LEAD_US : (long) Math.max(1, PACED_STEP_US * speed);
    }

    /** Opens the rows of a split behind its position. */
    interface SymbolCursorFactory {
        SymbolCursor open(SymbolSplit split);
    }

    /** Takes over a split whose files are read, behind its newest trade (−1: none). */
    interface LivePart {
        void follow(SymbolSplit split, long lastId, long lastTradeId, long lastTimeUs);
    }

    /** True if there is anything to fetch. */
    boolean isReading() {
        return !byTime.isEmpty() || !finished.isEmpty();
    }

    @Override
    public void handleSplitsChanges(SplitsChange<SymbolSplit> change) {
        for (SymbolSplit split : change.splits()) {
            Reading reading = new Reading(split, cursors.open(split));
            if (reading.cursor.hasNext()) {
                byTime.add(reading);
            } else {
                reading.cursor.close();
                if (!goesOn(reading)) {
                    finished.add(split.splitId());
                }
            }
        }
    }

    private boolean goesOn(Reading reading) {
        if (reading.split.live() == null) {
            return false;
        }
        livePart.follow(reading.split, reading.lastId, reading.lastTradeId, reading.lastTimeUs);
        return true;
    }

    @Override
    public RecordsWithSplitIds<FeedBatch> fetch() {
        RecordsBySplits.Builder<FeedBatch> records = new RecordsBySplits.Builder<>();
        fetchInto(records);
        return records.build();
    }

    /** Adds the next batch, if one is due. */
    void fetchInto(RecordsBySplits.Builder<FeedBatch> records) {
        if (!finished.isEmpty()) {
            records.addFinishedSplits(finished);
            finished.clear();
            return;
        }
        Reading next = byTime.peek();
        if (next == null || !pace.await(next.cursor().nextTimeUs())) {
            return;
        }
        byTime.poll();
        Reading behind = byTime.peek();
        long from = behind == null ? next.cursor().nextTimeUs() : behind.cursor().nextTimeUs();
        boolean alone = behind == null && pace.isUnlimited();
        FeedBatch batch = next.read(alone ? Long.MAX_VALUE : from + leadUs, BATCH_ROWS);
        records.add(next.splitId(), batch);
        if (batch.last) {
            next.cursor().close();
            if (!goesOn(next)) {
                records.addFinishedSplit(next.splitId());
            }
        } else {
            byTime.add(next);
        }
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
