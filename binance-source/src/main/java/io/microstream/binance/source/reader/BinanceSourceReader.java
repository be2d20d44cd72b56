package io.microstream.binance.source.reader;

import io.microstream.binance.source.LiveConfig;
import io.microstream.binance.source.split.SymbolSplit;
import io.microstream.binance.source.split.SymbolSplitState;
import io.microstream.binance.trades.LiveCounts;
import io.microstream.market.FeedEvent;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;

/**
 * The reader of a task: one fetcher thread reads all its symbols, the task thread emits.
 *
 * <p>The hand-over between them is bounded by Flink's element queue (two batches), what waits of a
 * live connection by its inbox, and what waits behind a gap by {@link
 * io.microstream.binance.trades.FeedConfig#heldTrades}.
 */
public final class BinanceSourceReader
        extends SingleThreadMultiplexSourceReaderBase<
                FeedBatch, FeedEvent, SymbolSplit, SymbolSplitState> {

    /**
     * @param speed event-time seconds a second for recorded rows; 0 for as fast as possible
     * @param timeTolerance by how much times may step back in the order of ids
     * @param live how to follow an exchange; null if no split does
     */
    public BinanceSourceReader(
            SourceReaderContext context, double speed, Duration timeTolerance, LiveConfig live) {
        this(context, speed, timeTolerance, live, new LiveCounts());
    }

    private BinanceSourceReader(
            SourceReaderContext context,
            double speed,
            Duration timeTolerance,
            LiveConfig live,
            LiveCounts counts) {
        this(
                context,
                speed,
                timeTolerance,
                live,
                counts,
                live == null
                        ? null
                        : FeedMetrics.register(context.metricGroup(), counts, live.timeFactor()));
    }

    private BinanceSourceReader(
            SourceReaderContext context,
            double speed,
            Duration timeTolerance,
            LiveConfig live,
            LiveCounts counts,
            FeedMetrics metrics) {
        super(
                () ->
                        new FeedSplitReader(
                                split -> RecordedRows.open(split, timeTolerance),
                                new Pace(speed, System::nanoTime),
                                speed,
                                () ->
                                        LiveConnections.open(
                                                live, counts, context.getIndexOfSubtask()),
                                symbol -> metrics.follow(symbol)),
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
