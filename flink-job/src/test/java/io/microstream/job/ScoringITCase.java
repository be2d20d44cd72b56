package io.microstream.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.archive.ArchiveFile;
import io.microstream.binance.replay.synthesis.SimulatedMarket;
import io.microstream.job.config.PipelineConfig;
import io.microstream.job.features.BarHistory;
import io.microstream.market.AnomalySignal;
import io.microstream.market.Bar;
import io.microstream.market.FeatureSchema;
import io.microstream.market.FeatureVector;
import io.microstream.market.RegimeSignal;
import io.microstream.market.RollingFeatures;
import io.microstream.models.AnomalyScorer;
import io.microstream.models.ModelRole;
import io.microstream.models.RegimeFilterState;
import io.microstream.models.RegimeScorer;
import io.microstream.tables.Tables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares features and scores of the whole job with those of the same classes used offline. */
class ScoringITCase {

    private static final String ALPHA = MarketFiles.SYMBOLS.get(0);

    @TempDir private static Path flawedFolder;
    @TempDir private static Path cleanFolder;
    @TempDir private static Path halfFolder;

    private static LocalCluster cluster;
    private static List<ArchiveFile> flawed;
    private static List<ArchiveFile> clean;

    @BeforeAll
    static void startCluster() throws Exception {
        cluster = LocalCluster.start();
        flawed = MarketFiles.inspect(MarketFiles.flawed(flawedFolder));
        clean = MarketFiles.inspect(MarketFiles.clean(cleanFolder));
    }

    @AfterAll
    static void stopCluster() throws Exception {
        cluster.close();
    }

    @Test
    void vectorsAndScoresEqualOfflineOnesBitForBit() throws Exception {
        List<ModelUpdate> models = TestModels.general();
        CollectingSinks sinks = run(2, TestSources.of(flawed, models));
        List<FeatureVector> vectors = new ArrayList<>();
        bySymbol(sinks).values().forEach(bars -> vectors.addAll(offlineVectors(bars)));
        assertThat(sinks.rows(Tables.FEATURES)).isEqualTo(vectors);
        assertThat(sinks.rows(Tables.REGIMES))
                .isEqualTo(offlineRegimes(vectors, models))
                .hasSizeGreaterThan(300);
        assertThat(sinks.rows(Tables.ANOMALIES))
                .isEqualTo(offlineAnomalies(vectors, models))
                .hasSizeGreaterThan(300);
        assertThat(sinks.rows(Tables.ANOMALIES))
                .anyMatch(AnomalySignal::isAnomaly)
                .anyMatch(signal -> !signal.isAnomaly())
                .anyMatch(signal -> signal.barRevision() > 0);
    }

    @Test
    void aModelScoresExactlyFromItsEffectiveTimeOn() throws Exception {
        long from = MarketFiles.startMs(ALPHA) + 60 * Bar.MINUTE_MS;
        long takeover = MarketFiles.startMs(ALPHA) + 140 * Bar.MINUTE_MS;
        List<ModelUpdate> models =
                new ArrayList<>(
                        List.of(
                                TestModels.regime(1, TestModels.ANY, 1, from),
                                TestModels.anomaly(1, TestModels.ANY, 1, from),
                                TestModels.regime(2, TestModels.ANY, 2, takeover),
                                TestModels.anomaly(2, TestModels.ANY, 2, takeover)));
        CollectingSinks first = run(1, TestSources.of(flawed, models));
        for (RegimeSignal signal : first.rows(Tables.REGIMES)) {
            assertThat(signal.openTimeMs()).isGreaterThanOrEqualTo(from);
            assertThat(signal.modelVersion()).isEqualTo(signal.openTimeMs() < takeover ? 1 : 2);
        }
        for (AnomalySignal signal : first.rows(Tables.ANOMALIES)) {
            assertThat(signal.openTimeMs()).isGreaterThanOrEqualTo(from);
            assertThat(signal.modelVersion()).isEqualTo(signal.openTimeMs() < takeover ? 1 : 2);
        }
        List<FeatureVector> vectors = first.rows(Tables.FEATURES);
        assertThat(first.rows(Tables.REGIMES))
                .isEqualTo(offlineRegimes(vectors, models))
                .extracting(RegimeSignal::openTimeMs)
                .contains(from, takeover - Bar.MINUTE_MS, takeover);
        assertThat(first.rows(Tables.ANOMALIES)).isEqualTo(offlineAnomalies(vectors, models));

        for (int seed = 0; seed < 3; seed++) {
            Collections.shuffle(models, new Random(seed));
            CollectingSinks again = run(1 + seed, TestSources.of(flawed, models));
            assertThat(again.tables()).isEqualTo(first.tables());
        }
    }

    @Test
    void aModelOfTheSymbolOutranksOneOfAllSymbols() throws Exception {
        List<ModelUpdate> models =
                List.of(
                        TestModels.anomaly(1, TestModels.ANY, 5, 0),
                        TestModels.anomaly(2, ALPHA, 1, 0),
                        TestModels.regime(1, TestModels.ANY, 5, 0),
                        TestModels.regime(2, ALPHA, 1, 0));
        CollectingSinks sinks = run(2, TestSources.of(clean, models));
        List<FeatureVector> vectors = sinks.rows(Tables.FEATURES);
        assertThat(sinks.rows(Tables.ANOMALIES))
                .isEqualTo(offlineAnomalies(vectors, models))
                .allMatch(
                        s ->
                                s.modelId().equals("forest-test-" + ALPHA)
                                        == s.symbol().equals(ALPHA));
        assertThat(sinks.rows(Tables.REGIMES))
                .isEqualTo(offlineRegimes(vectors, models))
                .allMatch(s -> s.modelId().equals("hmm-test-" + ALPHA) == s.symbol().equals(ALPHA));
    }

    /** No row of the first half may depend on the second. */
    @Test
    void theFirstHalfAloneGivesTheSameRows() throws Exception {
        CollectingSinks whole = run(2, TestSources.of(clean, TestModels.general()));
        for (ArchiveFile file : clean) {
            List<String> lines = Files.readAllLines(Path.of(file.path()));
            Files.write(
                    halfFolder.resolve(Path.of(file.path()).getFileName()),
                    lines.subList(0, lines.size() / 2));
        }
        // ALPHA has two files; only the first of them is cut in the middle of the input.
        Files.delete(halfFolder.resolve(ALPHA + "-aggTrades-2026-01-02.csv"));
        CollectingSinks half =
                run(1, TestSources.of(MarketFiles.inspect(halfFolder), TestModels.general()));

        Map<String, Long> newest =
                half.rows(Tables.BARS).stream()
                        .collect(
                                Collectors.toMap(
                                        Bar::symbol, Bar::openTimeMs, Math::max, TreeMap::new));
        assertThat(newest).hasSize(3);
        for (String table :
                List.of(
                        Tables.BARS.name(),
                        Tables.FEATURES.name(),
                        Tables.REGIMES.name(),
                        Tables.ANOMALIES.name())) {
            Map<String, String> expected = before(newest, whole.table(table));
            assertThat(before(newest, half.table(table))).as(table).isEqualTo(expected);
            assertThat(expected).as(table).hasSizeGreaterThan(60);
        }
    }

    @Test
    void withoutHistoryTheTwentyFirstBarIsTheFirstScored() throws Exception {
        CollectingSinks sinks = run(1, TestSources.of(clean, TestModels.general()));
        for (String symbol : MarketFiles.SYMBOLS) {
            long start = MarketFiles.startMs(symbol);
            assertThat(firstAnomaly(sinks, symbol)).isEqualTo(start + 20 * Bar.MINUTE_MS);
            assertThat(firstRegime(sinks, symbol)).isEqualTo(start + 20 * Bar.MINUTE_MS);
        }
    }

    @Test
    void withHistoryTheFirstBarIsScored() throws Exception {
        CollectingSinks sinks =
                run(2, TestSources.of(clean, TestModels.general()).history(new DaysBefore()));
        for (String symbol : MarketFiles.SYMBOLS) {
            long start = MarketFiles.startMs(symbol);
            assertThat(firstAnomaly(sinks, symbol)).isEqualTo(start);
            assertThat(firstRegime(sinks, symbol)).isEqualTo(start);
            FeatureVector first =
                    sinks.rows(Tables.FEATURES).stream()
                            .filter(vector -> vector.symbol().equals(symbol))
                            .findFirst()
                            .orElseThrow();
            assertThat(first.openTimeMs()).isEqualTo(start);
            assertThat(first.values()).doesNotContain(Double.NaN);
            assertThat(first.value(RollingFeatures.SCHEMA, FeatureSchema.BASELINE_BARS))
                    .isEqualTo(DaysBefore.MINUTES);
        }
        assertThat(sinks.rows(Tables.REGIMES))
                .noneMatch(signal -> signal.barRevision() == FeatureVector.HISTORY)
                .isEqualTo(warmRegimes(sinks));
    }

    /** Returns two days of klines before the feed. */
    private record DaysBefore() implements BarHistory {

        static final int MINUTES = 2_880;

        @Override
        public List<Bar> before(String symbol, long openTimeMs, int bars) {
            SimulatedMarket market =
                    new SimulatedMarket(
                            List.of(symbol), openTimeMs - MINUTES * Bar.MINUTE_MS, MINUTES, 3);
            List<Bar> before = new ArrayList<>();
            for (Iterator<Bar> all = market.bars(symbol); all.hasNext(); ) {
                before.add(all.next());
            }
            return before;
        }
    }

    private static List<RegimeSignal> warmRegimes(CollectingSinks sinks) {
        RegimeScorer scorer =
                RegimeScorer.open(TestModels.artifact(TestModels.regime(1, TestModels.ANY, 1, 0)));
        List<RegimeSignal> signals = new ArrayList<>();
        bySymbol(sinks)
                .forEach(
                        (symbol, bars) -> {
                            List<Bar> all =
                                    new ArrayList<>(
                                            new DaysBefore()
                                                    .before(symbol, bars.get(0).openTimeMs(), 0));
                            all.addAll(bars);
                            List<FeatureVector> vectors = offlineVectors(all);
                            RegimeFilterState state = new RegimeFilterState();
                            vectors.subList(DaysBefore.MINUTES - 240, vectors.size())
                                    .forEach(v -> signals.addAll(scorer.update(state, v)));
                        });
        return signals.stream()
                .filter(s -> s.openTimeMs() >= MarketFiles.startMs(s.symbol()))
                .toList();
    }

    private static long firstAnomaly(CollectingSinks sinks, String symbol) {
        return sinks.rows(Tables.ANOMALIES).stream()
                .filter(signal -> signal.symbol().equals(symbol))
                .mapToLong(AnomalySignal::openTimeMs)
                .min()
                .orElseThrow();
    }

    private static long firstRegime(CollectingSinks sinks, String symbol) {
        return sinks.rows(Tables.REGIMES).stream()
                .filter(signal -> signal.symbol().equals(symbol))
                .mapToLong(RegimeSignal::openTimeMs)
                .min()
                .orElseThrow();
    }

    /** Returns the rows of bars that open before the newest of their symbol. */
    private static Map<String, String> before(Map<String, Long> newest, Map<String, String> rows) {
        Map<String, String> kept = new LinkedHashMap<>();
        rows.forEach(
                (key, row) -> {
                    String[] parts = key.split(" +");
                    if (Long.parseLong(parts[1]) < newest.get(parts[0])) {
                        kept.put(key, row);
                    }
                });
        return kept;
    }

    private static Map<String, List<Bar>> bySymbol(CollectingSinks sinks) {
        return sinks.rows(Tables.BARS).stream()
                .collect(Collectors.groupingBy(Bar::symbol, TreeMap::new, Collectors.toList()));
    }

    private static List<FeatureVector> offlineVectors(List<Bar> bars) {
        RollingFeatures features = new RollingFeatures(bars.get(0).symbol());
        List<FeatureVector> vectors = new ArrayList<>();
        bars.forEach(bar -> features.update(bar, vectors::add));
        return vectors;
    }

    private static List<AnomalySignal> offlineAnomalies(
            List<FeatureVector> vectors, List<ModelUpdate> models) {
        Map<ModelUpdate, AnomalyScorer> scorers = new LinkedHashMap<>();
        List<AnomalySignal> signals = new ArrayList<>();
        for (FeatureVector vector : vectors) {
            ModelUpdate model = inForce(models, ModelRole.ANOMALY, vector);
            if (model != null) {
                scorers.computeIfAbsent(model, m -> AnomalyScorer.open(TestModels.artifact(m)))
                        .score(vector)
                        .ifPresent(signals::add);
            }
        }
        return signals;
    }

    private static List<RegimeSignal> offlineRegimes(
            List<FeatureVector> vectors, List<ModelUpdate> models) {
        Map<ModelUpdate, RegimeScorer> scorers = new LinkedHashMap<>();
        Map<String, RegimeFilterState> states = new LinkedHashMap<>();
        List<RegimeSignal> signals = new ArrayList<>();
        for (FeatureVector vector : vectors) {
            ModelUpdate model = inForce(models, ModelRole.REGIME, vector);
            if (model != null) {
                signals.addAll(
                        scorers.computeIfAbsent(
                                        model, m -> RegimeScorer.open(TestModels.artifact(m)))
                                .update(
                                        states.computeIfAbsent(
                                                vector.symbol(), s -> new RegimeFilterState()),
                                        vector));
            }
        }
        return signals;
    }

    /** Returns the model in force by the rule that ModelUpdate states, written another way. */
    private static ModelUpdate inForce(
            List<ModelUpdate> models, ModelRole role, FeatureVector vector) {
        List<ModelUpdate> fit =
                models.stream()
                        .filter(model -> TestModels.is(model, role))
                        .filter(model -> model.effectiveFromMs() <= vector.openTimeMs())
                        .sorted((a, b) -> Long.compare(b.version(), a.version()))
                        .toList();
        return fit.stream()
                .filter(model -> model.symbol().equals(vector.symbol()))
                .findFirst()
                .or(() -> fit.stream().filter(m -> m.symbol().equals(TestModels.ANY)).findFirst())
                .orElse(null);
    }

    private static CollectingSinks run(int parallelism, TestSources sources) throws Exception {
        CollectingSinks sinks = CollectingSinks.collecting();
        StreamExecutionEnvironment env = LocalCluster.environment();
        MarketJob.define(env, PipelineConfig.bounded(parallelism), sources, sinks);
        cluster.run(env);
        return sinks;
    }
}
