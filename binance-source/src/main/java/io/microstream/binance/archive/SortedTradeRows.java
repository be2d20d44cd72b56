package io.microstream.binance.archive;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Reads the rows of a file in the order of their ids in bounded memory: runs of a bounded number of
 * trades are sorted in heap and, if there is more than one, merged from a temporary file. Malformed
 * rows come first, in the file's order.
 */
final class SortedTradeRows implements TradeRows {

    static final int MAX_RUN_ROWS = 1 << 19;

    private final TradeRows source;
    private final int runRows;
    private final TradeRow row = new TradeRow();
    private final PriorityQueue<SpillFile.Reader> heads =
            new PriorityQueue<>(
                    Comparator.comparingLong(SpillFile.Reader::id).thenComparingInt(r -> r.run));
    private TradeRun run;
    private SpillFile spill;
    private boolean loaded;
    private int rank;

    SortedTradeRows(TradeRows source, int runRows) {
        this.source = source;
        this.runRows = runRows;
    }

    @Override
    public boolean next() {
        if (!loaded && loadUntilMalformed()) {
            row.copyFrom(source.row());
            return true;
        }
        row.readable();
        return spill == null ? nextInHeap() : nextMerged();
    }

    /** Returns true if it stopped at a malformed row; false once the whole file has been read. */
    private boolean loadUntilMalformed() {
        if (run == null) {
            run = new TradeRun(runRows);
        }
        while (source.next()) {
            if (source.row().malformedReason != null) {
                return true;
            }
            if (run.isFull()) {
                spillRun();
            }
            run.add(source.row());
        }
        finishLoading();
        return false;
    }

    private void spillRun() {
        if (spill == null) {
            spill = new SpillFile();
        }
        run.sort();
        spill.write(run);
        run.clear();
    }

    private void finishLoading() {
        loaded = true;
        if (spill == null) {
            run.sort();
            return;
        }
        spillRun();
        run = null;
        for (SpillFile.Reader reader : spill.readers()) {
            if (reader.next()) {
                heads.add(reader);
            }
        }
    }

    private boolean nextInHeap() {
        if (rank == run.size) {
            return false;
        }
        TradeRun.read(run.data, run.at(rank++), row);
        return true;
    }

    private boolean nextMerged() {
        SpillFile.Reader head = heads.poll();
        if (head == null) {
            return false;
        }
        TradeRun.read(head.data, head.at, row);
        if (head.next()) {
            heads.add(head);
        }
        return true;
    }

    @Override
    public TradeRow row() {
        return row;
    }

    @Override
    public void close() {
        try {
            source.close();
        } finally {
            if (spill != null) {
                spill.close();
            }
        }
    }
}
