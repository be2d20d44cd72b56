package io.microstream.standalone.flaws;

import io.microstream.binance.archive.ArchiveException;
import io.microstream.binance.archive.ArchiveFile;
import io.microstream.binance.archive.CheckedTrades;
import io.microstream.binance.archive.DumpKind;
import io.microstream.binance.archive.UnreadableRows;
import io.microstream.job.JobSources;
import io.microstream.job.ModelUpdate;
import io.microstream.job.bars.FeedCounts;
import io.microstream.job.config.PipelineConfig;
import io.microstream.job.ends.RecordedSources;
import io.microstream.job.features.BarHistory;
import io.microstream.market.DataQuality;
import io.microstream.market.FeedEvent;
import io.microstream.market.Trade;
import io.microstream.standalone.flaws.CaseResult.StoredBar;
import io.microstream.standalone.report.RecordedInput;
import io.microstream.standalone.report.ReplayReport;
import io.microstream.standalone.report.Results;
import io.microstream.standalone.report.UserError;
import io.microstream.standalone.runtime.LocalRun;
import io.microstream.standalone.runtime.MonitoringOptions;
import io.microstream.standalone.runtime.RunSettings;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Runs many cases of one kind of files as one input of one job, by the classes of {@code replay},
 * and says of each case what its own run would have left and reported.
 *
 * <p>Inspection is done for each case alone. The counters of a case are counted from the events of
 * the source, and their sums must be the job's own counters; each report is made by {@link
 * ReplayReport} from them.
 */
final class FlawedRun {

    private static final ConcurrentMap<String, ConcurrentMap<String, Long>> COUNTS =
            new ConcurrentHashMap<>();

    private final DumpKind kind;
    private final String url;
    private final Path folder;

    /**
     * @param url of the database, which may hold earlier runs
     */
    FlawedRun(DumpKind kind, String url, Path folder) {
        this.kind = kind;
        this.url = url;
        this.folder = folder;
    }

    /** Runs one of the runs of each case; cases that have fewer runs are left out. */
    Map<Long, CaseResult> run(List<FlawedCase> cases, int run) throws Exception {
        Map<Long, CaseResult> results = new HashMap<>();
        Map<FlawedCase, RecordedInput> inputs = new HashMap<>();
        List<ArchiveFile> files = new ArrayList<>();
        for (FlawedCase each : cases) {
            if (run < each.runs().size()) {
                try {
                    Path own = each.write(folder, run);
                    RecordedInput input =
                            RecordedInput.inspect(kind, List.of(own), Set.of(), List.of());
                    inputs.put(each, input);
                    files.addAll(input.files());
                } catch (ArchiveException | UserError e) {
                    results.put(each.seed(), CaseResult.refused(e.getMessage(), new TreeMap<>()));
                }
            }
        }
        if (!inputs.isEmpty()) {
            runAll(inputs, files, results);
        }
        results.replaceAll((seed, result) -> withBars(seed, result));
        return results;
    }

    private CaseResult withBars(long seed, CaseResult result) {
        try (Connection connection = DriverManager.getConnection(url)) {
            return result.refusal() == null
                    ? result
                    : CaseResult.refused(
                            result.refusal(), bars(connection, FlawedCase.symbol(seed)));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void runAll(
            Map<FlawedCase, RecordedInput> inputs,
            List<ArchiveFile> files,
            Map<Long, CaseResult> results)
            throws Exception {
        COUNTS.clear();
        RecordedInput all =
                new RecordedInput(
                        kind,
                        List.copyOf(files),
                        List.of(),
                        List.of(),
                        new UnreadableRows(),
                        new UnreadableRows());
        RunSettings settings =
                new RunSettings(url, false, null, 2, 0, null, Optional.empty(), false);
        PrintStream console = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        try (LocalRun job =
                LocalRun.start(
                        all,
                        models -> new CountedSources(all.files(), models),
                        PipelineConfig.bounded(2),
                        settings,
                        MonitoringOptions.NONE)) {
            job.reporting(
                            (input, counters, stored, seconds, finished) -> {
                                for (Map.Entry<FlawedCase, RecordedInput> each :
                                        inputs.entrySet()) {
                                    long seed = each.getKey().seed();
                                    results.put(
                                            seed,
                                            result(
                                                    FlawedCase.symbol(seed),
                                                    each.getValue(),
                                                    stored,
                                                    counters.get(FeedCounts.RUN)));
                                }
                                requireEqualSums(counters);
                                return ReplayReport.of(input, counters, stored, seconds, finished);
                            })
                    .awaitEnd(Duration.ZERO);
        } finally {
            System.setOut(console);
        }
    }

    private static CaseResult result(String symbol, RecordedInput input, Results stored, long runId)
            throws SQLException {
        Map<String, Long> counters =
                new HashMap<>(COUNTS.getOrDefault(symbol, new ConcurrentHashMap<>()));
        List<String> quality =
                texts(
                        stored.connection(),
                        "SELECT concat_ws(' ', kind, first_id, last_id, detail) FROM data_quality WHERE symbol = '"
                                + symbol
                                + "'");
        List<String> late =
                texts(
                        stored.connection(),
                        "SELECT 'LATE ' || agg_trade_id FROM late_trades WHERE symbol = '"
                                + symbol
                                + "'");
        counters.put(FeedCounts.RUN, runId);
        counters.put(FeedCounts.LATE, (long) late.size());
        counters.put(
                FeedCounts.TRADES_IN_BARS,
                counters.getOrDefault(FeedCounts.TRADES, 0L) - late.size());
        ReplayReport report = ReplayReport.of(input, counters, stored, 1, true);
        quality.addAll(late);
        return new CaseResult(
                null,
                bars(stored.connection(), symbol),
                report.losses(),
                report.warnings(),
                quality);
    }

    private static List<String> texts(Connection connection, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    private static TreeMap<Long, StoredBar> bars(Connection connection, String symbol)
            throws SQLException {
        TreeMap<Long, StoredBar> bars = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT *, coalesce(first_trade_id, -1) AS first_id, coalesce(last_trade_id, -1) AS last_id, round(extract(epoch FROM open_time) * 1000)::bigint AS at FROM bars WHERE is_final AND symbol = '"
                                        + symbol
                                        + "'")) {
            while (rows.next()) {
                NaiveBar bar =
                        new NaiveBar(
                                rows.getBigDecimal("open"),
                                rows.getBigDecimal("high"),
                                rows.getBigDecimal("low"),
                                rows.getBigDecimal("close"),
                                rows.getBigDecimal("volume"),
                                rows.getBigDecimal("quote_volume"),
                                rows.getBigDecimal("taker_buy_volume"),
                                rows.getBigDecimal("taker_buy_quote_volume"),
                                rows.getLong("trade_count"),
                                rows.getLong("first_id"),
                                rows.getLong("last_id"));
                bars.put(rows.getLong("at"), new StoredBar(bar, rows.getBoolean("complete")));
            }
        }
        return bars;
    }

    private static void requireEqualSums(Map<String, Long> counters) {
        Map<String, Long> sums = new HashMap<>();
        COUNTS.values()
                .forEach(own -> own.forEach((name, count) -> sums.merge(name, count, Long::sum)));
        sums.forEach(
                (name, sum) -> {
                    if (!sum.equals(counters.get(name))) {
                        throw new AssertionError(
                                "Counted otherwise than by the job: name=%s job=%d here=%d"
                                        .formatted(name, counters.get(name), sum));
                    }
                });
    }

    /** The sources of a replay, whose events are counted by symbol. */
    private record CountedSources(List<ArchiveFile> files, List<ModelUpdate> updates)
            implements JobSources {

        private RecordedSources real() {
            return new RecordedSources(
                    files, 0, CheckedTrades.DEFAULT_TOLERANCE, updates, List.of());
        }

        @Override
        public DataStream<FeedEvent> feed(StreamExecutionEnvironment env) {
            DataStream<FeedEvent> feed = real().feed(env);
            return feed.map(new Counting())
                    .returns(feed.getType())
                    .setParallelism(feed.getParallelism())
                    .uid("counting-by-symbol");
        }

        @Override
        public DataStream<ModelUpdate> models(StreamExecutionEnvironment env) {
            return real().models(env);
        }

        @Override
        public BarHistory history() {
            return real().history();
        }
    }

    private static final class Counting implements MapFunction<FeedEvent, FeedEvent> {

        private static final long serialVersionUID = 1L;

        @Override
        public FeedEvent map(FeedEvent event) {
            if (event instanceof Trade trade) {
                count(trade.symbol(), FeedCounts.TRADES, 1);
            } else if (event instanceof DataQuality fault) {
                count(fault);
            }
            return event;
        }

        private static void count(DataQuality fault) {
            String symbol = fault.symbol();
            switch (fault.kind()) {
                case GAP -> {
                    count(symbol, FeedCounts.GAPS, fault.missing() > 0 ? 1 : 0);
                    count(symbol, FeedCounts.MISSING, fault.missing());
                }
                case DUPLICATE -> count(symbol, FeedCounts.DUPLICATES, fault.rows());
                case MALFORMED -> count(symbol, FeedCounts.MALFORMED, fault.rows());
                case TIME_OUTLIER -> count(symbol, FeedCounts.TIME_OUTLIERS, fault.rows());
                case CONFLICT -> count(symbol, FeedCounts.CONFLICTS, fault.rows());
                case NOT_A_TRADE -> count(symbol, FeedCounts.NOT_TRADES, fault.rows());
                case LONG_PAUSE -> count(symbol, FeedCounts.LONG_PAUSES, 1);
                case TRADE_ID_JUMP -> {
                    count(symbol, FeedCounts.MISSING_TRADES, fault.missing());
                    count(symbol, FeedCounts.REPEATED_TRADES, fault.rows());
                }
                default -> {}
            }
        }

        private static void count(String symbol, String name, long by) {
            COUNTS.computeIfAbsent(symbol, any -> new ConcurrentHashMap<>())
                    .merge(name, by, Long::sum);
        }
    }
}
