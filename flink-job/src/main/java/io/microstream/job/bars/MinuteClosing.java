package io.microstream.job.bars;

import io.microstream.market.Bar;
import io.microstream.market.BarBuilder;
import io.microstream.market.Decimal8;
import io.microstream.market.LateTrade;
import io.microstream.market.Trade;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Closes minutes.
 *
 * <p>A minute is closed by the first trade of a later one, so what a bar holds, and whether a trade
 * is late, depends on the order of the symbol's own trades alone, not on how fast others are read:
 * the same input gives the same bars and revisions at any parallelism. The watermark closes what no
 * trade closes: the last minute of the input, or of a symbol gone quiet.
 *
 * <ul>
 *   <li>Minutes without trades are flat at the previous close.
 *   <li>Missing ids make every minute they can touch incomplete: that of the trade before, that of
 *       the trade after, and those between. So does a first trade before which nothing is known,
 *       and a last one after which nothing is proven.
 *   <li>A trade of a closed minute revises its bar within the allowed lateness, and the empty
 *       minutes that took over its close; later it goes to the side output.
 * </ul>
 */
final class MinuteClosing extends KeyedProcessFunction<String, Trade, Bar>
        implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    private final long allowedLatenessMs;
    private transient ValueState<SymbolMinutes> newest;
    private transient MapState<Long, BarBuilder> closed;
    private transient CheckpointedCounters counters;
    private transient LongCounter tradesInBars;
    private transient LongCounter late;
    private transient LongCounter bars;
    private transient LongCounter revisions;

    MinuteClosing(long allowedLatenessMs) {
        this.allowedLatenessMs = allowedLatenessMs;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        counters = new CheckpointedCounters();
        tradesInBars = counters.add(FeedCounts.TRADES_IN_BARS);
        late = counters.add(FeedCounts.LATE);
        bars = counters.add(FeedCounts.BARS);
        revisions = counters.add(FeedCounts.REVISIONS);
        counters.restore(context);
    }

    @Override
    public void open(OpenContext context) {
        counters.register(getRuntimeContext());
        newest =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        "newest-minute", TypeInformation.of(SymbolMinutes.class)));
        closed =
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>(
                                        "closed-minutes",
                                        Types.LONG,
                                        TypeInformation.of(BarBuilder.class)));
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        counters.snapshot(context);
    }

    @Override
    public void processElement(Trade trade, Context context, Collector<Bar> out) throws Exception {
        SymbolMinutes minutes = newest.value();
        long minuteMs = trade.minuteMs();
        if (minutes == null) {
            minutes = new SymbolMinutes();
            begin(minutes, minuteMs, context);
        } else if (minuteMs > minutes.minuteMs) {
            boolean gap = trade.missingBefore() != 0;
            close(minutes, gap, context.getCurrentKey(), out);
            fill(minutes, minuteMs, gap, context.getCurrentKey(), out);
            begin(minutes, minuteMs, context);
        } else if (minuteMs < minutes.minuteMs || minutes.current == null) {
            revise(trade, minutes, context, out);
            return;
        }
        minutes.current.add(trade);
        minutes.current.incomplete |= trade.missingBefore() != 0;
        minutes.closeProven = trade.closesMinute();
        tradesInBars.add(1L);
        newest.update(minutes);
    }

    private static void begin(SymbolMinutes minutes, long minuteMs, Context context) {
        minutes.minuteMs = minuteMs;
        minutes.current = new BarBuilder();
        context.timerService().registerEventTimeTimer(minuteMs + Bar.MINUTE_MS - 1);
    }

    private void close(SymbolMinutes minutes, boolean gap, String symbol, Collector<Bar> out)
            throws Exception {
        if (minutes.current == null) {
            return;
        }
        minutes.current.incomplete |= gap;
        minutes.close = minutes.current.close;
        keep(minutes.minuteMs, minutes.current);
        bars.add(1L);
        out.collect(minutes.current.toBar(symbol, minutes.minuteMs));
        minutes.current = null;
    }

    /** Emits the minutes without trades before {@code untilMs}. */
    private void fill(
            SymbolMinutes minutes, long untilMs, boolean gap, String symbol, Collector<Bar> out)
            throws Exception {
        for (long at = minutes.minuteMs + Bar.MINUTE_MS; at < untilMs; at += Bar.MINUTE_MS) {
            BarBuilder empty = new BarBuilder();
            empty.close = minutes.close;
            empty.incomplete = gap;
            keep(at, empty);
            bars.add(1L);
            out.collect(bar(empty, symbol, at));
        }
    }

    private void keep(long minuteMs, BarBuilder builder) throws Exception {
        closed.put(minuteMs, builder);
        closed.remove(minuteMs - allowedLatenessMs);
    }

    private static Bar bar(BarBuilder builder, String symbol, long minuteMs) {
        return builder.isEmpty()
                ? Bar.empty(
                                symbol,
                                minuteMs,
                                Decimal8.toBigDecimal(builder.close),
                                !builder.incomplete)
                        .withRevision(builder.revision)
                : builder.toBar(symbol, minuteMs);
    }

    private void revise(Trade trade, SymbolMinutes minutes, Context context, Collector<Bar> out)
            throws Exception {
        long minuteMs = trade.minuteMs();
        BarBuilder builder = closed.get(minuteMs);
        if (trade.missingBefore() != 0) {
            distrust(minuteMs, minutes, context.getCurrentKey(), out);
        }
        if (builder == null) {
            late.add(1L);
            context.output(OneMinuteBars.LATE, new LateTrade(trade, minuteMs));
            return;
        }
        builder.add(trade);
        builder.incomplete |= trade.missingBefore() != 0;
        tradesInBars.add(1L);
        emitRevision(builder, minuteMs, context.getCurrentKey(), out);
        if (minuteMs == minutes.minuteMs) {
            minutes.close = builder.close;
            newest.update(minutes);
        }
        for (long at = minuteMs + Bar.MINUTE_MS; at <= minutes.minuteMs; at += Bar.MINUTE_MS) {
            BarBuilder next = closed.get(at);
            if (next == null || !next.isEmpty() || next.close == builder.close) {
                return;
            }
            next.close = builder.close;
            emitRevision(next, at, context.getCurrentKey(), out);
        }
    }

    /** Ids are missing before a trade of {@code fromMs}: from there on no minute is proven. */
    private void distrust(long fromMs, SymbolMinutes minutes, String symbol, Collector<Bar> out)
            throws Exception {
        long keptFromMs = Math.max(fromMs, minutes.minuteMs - allowedLatenessMs);
        for (long at = keptFromMs; at <= minutes.minuteMs; at += Bar.MINUTE_MS) {
            BarBuilder builder = closed.get(at);
            if (at != fromMs && builder != null && !builder.incomplete) {
                builder.incomplete = true;
                emitRevision(builder, at, symbol, out);
            }
        }
        if (minutes.current != null) {
            minutes.current.incomplete = true;
            newest.update(minutes);
        }
    }

    private void emitRevision(BarBuilder builder, long minuteMs, String symbol, Collector<Bar> out)
            throws Exception {
        builder.revision++;
        closed.put(minuteMs, builder);
        revisions.add(1L);
        out.collect(bar(builder, symbol, minuteMs));
    }

    /** The watermark has passed the minute: no trade of it is to come. */
    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Bar> out)
            throws Exception {
        SymbolMinutes minutes = newest.value();
        if (minutes.current == null || timestamp < minutes.minuteMs + Bar.MINUTE_MS - 1) {
            return;
        }
        close(minutes, !minutes.closeProven, context.getCurrentKey(), out);
        newest.update(minutes);
    }
}
