package io.microstream.binance.source.live;

import io.microstream.market.DataQuality;
import io.microstream.market.FeedEvent;
import io.microstream.market.Trade;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keeps in checkpointed state what it saw of each symbol, so that each trade counts as often as the
 * job took it, failures or not; says it when the input ends. Fails and blocks where the test says.
 */
final class TradeStreamAudit extends KeyedProcessFunction<String, FeedEvent, String> {

    private static final long serialVersionUID = 1L;
    private static final Map<String, Run> RUNS = new ConcurrentHashMap<>();
    private static final AtomicInteger NAMES = new AtomicInteger();

    /** Indices of the state. */
    private static final int COUNT = 0;

    private static final int HASH = 1;
    private static final int MISSING = 2;
    private static final int DISORDERED = 3;
    private static final int LAST_ID = 4;

    /** What the job reports to the test, and the test to the job, in one process. */
    static final class Run implements AutoCloseable {
        final String name = "run-" + NAMES.incrementAndGet();
        final Monitor trades = new Monitor();
        final Monitor repaired = new Monitor();
        final Monitor atGate = new Monitor();
        final Queue<FeedEvent> events = new ConcurrentLinkedQueue<>();
        final Map<String, String> ends = new ConcurrentHashMap<>();
        final AtomicInteger failures = new AtomicInteger();
        volatile CountDownLatch gate = new CountDownLatch(0);

        /** Called before the job ends or fails, while all is still there. */
        volatile Runnable beforeEnd = () -> {};

        /** For the number of failures so far, after how many events the next comes; 0 for never. */
        volatile IntUnaryOperator failAfter = failed -> 0;

        Run() {
            RUNS.put(name, this);
        }

        List<Trade> trades(String symbol) {
            return events.stream()
                    .filter(Trade.class::isInstance)
                    .map(Trade.class::cast)
                    .filter(trade -> trade.symbol().equals(symbol))
                    .toList();
        }

        List<DataQuality> faults() {
            return events.stream()
                    .filter(DataQuality.class::isInstance)
                    .map(DataQuality.class::cast)
                    .toList();
        }

        List<DataQuality> faults(DataQuality.Kind kind) {
            return faults().stream().filter(fault -> fault.kind() == kind).toList();
        }

        @Override
        public void close() {
            gate.countDown();
            RUNS.remove(name);
        }
    }

    private final String name;
    private transient Run run;
    private transient ValueState<long[]> seen;
    private transient int events;

    TradeStreamAudit(String run) {
        this.name = run;
    }

    /** Returns the lines of an audit in which nothing is missing and nothing came twice. */
    static Map<String, String> expected(Map<String, List<Trade>> tradesBySymbol) {
        Map<String, String> lines = new TreeMap<>();
        tradesBySymbol.forEach(
                (symbol, trades) -> {
                    long[] all = new long[5];
                    trades.forEach(trade -> add(all, trade));
                    lines.put(symbol, line(all));
                });
        return lines;
    }

    private static void add(long[] all, Trade trade) {
        boolean follows = all[COUNT] == 0 || trade.id() == all[LAST_ID] + 1;
        all[COUNT]++;
        all[HASH] = 31 * all[HASH] + trade.hashCode();
        all[MISSING] += Math.max(0, trade.missingBefore());
        all[DISORDERED] += follows ? 0 : 1;
        all[LAST_ID] = trade.id();
    }

    private static String line(long[] all) {
        return "trades=%d hash=%x missing=%d disordered=%d last=%d"
                .formatted(all[COUNT], all[HASH], all[MISSING], all[DISORDERED], all[LAST_ID]);
    }

    @Override
    public void open(OpenContext context) {
        run = RUNS.get(name);
        seen =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        "seen",
                                        PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
    }

    @Override
    public void processElement(FeedEvent event, Context context, Collector<String> out)
            throws Exception {
        run.atGate.add(1);
        if (!run.gate.await(60, TimeUnit.SECONDS)) {
            throw new AssertionError("The gate stayed shut");
        }
        int failures = run.failures.get();
        int after = run.failAfter.applyAsInt(failures);
        if (after > 0 && ++events >= after && run.failures.compareAndSet(failures, failures + 1)) {
            run.beforeEnd.run();
            throw new IOException("Failure injected: number=" + failures);
        }
        context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
        run.events.add(event);
        if (event instanceof DataQuality fault) {
            run.repaired.add(fault.repaired());
        }
        if (event instanceof Trade trade) {
            long[] all = seen.value() == null ? new long[5] : seen.value().clone();
            add(all, trade);
            seen.update(all);
            run.trades.add(1);
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<String> out)
            throws Exception {
        run.beforeEnd.run();
        if (seen.value() != null) {
            run.ends.put(context.getCurrentKey(), line(seen.value()));
        }
    }
}
