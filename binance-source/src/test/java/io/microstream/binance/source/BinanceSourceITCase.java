package io.microstream.binance.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.archive.ArchiveCatalog;
import io.microstream.binance.archive.ArchiveFile;
import io.microstream.binance.archive.DumpKind;
import io.microstream.market.DataQuality;
import io.microstream.market.FeedEvent;
import io.microstream.market.Trade;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinanceSourceITCase {

    private static final long T0_US = 1_767_225_600_000_000L;

    @TempDir private Path folder;

    @Test
    void emitsEveryTradeOnceInIdOrderThroughGapsRepeatsAndBadRows() throws Exception {
        List<String> rows = new ArrayList<>();
        for (int id = 100; id < 200; id++) {
            if (id < 150 || id > 154) {
                rows.add(row(id, T0_US + (id - 100) * 1_000_000L));
            }
        }
        rows.add(30, "not,a,row");
        rows.addAll(70, List.copyOf(rows.subList(60, 66)));
        Path dump = write("BTCUSDT-aggTrades-2026-01-01.csv", rows);

        List<FeedEvent> events = run(dump, 1);

        List<Trade> trades =
                events.stream().filter(Trade.class::isInstance).map(Trade.class::cast).toList();
        assertThat(trades).hasSize(95);
        assertThat(trades).extracting(Trade::id).isSorted().doesNotHaveDuplicates();
        assertThat(trades.get(0).missingBefore()).isZero();
        assertThat(trades.stream().filter(t -> t.missingBefore() > 0))
                .singleElement()
                .satisfies(
                        after -> {
                            assertThat(after.id()).isEqualTo(155);
                            assertThat(after.missingBefore()).isEqualTo(5);
                        });
        assertThat(
                        events.stream()
                                .filter(DataQuality.class::isInstance)
                                .map(DataQuality.class::cast))
                .extracting(DataQuality::kind, DataQuality::firstId, DataQuality::missing)
                .contains(
                        org.assertj.core.groups.Tuple.tuple(DataQuality.Kind.GAP, 150L, 5L),
                        org.assertj.core.groups.Tuple.tuple(DataQuality.Kind.MALFORMED, 31L, 0L))
                .hasSize(3);
        assertThat(
                        events.stream()
                                .filter(DataQuality.class::isInstance)
                                .map(DataQuality.class::cast)
                                .filter(q -> q.kind() == DataQuality.Kind.DUPLICATE)
                                .mapToLong(DataQuality::rows)
                                .sum())
                .isEqualTo(6);
    }

    @Test
    void noTradeIsBehindTheWatermarkOfTwoInterleavedSymbols() throws Exception {
        List<String> quick = new ArrayList<>();
        List<String> slow = new ArrayList<>();
        for (int id = 0; id < 6_000; id++) {
            quick.add(row(id, T0_US + id * 200_000L));
        }
        for (int id = 0; id < 40; id++) {
            slow.add(row(id, T0_US + id * 30_000_000L));
        }
        write("BTCUSDT-aggTrades-2026-01-01.csv", quick);
        write("ETHUSDT-aggTrades-2026-01-01.csv", slow);

        for (int parallelism = 1; parallelism <= 2; parallelism++) {
            StreamExecutionEnvironment env = environment(parallelism);
            DataStream<String> late =
                    env.fromSource(source(folder), WatermarkStrategy.noWatermarks(), "feed")
                            .uid("feed")
                            .process(new WatermarkAudit())
                            .uid("audit");
            try (CloseableIterator<String> found = late.executeAndCollect()) {
                List<String> lines = new ArrayList<>();
                found.forEachRemaining(lines::add);
                assertThat(lines).filteredOn(line -> line.startsWith("late")).isEmpty();
                assertThat(lines)
                        .filteredOn(line -> line.equals("ahead of time zero"))
                        .isNotEmpty();
            }
        }
    }

    /** Says which trades lie behind the watermark, and that the watermark moves before the end. */
    private static final class WatermarkAudit extends ProcessFunction<FeedEvent, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(FeedEvent event, Context context, Collector<String> out) {
            long watermark = context.timerService().currentWatermark();
            if (((Trade) event).timeUs() / 1000 <= watermark) {
                out.collect("late " + event + " watermark=" + watermark);
            }
            if (watermark >= T0_US / 1000 - 1) {
                out.collect("ahead of time zero");
            }
        }
    }

    private static List<FeedEvent> run(Path input, int parallelism) throws Exception {
        StreamExecutionEnvironment env = environment(parallelism);
        try (CloseableIterator<FeedEvent> events =
                env.fromSource(source(input), WatermarkStrategy.noWatermarks(), "feed")
                        .uid("feed")
                        .executeAndCollect()) {
            List<FeedEvent> all = new ArrayList<>();
            events.forEachRemaining(all::add);
            return all;
        }
    }

    private static StreamExecutionEnvironment environment(int parallelism) {
        Configuration settings = new Configuration();
        settings.set(org.apache.flink.configuration.PipelineOptions.GENERIC_TYPES, false);
        settings.set(org.apache.flink.configuration.PipelineOptions.OBJECT_REUSE, true);
        return StreamExecutionEnvironment.createLocalEnvironment(parallelism, settings);
    }

    private static BinanceSource source(Path input) {
        List<ArchiveFile> files =
                ArchiveCatalog.inspect(DumpKind.AGG_TRADES, List.of(input), Set.of());
        return BinanceSource.builder().archive(files).build();
    }

    private Path write(String name, List<String> rows) throws Exception {
        return Files.write(folder.resolve(name), rows);
    }

    private static String row(long id, long timeUs) {
        return id + ",100.00000000,0.50000000," + id + "," + id + "," + timeUs + ",True,True";
    }
}
