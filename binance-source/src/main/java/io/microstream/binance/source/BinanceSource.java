package io.microstream.binance.source;

import io.microstream.binance.source.enumerator.BinanceSourceEnumState;
import io.microstream.binance.source.enumerator.BinanceSourceEnumStateSerializer;
import io.microstream.binance.source.enumerator.BinanceSourceEnumerator;
import io.microstream.binance.source.reader.BinanceSourceReader;
import io.microstream.binance.source.split.SymbolSplit;
import io.microstream.binance.source.split.SymbolSplitSerializer;
import io.microstream.binance.wire.StreamKind;
import io.microstream.market.FeedEvent;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Binance's trades as a gap-free Flink source: each trade of a symbol once, in id order, with every
 * missing, repeated or unreadable row reported.
 *
 * <p>A split is a symbol and the kind of its stream. Its life:
 *
 * <ol>
 *   <li>{@link BinanceSourceBuilder#build} makes one {@link SymbolSplit} a symbol from the
 *       inspected files;
 *   <li>the {@link BinanceSourceEnumerator} (coordinator thread) gives each reader its share when
 *       the reader registers;
 *   <li>the reader's fetcher thread opens the split's files behind its position and reads batches,
 *       the split furthest behind in event time first;
 *   <li>the task thread judges each row by its id ({@link
 *       io.microstream.binance.source.split.TradeSequence}) and emits events and the split's
 *       watermark;
 *   <li>a checkpoint takes the split with its {@link
 *       io.microstream.binance.source.split.TradePosition};
 *   <li>after a failure the split continues behind that position, the rows before it are skipped
 *       unseen;
 *   <li>a split that ends in its archive finishes. One that goes on continues at {@code lastId + 1}
 *       from REST and then from the live stream ({@link io.microstream.binance.trades.TradeFeed},
 *       on the fetcher thread): position and judgement are the same. After a failure, whatever was
 *       missed comes from REST first.
 * </ol>
 *
 * <p>Watermarks come from the source itself; give {@code WatermarkStrategy.noWatermarks()} and no
 * idleness.
 */
public final class BinanceSource
        implements Source<FeedEvent, SymbolSplit, BinanceSourceEnumState>,
                ResultTypeQueryable<FeedEvent> {

    private static final long serialVersionUID = 1L;

    private final List<SymbolSplit> splits;
    private final double speed;
    private final Duration timeTolerance;
    private final LiveConfig live;

    /**
     * @param live null if all splits end with their files
     */
    BinanceSource(List<SymbolSplit> splits, double speed, Duration timeTolerance, LiveConfig live) {
        this.splits = splits;
        this.speed = speed;
        this.timeTolerance = timeTolerance;
        this.live = live;
    }

    /** Returns a builder of a source without symbols or files. */
    public static BinanceSourceBuilder builder() {
        return new BinanceSourceBuilder();
    }

    @Override
    public Boundedness getBoundedness() {
        boolean ends =
                splits.stream()
                        .allMatch(split -> split.live() == null || !split.live().isEndless());
        return ends ? Boundedness.BOUNDED : Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<FeedEvent, SymbolSplit> createReader(SourceReaderContext context) {
        return new BinanceSourceReader(context, speed, timeTolerance, live);
    }

    @Override
    public SplitEnumerator<SymbolSplit, BinanceSourceEnumState> createEnumerator(
            SplitEnumeratorContext<SymbolSplit> context) {
        return new BinanceSourceEnumerator(context, splits);
    }

    @Override
    public SplitEnumerator<SymbolSplit, BinanceSourceEnumState> restoreEnumerator(
            SplitEnumeratorContext<SymbolSplit> context, BinanceSourceEnumState state) {
        return new BinanceSourceEnumerator(context, state.unassigned());
    }

    @Override
    public SymbolSplitSerializer getSplitSerializer() {
        return new SymbolSplitSerializer(live == null ? StreamKind.AGG_TRADE : live.feed().kind());
    }

    @Override
    public SimpleVersionedSerializer<BinanceSourceEnumState> getEnumeratorCheckpointSerializer() {
        return new BinanceSourceEnumStateSerializer(getSplitSerializer());
    }

    @Override
    public TypeInformation<FeedEvent> getProducedType() {
        return EventTypeInfo.FEED_EVENT;
    }
}
