package io.microstream.job;

import io.microstream.binance.replay.synthesis.SimulatedMarket;
import io.microstream.market.Bar;
import io.microstream.market.FeatureSchema;
import io.microstream.market.FeatureVector;
import io.microstream.market.RollingFeatures;
import io.microstream.models.ModelArtifact;
import io.microstream.models.ModelRole;
import io.microstream.models.features.FeatureExamples;
import io.microstream.models.features.FeatureMatrix;
import io.microstream.models.hmm.GaussianHmmTrainer;
import io.microstream.models.isolation.IsolationForestTrainer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Small models trained on a simulated market, through the same features as the job's. Each seed is
 * another training; each is done once.
 */
public final class TestModels {

    public static final String ANY = ModelUpdate.ANY_SYMBOL;

    private static final List<String> REGIME_INPUTS =
            List.of(FeatureSchema.LOG_VOLATILITY, FeatureSchema.LOG_VOLUME);
    private static final List<String> ANOMALY_INPUTS =
            List.of(
                    FeatureSchema.RANGE_SURGE,
                    FeatureSchema.SCALED_RETURN,
                    FeatureSchema.VOLUME_SURGE);
    private static final int BARS = 1_500;
    private static final Map<Long, ModelArtifact> REGIME = new ConcurrentHashMap<>();
    private static final Map<Long, ModelArtifact> ANOMALY = new ConcurrentHashMap<>();

    private TestModels() {}

    /** Returns a regime and an anomaly model for every symbol, in force from the beginning. */
    public static List<ModelUpdate> general() {
        return List.of(regime(1, ANY, 1, 0), anomaly(1, ANY, 1, 0));
    }

    /** Returns a regime model that is trained with a seed. */
    public static ModelUpdate regime(long seed, String symbol, long version, long effectiveFromMs) {
        ModelArtifact trained = REGIME.computeIfAbsent(seed, TestModels::trainRegime);
        return update(trained, symbol, version, effectiveFromMs);
    }

    /** Returns an anomaly model that is trained with a seed. */
    public static ModelUpdate anomaly(
            long seed, String symbol, long version, long effectiveFromMs) {
        ModelArtifact trained = ANOMALY.computeIfAbsent(seed, TestModels::trainAnomaly);
        return update(trained, symbol, version, effectiveFromMs);
    }

    private static ModelUpdate update(
            ModelArtifact trained, String symbol, long version, long effectiveFromMs) {
        ModelArtifact artifact =
                new ModelArtifact(
                        trained.role(),
                        trained.modelId() + (symbol.equals(ANY) ? "" : "-" + symbol),
                        symbol,
                        version,
                        effectiveFromMs,
                        trained.schema(),
                        trained.inputs(),
                        trained.trainedFromMs(),
                        trained.trainedToMs(),
                        trained.provenance(),
                        trained.model());
        return new ModelUpdate(
                artifact.role().name(),
                artifact.symbol(),
                artifact.modelId(),
                artifact.version(),
                artifact.effectiveFromMs(),
                artifact.toBytes());
    }

    private static ModelArtifact trainRegime(long seed) {
        FeatureMatrix rows = rows(seed, REGIME_INPUTS);
        return ModelArtifact.of(
                GaussianHmmTrainer.withStates(4)
                        .iterations(12, 1e-2)
                        .build()
                        .train(rows, new int[] {rows.rows()})
                        .withSurpriseLimit(rows, new int[] {rows.rows()}, 0.05),
                "hmm-test",
                ANY,
                1,
                0,
                0,
                BARS * Bar.MINUTE_MS,
                "{\"seed\":" + seed + "}");
    }

    private static ModelArtifact trainAnomaly(long seed) {
        return ModelArtifact.of(
                new IsolationForestTrainer(25, 64, 0.3, seed, 1, 0)
                        .train(rows(seed, ANOMALY_INPUTS)),
                "forest-test",
                ANY,
                1,
                0,
                0,
                BARS * Bar.MINUTE_MS,
                "{\"seed\":" + seed + "}");
    }

    private static FeatureMatrix rows(long seed, List<String> inputs) {
        FeatureExamples examples = new FeatureExamples(RollingFeatures.SCHEMA, inputs);
        double[] row = new double[inputs.size()];
        List<double[]> defined = new ArrayList<>();
        for (FeatureVector vector : vectors(seed)) {
            if (examples.read(vector, row)) {
                defined.add(row.clone());
            }
        }
        double[] values = defined.stream().flatMapToDouble(java.util.Arrays::stream).toArray();
        return new FeatureMatrix("simulated seed=" + seed, examples.inputs(), values);
    }

    private static List<FeatureVector> vectors(long seed) {
        SimulatedMarket market = new SimulatedMarket(List.of("TRAINUSDT"), 0, BARS, seed);
        RollingFeatures features = new RollingFeatures("TRAINUSDT");
        List<FeatureVector> vectors = new ArrayList<>();
        for (Iterator<Bar> bars = market.bars("TRAINUSDT"); bars.hasNext(); ) {
            features.update(bars.next(), vectors::add);
        }
        return vectors;
    }

    /** Returns the artefact that an update carries. */
    public static ModelArtifact artifact(ModelUpdate update) {
        return ModelArtifact.read(update.artifact());
    }

    /** Returns whether an update is of the given role. */
    public static boolean is(ModelUpdate update, ModelRole role) {
        return update.role().equals(role.name());
    }
}
