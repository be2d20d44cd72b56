package io.microstream.binance.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.archive.ArchiveCatalog;
import io.microstream.binance.archive.DumpKind;
import io.microstream.market.DataQuality;
import io.microstream.market.FeedEvent;
import io.microstream.market.Trade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** After a failure the source goes on where its last checkpoint stood. */
class BinanceSourceRecoveryITCase {

    private static final long T0_US = 1_767_225_600_000_000L;

    /** Three seconds of running. */
    private static final double SPEED = 200;

    private static final AtomicInteger FAILURES = new AtomicInteger();

    @TempDir private Path folder;

    @BeforeEach
    void writeFiles() throws IOException {
        FAILURES.set(0);
        write("BTCUSDT-aggTrades-2026-01-01.csv", 100, 500, id -> id % 50 != 0, true);
        write("BTCUSDT-aggTrades-2026-01.csv", 300, 700, id -> id % 90 >= 7, true);
        write("ETHUSDT-aggTrades-2026-01-01.csv", 1, 600, id -> true, false);
        write("ETHUSDT-aggTrades-2026-01.csv", 200, 250, id -> true, false);
    }

    @Test
    void undisturbedEveryTradeIsThereOnceAndEveryRowIsAccountedFor() throws Exception {
        assertThat(run(1, Integer.MAX_VALUE)).isEqualTo(expected());
        assertThat(FAILURES).hasValue(0);
    }

    @ParameterizedTest(name = "failing after event {0}")
    @ValueSource(ints = {60, 250, 500})
    void afterAFailureEveryTradeIsThereOnceAndEveryRowIsAccountedFor(int after) throws Exception {
        assertThat(run(1, after)).isEqualTo(expected());
        assertThat(FAILURES).hasValue(1);
    }

    @Test
    void withTwoReadersToo() throws Exception {
        assertThat(run(2, 200)).isEqualTo(expected());
        assertThat(FAILURES).hasValue(1);
    }

    /** By hand: the union of the files' ids, what it lacks, and what came more than once. */
    private static Set<String> expected() {
        List<Long> btc = new ArrayList<>();
        long rows = 0;
        for (long id = 100; id < 700; id++) {
            boolean first = id < 500 && id % 50 != 0;
            boolean second = id >= 300 && id % 90 >= 7;
            rows += (first ? 1 : 0) + (second ? 1 : 0);
            if (first || second) {
                btc.add(id);
            }
        }
        List<Long> eth = LongStream.range(1, 600).boxed().toList();
        return new TreeSet<>(
                List.of(
                        // Of two ids that no file has as a trade there is a row that cannot be
                        // read.
                        line("BTCUSDT", btc, rows - btc.size(), missing(btc) - 2, 2),
                        line("ETHUSDT", eth, 50, 0, 0)));
    }

    private static long missing(List<Long> ids) {
        return ids.get(ids.size() - 1) - ids.get(0) + 1 - ids.size();
    }

    private static String line(
            String symbol, List<Long> ids, long duplicates, long missing, long malformed) {
        return "%s trades=%d ids=%d duplicates=%d missing=%d malformed=%d"
                .formatted(symbol, ids.size(), ids.hashCode(), duplicates, missing, malformed);
    }

    private Set<String> run(int parallelism, int failAfter) throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism, settings());
        BinanceSource source =
                BinanceSource.builder()
                        .archive(
                                ArchiveCatalog.inspect(
                                        DumpKind.AGG_TRADES, List.of(folder), Set.of()))
                        .speed(SPEED)
                        .build();
        Set<String> lines = new TreeSet<>();
        try (CloseableIterator<String> results =
                env.fromSource(source, WatermarkStrategy.noWatermarks(), "feed")
                        .uid("feed")
                        .keyBy(BinanceSourceRecoveryITCase::symbol)
                        .process(new Remembering(failAfter))
                        .uid("remembering")
                        .executeAndCollect()) {
            results.forEachRemaining(lines::add);
        }
        return lines;
    }

    private static String symbol(FeedEvent event) {
        return event.symbol();
    }

    private static Configuration settings() {
        Configuration settings = new Configuration();
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(50));
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
        settings.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        return settings;
    }

    /** Keeps all it saw in state, says it at the end of the input, and fails once. */
    private static final class Remembering extends KeyedProcessFunction<String, FeedEvent, String>
            implements CheckpointListener {

        private static final long serialVersionUID = 1L;

        private final int failAfter;
        private transient ListState<Long> ids;
        private transient ListState<FeedEvent> faults;
        private int events;
        private boolean checkpointed;

        Remembering(int failAfter) {
            this.failAfter = failAfter;
        }

        @Override
        public void open(OpenContext context) {
            ids = getRuntimeContext().getListState(new ListStateDescriptor<>("ids", Types.LONG));
            faults =
                    getRuntimeContext()
                            .getListState(
                                    new ListStateDescriptor<>("faults", EventTypeInfo.FEED_EVENT));
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            checkpointed = true;
        }

        @Override
        public void processElement(FeedEvent event, Context context, Collector<String> out)
                throws Exception {
            if (++events > failAfter && checkpointed && FAILURES.compareAndSet(0, 1)) {
                throw new IOException("Failure injected: events=" + events);
            }
            context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
            if (event instanceof Trade trade) {
                ids.add(trade.id());
            } else {
                faults.add(event);
            }
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext context, Collector<String> out)
                throws Exception {
            List<Long> seen = new ArrayList<>();
            ids.get().forEach(seen::add);
            long duplicates = 0;
            long missing = 0;
            long malformed = 0;
            for (FeedEvent event : faults.get()) {
                DataQuality fault = (DataQuality) event;
                switch (fault.kind()) {
                    case DUPLICATE -> duplicates += fault.rows();
                    case MALFORMED -> malformed++;
                    case GAP -> missing += fault.missing();
                    case TRADE_ID_JUMP -> throw new AssertionError(fault);
                }
            }
            out.collect(line(context.getCurrentKey(), seen, duplicates, missing, malformed));
        }
    }

    private void write(String name, long from, long to, LongPredicate has, boolean withBadRow)
            throws IOException {
        List<String> rows = new ArrayList<>();
        for (long id = from; id < to; id++) {
            if (id == from + 150 && withBadRow) {
                rows.add(id + ",none,1.0," + id + "," + id + "," + T0_US + ",True,True");
            }
            if (has.test(id)) {
                long timeUs = T0_US + id * 1_000_000;
                rows.add("%d,100.0,1.0,%d,%d,%d,True,True".formatted(id, id, id, timeUs));
            }
        }
        Files.write(folder.resolve(name), rows);
    }
}
