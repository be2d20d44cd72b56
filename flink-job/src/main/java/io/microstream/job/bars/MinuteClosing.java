package io.microstream.job.bars;

import io.microstream.job.config.BarsConfig;
import io.microstream.market.Bar;
import io.microstream.market.BarBuilder;
import io.microstream.market.CompletenessMark;
import io.microstream.market.Decimal8;
import io.microstream.market.DisputedMinutes;
import io.microstream.market.LateTrade;
import io.microstream.market.StreamEvent;
import io.microstream.market.Trade;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.accumulators.LongMaximum;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Closes the minutes of each symbol and emits their bars.
 *
 * <p>A minute is closed by the first trade of a later one, or by a {@link CompletenessMark} at or
 * after its end, so what a bar holds, and whether a trade is late, depends on the order of the
 * symbol's own trade stream alone, not on how fast others are read: the same input gives the same
 * bars and revisions at any parallelism. The watermark closes what neither closes: the last minute
 * of the input.
 *
 * <ul>
 *   <li>Minutes without trades are flat at the previous close; those of a pause beyond {@link
 *       Bar#LONGEST_FILLED_PAUSE_MS} have no bars, except what completeness marks cover.
 *   <li>A bar whose single trades do not account for all ids from its first to its last, less the
 *       entries that are declared to be no trades, is incomplete.
 *   <li>Missing ids make every minute they can touch incomplete: that of the trade before, that of
 *       the trade after, and those between, except what a completeness mark between the two trades
 *       covers. If the time of the trade after lies in the past it may be wrong, so they touch all
 *       minutes up to the next trade in order. A first trade before which nothing is known, and a
 *       last one that no mark follows, make their minutes incomplete too.
 *   <li>{@link DisputedMinutes} are incomplete, those closed and those still to come.
 *   <li>A trade of a closed minute, however that was closed, revises its bar within the allowed
 *       lateness, and the empty minutes that took over its close; later it goes to the side output.
 *       One trade makes one revision of a bar, at most.
 *   <li>A completeness mark changes no number: the bars are those that the same trades make without
 *       it, but they come earlier, and fewer of them are incomplete around missing ids.
 * </ul>
 *
 * <p>If {@link BarsConfig#provisionalEvery} is not zero, the bar so far of a running minute is
 * emitted too: at once after a pause, and then once a period of processing time as long as trades
 * come. Such a bar is provisional: it comes before the final one of its minute and never after it,
 * and no final bar depends on it.
 */
final class MinuteClosing extends KeyedProcessFunction<String, StreamEvent, Bar>
        implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;
    private static final SortedSet<Long> NOTHING = Collections.emptySortedSet();

    private final long allowedLatenessMs;
    private final long provisionalMs;
    private final long freshRunId;
    private transient long runId;

    /** {@link SymbolMinutes#firstMinuteMs} of the symbol whose event or timer is being handled. */
    private transient long runFromMs;

    private transient ValueState<SymbolMinutes> newest;
    private transient MapState<Long, BarBuilder> closed;
    private transient CheckpointedCounters counters;
    private transient LongCounter tradesInBars;
    private transient LongCounter late;
    private transient LongCounter bars;
    private transient LongCounter revisions;
    private transient Counter provisionals;

    MinuteClosing(BarsConfig config, long freshRunId) {
        this.freshRunId = freshRunId;
        this.allowedLatenessMs = config.allowedLateness().toMillis();
        this.provisionalMs = config.provisionalEvery().toMillis();
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        counters = new CheckpointedCounters();
        tradesInBars = counters.add(FeedCounts.TRADES_IN_BARS);
        late = counters.add(FeedCounts.LATE);
        bars = counters.add(FeedCounts.BARS);
        revisions = counters.add(FeedCounts.REVISIONS);
        counters.restore(context);
        runId = RunIdState.restore(context, freshRunId);
    }

    @Override
    public void open(OpenContext context) {
        counters.register(getRuntimeContext());
        getRuntimeContext().addAccumulator(FeedCounts.RUN, new LongMaximum(runId));
        provisionals = getRuntimeContext().getMetricGroup().counter("provisionalBars");
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
    public void processElement(StreamEvent event, Context context, Collector<Bar> out)
            throws Exception {
        SymbolMinutes minutes = newest.value();
        if (event instanceof Trade trade) {
            minutes = minutes == null ? begun(trade, context) : minutes;
            runFromMs = minutes.runFromMs();
            take(trade, minutes, context, out);
            if (provisionalMs > 0 && !minutes.provisionalPaused) {
                emitProvisional(minutes, trade.symbol(), context, out);
            }
        } else if (event instanceof CompletenessMark mark && minutes != null) {
            runFromMs = minutes.runFromMs();
            take(mark, minutes, out);
        } else if (event instanceof DisputedMinutes disputed && minutes != null) {
            runFromMs = minutes.runFromMs();
            take(disputed, minutes, out);
        }
        if (minutes != null) {
            newest.update(minutes);
        }
    }

    private static SymbolMinutes begun(Trade first, Context context) {
        SymbolMinutes minutes = new SymbolMinutes();
        begin(minutes, first.minuteMs(), context);
        minutes.tradeMinuteMs = first.minuteMs();
        return minutes;
    }

    private static void begin(SymbolMinutes minutes, long minuteMs, Context context) {
        minutes.minuteMs = minuteMs;
        minutes.current = new BarBuilder();
        minutes.provisionalRows = 0;
        context.timerService().registerEventTimeTimer(minuteMs + Bar.MINUTE_MS - 1);
    }

    private void take(Trade trade, SymbolMinutes minutes, Context context, Collector<Bar> out)
            throws Exception {
        SortedSet<Long> changed = NOTHING;
        if (trade.missingBefore() != 0) {
            changed = markIncomplete(minutes.gapFromMs(trade), minutes.minuteMs, minutes);
            minutes.holeOpen = true;
        }
        if (minutes.isPast(trade.minuteMs())) {
            emitRevisions(revise(trade, minutes, changed, context), trade.symbol(), out);
        } else {
            emitRevisions(changed, trade.symbol(), out);
            append(trade, minutes, context, out);
        }
        minutes.remember(trade);
    }

    /** Adds a trade of the newest minute, or of a later one, which closes those before it. */
    private void append(Trade trade, SymbolMinutes minutes, Context context, Collector<Bar> out)
            throws Exception {
        if (trade.minuteMs() > minutes.minuteMs) {
            boolean longPause = trade.minuteMs() - minutes.minuteMs > Bar.LONGEST_FILLED_PAUSE_MS;
            long untilMs = longPause ? minutes.minuteMs + Bar.MINUTE_MS : trade.minuteMs();
            closeUntil(untilMs, minutes, trade.symbol(), out);
            begin(minutes, trade.minuteMs(), context);
        }
        minutes.current.add(trade);
        minutes.current.incomplete |= minutes.holeOpen || minutes.disputedUntilUs != 0;
        if (trade.timeUs() >= minutes.disputedUntilUs) {
            minutes.disputedUntilUs = 0;
        }
        minutes.holeOpen = false;
        minutes.closeProven = trade.closesMinute();
        tradesInBars.add(1L);
    }

    private void take(CompletenessMark mark, SymbolMinutes minutes, Collector<Bar> out)
            throws Exception {
        minutes.provenMs = Math.max(minutes.provenMs, mark.untilMs());
        closeUntil(SymbolMinutes.minuteOf(mark.untilMs()), minutes, mark.symbol(), out);
    }

    private void take(DisputedMinutes disputed, SymbolMinutes minutes, Collector<Bar> out)
            throws Exception {
        minutes.disputedUntilUs = Math.max(minutes.disputedUntilUs, disputed.untilUs());
        SortedSet<Long> changed =
                markIncomplete(disputed.fromMs(), Bar.minuteOf(disputed.untilUs()), minutes);
        emitRevisions(changed, disputed.symbol(), out);
    }

    /** Closes the running minute and the minutes without trades before {@code untilMs}. */
    private void closeUntil(long untilMs, SymbolMinutes minutes, String symbol, Collector<Bar> out)
            throws Exception {
        if (untilMs <= minutes.minuteMs) {
            return;
        }
        closeCurrent(minutes, symbol, out);
        for (long at = minutes.minuteMs + Bar.MINUTE_MS; at < untilMs; at += Bar.MINUTE_MS) {
            BarBuilder empty = new BarBuilder();
            empty.close = minutes.close;
            empty.incomplete = minutes.holeOpen || minutes.disputedUntilUs != 0;
            emitClosed(empty, at, symbol, out);
        }
        minutes.minuteMs = untilMs - Bar.MINUTE_MS;
    }

    private void closeCurrent(SymbolMinutes minutes, String symbol, Collector<Bar> out)
            throws Exception {
        if (minutes.current != null) {
            minutes.close = minutes.current.close;
            emitClosed(minutes.current, minutes.minuteMs, symbol, out);
            minutes.current = null;
        }
    }

    private void emitClosed(BarBuilder builder, long minuteMs, String symbol, Collector<Bar> out)
            throws Exception {
        closed.put(minuteMs, builder);
        closed.remove(minuteMs - allowedLatenessMs);
        bars.add(1L);
        out.collect(bar(builder, symbol, minuteMs).ofRun(runId, runFromMs));
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

    /**
     * Marks the minutes from {@code fromMs} to {@code untilMs}, both inclusive, up to the newest as
     * incomplete, because trades that are in no bar may belong to them; returns the closed ones
     * that were complete before.
     */
    private SortedSet<Long> markIncomplete(long fromMs, long untilMs, SymbolMinutes minutes)
            throws Exception {
        SortedSet<Long> changed = new TreeSet<>();
        long keptFromMs = Math.max(fromMs, minutes.minuteMs - allowedLatenessMs);
        for (long at = keptFromMs; at <= Math.min(untilMs, minutes.minuteMs); at += Bar.MINUTE_MS) {
            BarBuilder builder = closed.get(at);
            if (builder != null && !builder.incomplete) {
                boolean wasComplete = builder.isComplete();
                builder.incomplete = true;
                closed.put(at, builder);
                if (wasComplete) {
                    changed.add(at);
                }
            }
        }
        boolean touchesNewest = fromMs <= minutes.minuteMs && untilMs >= minutes.minuteMs;
        if (minutes.current != null && touchesNewest) {
            minutes.current.incomplete = true;
        }
        return changed;
    }

    /**
     * Adds a trade of a closed minute to its bar, or sends it to the late trades if the bar is no
     * longer kept; returns the minutes that changed, by it or before.
     */
    private SortedSet<Long> revise(
            Trade trade, SymbolMinutes minutes, SortedSet<Long> changedBefore, Context context)
            throws Exception {
        long minuteMs = trade.minuteMs();
        BarBuilder builder = closed.get(minuteMs);
        if (builder == null) {
            late.add(1L);
            context.output(OneMinuteBars.LATE, new LateTrade(trade, minuteMs));
            return changedBefore;
        }
        SortedSet<Long> changed = new TreeSet<>(changedBefore);
        builder.add(trade);
        closed.put(minuteMs, builder);
        changed.add(minuteMs);
        tradesInBars.add(1L);
        takeOver(builder.close, minuteMs, minutes, changed);
        return changed;
    }

    /**
     * Carries a new close of {@code minuteMs} over to the minutes without trades that follow it.
     */
    private void takeOver(long close, long minuteMs, SymbolMinutes minutes, SortedSet<Long> changed)
            throws Exception {
        long at = minuteMs + Bar.MINUTE_MS;
        for (; at <= minutes.minuteMs; at += Bar.MINUTE_MS) {
            BarBuilder next = closed.get(at);
            if (next == null || !next.isEmpty() || next.close == close) {
                return;
            }
            next.close = close;
            closed.put(at, next);
            changed.add(at);
        }
        minutes.close = close;
    }

    /** Emits the bar of each changed minute with the next revision, in the order of time. */
    private void emitRevisions(SortedSet<Long> changed, String symbol, Collector<Bar> out)
            throws Exception {
        for (long minuteMs : changed) {
            BarBuilder builder = closed.get(minuteMs);
            builder.revision++;
            closed.put(minuteMs, builder);
            revisions.add(1L);
            out.collect(bar(builder, symbol, minuteMs).ofRun(runId, runFromMs));
        }
    }

    /**
     * Emits the provisional bar of the running minute and pauses for a period; does nothing if no
     * trade has come since the last one.
     */
    private void emitProvisional(
            SymbolMinutes minutes, String symbol, Context context, Collector<Bar> out) {
        BarBuilder running = minutes.current;
        if (running == null || running.rows == minutes.provisionalRows) {
            return;
        }
        minutes.provisionalRows = running.rows;
        minutes.provisionalPaused = true;
        context.timerService()
                .registerProcessingTimeTimer(
                        context.timerService().currentProcessingTime() + provisionalMs);
        provisionals.inc();
        out.collect(running.toProvisionalBar(symbol, minutes.minuteMs).ofRun(runId, runFromMs));
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Bar> out)
            throws Exception {
        SymbolMinutes minutes = newest.value();
        runFromMs = minutes.runFromMs();
        if (context.timeDomain() == TimeDomain.PROCESSING_TIME) {
            minutes.provisionalPaused = false;
            if (provisionalMs > 0) {
                emitProvisional(minutes, context.getCurrentKey(), context, out);
            }
            newest.update(minutes);
        } else {
            watermarkPassed(timestamp, minutes, context, out);
        }
    }

    /** Closes the running minute if the watermark has passed its end. */
    private void watermarkPassed(
            long timestamp, SymbolMinutes minutes, OnTimerContext context, Collector<Bar> out)
            throws Exception {
        if (minutes.current == null || timestamp < minutes.minuteMs + Bar.MINUTE_MS - 1) {
            return;
        }
        minutes.current.incomplete |= !minutes.closeProven;
        closeCurrent(minutes, context.getCurrentKey(), out);
        newest.update(minutes);
    }
}
