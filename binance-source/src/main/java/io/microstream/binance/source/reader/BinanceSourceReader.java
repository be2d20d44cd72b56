package io.microstream.binance.source.reader;

import io.microstream.binance.source.FeedEvent;
import io.microstream.binance.source.split.SymbolSplit;
import io.microstream.binance.source.split.SymbolSplitState;
import java.util.Map;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;

/**
 * The reader of a task: one fetcher thread reads all its symbols, the task thread emits.
 *
 * <p>The hand-over between them is bounded by Flink's element queue (two batches of 1,024 rows).
 */
public final class BinanceSourceReader
        extends SingleThreadMultiplexSourceReaderBase<
                FeedBatch, FeedEvent, SymbolSplit, SymbolSplitState> {

    /**
     * @param speed event-time seconds a second; 0 for as fast as possible
     */
    public BinanceSourceReader(SourceReaderContext context, double speed) {
        super(
                () ->
                        new ArchiveSplitReader(
                                RecordedRows::open, new Pace(speed, System::nanoTime), speed),
                new FeedEmitter(),
                context.getConfiguration(),
                context);
    }

    @Override
    protected void onSplitFinished(Map<String, SymbolSplitState> finishedSplits) {
        // All splits are assigned at the start; there is nothing to ask for.
    }

    @Override
    protected SymbolSplitState initializedState(SymbolSplit split) {
        return new SymbolSplitState(split);
    }

    @Override
    protected SymbolSplit toSplitType(String splitId, SymbolSplitState state) {
        return state.toSplit();
    }
}
