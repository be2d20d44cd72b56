package io.microstream.job.sinks.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.market.Bar;
import io.microstream.market.BarOrigin;
import io.microstream.market.FeatureVector;
import io.microstream.market.Regime;
import io.microstream.market.RegimeSignal;
import io.microstream.market.RollingFeatures;
import io.microstream.tables.TableSpec;
import io.microstream.tables.Tables;
import io.microstream.testing.PostgresServer;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Random histories of runs over the same minutes, on a real PostgreSQL, against the rule as
 * docs/internals.md states it: whatever is written again after a crash, and whichever sink comes
 * first, bars are those of the rule, and no row beside a bar was computed from another.
 */
class BarOrderPropertiesTest {

    private static final int HISTORIES = 150;
    private static final int MINUTES = 6;

    private static PostgresServer server;
    private static Connection connection;

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.start();
        Schema.migrate(Database.at(server.url()));
        connection = DriverManager.getConnection(server.url());
    }

    @AfterAll
    static void stop() throws Exception {
        connection.close();
        server.close();
    }

    @Test
    void whateverTheHistoryBarsAreThoseOfTheRuleAndRowsBelongToTheBarBesideThem() throws Exception {
        for (long seed = 1; seed <= HISTORIES; seed++) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("TRUNCATE bars, features, regimes");
            }
            Random random = new Random(seed);
            Map<Long, Stored> expected = new TreeMap<>();
            List<Run> runs = new ArrayList<>();
            boolean resumes = random.nextBoolean();
            for (int turn = 0; turn < 2 + random.nextInt(5); turn++) {
                Run run =
                        runs.isEmpty() || !resumes || random.nextInt(4) > 0
                                ? Run.fresh(runs.size() + 1, resumes ? 0 : turn % 2, random)
                                : runs.get(random.nextInt(runs.size()));
                runs.add(run);
                List<Bar> sent = run.bars(random);
                for (Bar bar : sent) {
                    Stored.take(expected, bar, run.overwrites);
                }
                write(sent, run, random);
            }
            String label = "seed=" + seed;
            assertThat(rows("SELECT * FROM (" + BARS + ") AS b ORDER BY 1"))
                    .as(label)
                    .isEqualTo(expected.values().stream().map(Stored::text).toList());
            assertThat(rows(STRANGERS)).as(label).containsExactly("0");
            assertThat(rows(FEATURELESS)).as(label).containsExactly("0");
            assertThat(rows(OTHER_DIGESTS)).as(label).containsExactly("0");
        }
    }

    private static final String BARS =
            "SELECT (extract(epoch FROM open_time) / 60)::bigint || ' ' || run_id || ' ' || revision || ' '"
                    + " || complete || ' ' || trim_scale(close) || ' ' || trade_count || ' '"
                    + " || coalesce(confirmed_by, 0) || ' ' || coalesce(contested_by, 0) FROM bars";
    private static final String STRANGERS =
            "SELECT count(*) FROM bars b JOIN (SELECT symbol, open_time, bar_digest FROM features WHERE is_final"
                    + " UNION ALL SELECT symbol, open_time, bar_digest FROM regimes WHERE is_final) AS t"
                    + " USING (symbol, open_time) WHERE b.is_final AND t.bar_digest <> b.bar_digest";
    private static final String FEATURELESS =
            "SELECT count(*) FROM bars b WHERE is_final AND NOT EXISTS (SELECT FROM features f"
                    + " WHERE f.symbol = b.symbol AND f.open_time = b.open_time AND f.is_final)";
    private static final String OTHER_DIGESTS =
            "SELECT count(*) FROM bars b WHERE bar_digest <> " + BarOrder.digestOfNumbers("b");

    /**
     * Writes the same bars' rows by three sinks, in batches of any size that overtake each other.
     */
    private static void write(List<Bar> sent, Run run, Random random) throws Exception {
        List<Sink> sinks =
                List.of(
                        new Sink(Tables.BARS, sent, run),
                        new Sink(Tables.FEATURES, sent.stream().map(Run::vector).toList(), run),
                        new Sink(Tables.REGIMES, sent.stream().map(run::signal).toList(), run));
        int checkpoint = 0;
        while (sinks.stream().anyMatch(sink -> sink.at < sent.size())) {
            if (random.nextInt(8) == 0) {
                for (Sink sink : sinks) {
                    sink.at = checkpoint;
                }
            } else if (random.nextInt(6) == 0) {
                for (Sink sink : sinks) {
                    sink.write(sent.size());
                }
                checkpoint = sent.size();
            }
            Sink sink = sinks.get(random.nextInt(sinks.size()));
            sink.write(Math.min(sent.size(), sink.at + 1 + random.nextInt(3)));
        }
        for (Sink sink : sinks) {
            sink.connection.disconnect();
        }
    }

    /** A sink of one table, and how many of the run's rows it has written. */
    private static final class Sink {

        private final UpsertConnection connection;
        private final List<Object[]> rows = new ArrayList<>();
        private int at;

        <T> Sink(TableSpec<T> table, List<T> records, Run run) {
            UpsertSink<T> sink =
                    new UpsertSink<>(
                            Database.at(server.url()),
                            table,
                            Writing.PLAIN.overwriting(run.overwrites));
            connection =
                    new UpsertConnection(
                            sink,
                            new CommitLatency(new UnregisteredMetricsGroup(), table, () -> 0),
                            new SimpleCounter());
            records.forEach(record -> rows.add(table.values().of(record)));
        }

        void write(int until) throws SQLException {
            if (until > at) {
                connection.write(rows.subList(at, until));
                at = until;
            }
        }
    }

    /** A run; it may come back later and goes on with higher revisions. */
    private static final class Run {

        private final long id;
        private final long fromMs;
        private final long model;
        private final boolean overwrites;
        private final int[] revisions = new int[MINUTES];

        private Run(long id, long fromMs, long model, boolean overwrites) {
            this.model = model;
            this.id = id;
            this.fromMs = fromMs;
            this.overwrites = overwrites;
        }

        static Run fresh(long id, long model, Random random) {
            return new Run(
                    id, (1 + random.nextInt(3)) * Bar.MINUTE_MS, model, random.nextInt(4) == 0);
        }

        /** Returns provisional bars, final ones and revisions of some minutes, in order of time. */
        List<Bar> bars(Random random) {
            List<Bar> bars = new ArrayList<>();
            for (int minute = random.nextInt(MINUTES); minute < MINUTES; minute++) {
                if (random.nextInt(3) == 0) {
                    bars.add(bar(minute, Bar.PROVISIONAL, random));
                }
                for (int times = random.nextInt(3); times >= 0; times--) {
                    bars.add(bar(minute, revisions[minute]++, random));
                }
            }
            return bars;
        }

        private Bar bar(int minute, int revision, Random random) {
            int variant = random.nextInt(3);
            boolean isFinal = revision >= 0;
            BigDecimal price = new BigDecimal("100.50").add(BigDecimal.valueOf(variant));
            BigDecimal quote = random.nextInt(5) == 0 ? null : price;
            return new Bar(
                            "BTCUSDT",
                            (10 + minute) * Bar.MINUTE_MS,
                            price,
                            price,
                            price,
                            price,
                            BigDecimal.ONE,
                            quote,
                            BigDecimal.ZERO.setScale(8),
                            quote,
                            5 + random.nextInt(2),
                            1,
                            2,
                            isFinal,
                            isFinal && random.nextBoolean(),
                            revision)
                    .ofRun(id, fromMs);
        }

        static FeatureVector vector(Bar bar) {
            return new FeatureVector(
                    bar.symbol(),
                    bar.openTimeMs(),
                    RollingFeatures.SCHEMA.version(),
                    bar.revision(),
                    new double[RollingFeatures.SCHEMA.size()],
                    0,
                    BarOrigin.of(bar));
        }

        /** Returns a signal of the run's model, which others share. */
        RegimeSignal signal(Bar bar) {
            return new RegimeSignal(
                            bar.symbol(),
                            bar.openTimeMs(),
                            "m",
                            model,
                            Regime.STABLE_LIQUIDITY,
                            Regime.STABLE_LIQUIDITY,
                            1,
                            0,
                            0,
                            0,
                            Double.NaN,
                            false,
                            false,
                            bar.revision())
                    .withOrigin(BarOrigin.of(bar));
        }
    }

    /** A stored bar of the naive model, which knows numbers and no digests. */
    private record Stored(Bar bar, long confirmedBy, long contestedBy) {

        static void take(Map<Long, Stored> all, Bar bar, boolean overwrites) {
            Stored old = all.get(bar.openTimeMs());
            if (old == null || replaces(bar, old.bar, overwrites)) {
                all.put(bar.openTimeMs(), new Stored(bar, 0, 0));
            } else if (bar.isFinal() && bar.runId() != old.bar.runId()) {
                boolean same = numbers(bar).equals(numbers(old.bar));
                all.put(
                        bar.openTimeMs(),
                        same
                                ? new Stored(old.bar, bar.runId(), without(old.contestedBy, bar))
                                : new Stored(old.bar, without(old.confirmedBy, bar), bar.runId()));
            }
        }

        private static long without(long run, Bar bar) {
            return run == bar.runId() ? 0 : run;
        }

        private static boolean replaces(Bar bar, Bar old, boolean overwrites) {
            if (bar.runId() == old.runId()) {
                return bar.revision() >= old.revision();
            } else if (!old.isFinal() || !bar.isFinal()) {
                return !old.isFinal();
            } else if (knowledge(bar) != knowledge(old)) {
                return knowledge(bar) > knowledge(old);
            } else if (!bar.complete() && bar.tradeCount() != old.tradeCount()) {
                return bar.tradeCount() > old.tradeCount();
            } else if (overwrites) {
                return true;
            } else if (numbers(bar).equals(numbers(old))) {
                return bar.runFromMs() <= old.runFromMs();
            }
            return !bar.complete();
        }

        private static int knowledge(Bar bar) {
            return bar.complete() ? bar.quoteVolume() == null ? 1 : 2 : 0;
        }

        private static List<Object> numbers(Bar bar) {
            return List.of(bar.close(), String.valueOf(bar.quoteVolume()), bar.tradeCount());
        }

        String text() {
            return bar.openTimeMs() / Bar.MINUTE_MS
                    + " "
                    + bar.runId()
                    + " "
                    + bar.revision()
                    + " "
                    + bar.complete()
                    + " "
                    + bar.close().stripTrailingZeros().toPlainString()
                    + " "
                    + bar.tradeCount()
                    + " "
                    + confirmedBy
                    + " "
                    + contestedBy;
        }
    }

    private static List<String> rows(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(result.getString(1));
            }
            return rows;
        }
    }
}
