package io.microstream.binance.source.reader;

import io.microstream.binance.source.split.SymbolSplitState;
import io.microstream.market.FeedEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordEmitter;

/**
 * Walks through a batch and passes each row, and what stands between rows, to the split's output.
 */
final class FeedEmitter implements RecordEmitter<FeedBatch, FeedEvent, SymbolSplitState> {

    @Override
    public void emitRecord(
            FeedBatch batch, SourceOutput<FeedEvent> output, SymbolSplitState split) {
        SplitOutput out = new SplitOutput(output, split);
        if (batch.isLive()) {
            emitLive(batch, out, split);
        } else {
            emitRecorded(batch, out, split);
        }
    }

    private static void emitRecorded(FeedBatch batch, SplitOutput out, SymbolSplitState split) {
        int setAside = 0;
        for (int row = 0; row < batch.rows; row++) {
            split.countRow();
            if (setAside < batch.setAside.size() && batch.setAside.get(setAside).at() == row) {
                out.setAside(batch.setAside.get(setAside++));
            } else if (batch.klines != null) {
                out.kline(batch.klines.get(row - setAside));
            } else {
                out.trade(batch, row);
            }
        }
        if (batch.last) {
            out.end();
        }
    }

    private static void emitLive(FeedBatch batch, SplitOutput out, SymbolSplitState split) {
        int note = 0;
        for (int row = 0; row <= batch.rows; row++) {
            while (note < batch.notes.size() && batch.notes.get(note).at() == row) {
                emitNote(batch.notes.get(note++), out, split);
            }
            if (row < batch.rows) {
                out.trade(batch, row);
            }
        }
    }

    private static void emitNote(FeedBatch.Note note, SplitOutput out, SymbolSplitState split) {
        if (note instanceof FeedBatch.Note.Begins begins) {
            if (begins.proven()) {
                split.proveNextFirst();
            }
        } else if (note instanceof FeedBatch.Note.Restarts) {
            split.sequence().restart();
        } else if (note instanceof FeedBatch.Note.Loses loses) {
            split.loseBeforeNext(loses.why());
        } else if (note instanceof FeedBatch.Note.Quarantined quarantined) {
            out.setAside(quarantined.row());
        } else if (note instanceof FeedBatch.Note.Fault fault) {
            out.report(fault.quality());
        } else if (note instanceof FeedBatch.Note.CompleteUntil mark) {
            out.completeUntil(mark.ms());
        }
    }
}
