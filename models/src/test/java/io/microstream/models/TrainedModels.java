package io.microstream.models;

import io.microstream.market.FeatureSchema;
import io.microstream.market.FeatureVector;
import io.microstream.market.RollingFeatures;
import io.microstream.models.features.FeatureMatrix;
import io.microstream.models.hmm.GaussianHmmModel;
import io.microstream.models.hmm.GaussianHmmTrainer;
import io.microstream.models.isolation.IsolationForestModel;
import io.microstream.models.isolation.IsolationForestTrainer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Small models of a simulated three-regime market, as artefacts by seed. */
final class TrainedModels {

    static final long MINUTE = 60_000;
    static final long T0 = 1_704_067_200_000L;
    static final String[] INPUTS = {FeatureSchema.LOG_VOLATILITY, FeatureSchema.LOG_VOLUME};

    private TrainedModels() {}

    /**
     * Returns rows of log volatility and log volume: three levels with dwell times of about 100
     * rows.
     */
    static double[] rows(int n, long seed) {
        Random random = new Random(seed);
        double[] rows = new double[2 * n];
        int level = 0;
        for (int i = 0; i < n; i++) {
            if (random.nextInt(level == 2 ? 30 : 100) == 0) {
                level = (level + 1 + random.nextInt(2)) % 3;
            }
            rows[2 * i] = level * 1.2 - 1 + 0.4 * random.nextGaussian();
            rows[2 * i + 1] = level * 0.7 - 0.5 + 0.4 * random.nextGaussian();
        }
        return rows;
    }

    static GaussianHmmModel hmm(long seed, int states) {
        FeatureMatrix rows = new FeatureMatrix("levels", List.of(INPUTS), rows(4_000, seed));
        return GaussianHmmTrainer.withStates(states)
                .iterations(30, 1e-2)
                .timeMs(T0)
                .build()
                .train(rows, new int[] {4_000});
    }

    static ModelArtifact regime(long seed, int states) {
        return ModelArtifact.of(
                hmm(seed, states), "hmm-test", "BTCUSDT", 3, T0, T0 - MINUTE, T0, "{\"a\":1}");
    }

    /** Returns a regime model with a limit that one in a hundred of its training rows exceeds. */
    static ModelArtifact calibratedRegime(long seed, int states) {
        FeatureMatrix rows = new FeatureMatrix("levels", List.of(INPUTS), rows(4_000, seed));
        GaussianHmmModel model = hmm(seed, states).withSurpriseLimit(rows, new int[] {4_000}, 0.01);
        return ModelArtifact.of(model, "hmm-test", "BTCUSDT", 3, T0, T0 - MINUTE, T0, "{\"a\":1}");
    }

    static IsolationForestModel forest() {
        FeatureMatrix rows = new FeatureMatrix("levels", List.of(INPUTS), rows(4_000, 1));
        return new IsolationForestTrainer(50, 128, 0.01, 1, 1, T0).train(rows);
    }

    static ModelArtifact anomaly() {
        return ModelArtifact.of(forest(), "if-test", "*", 1, T0, T0 - MINUTE, T0, "{}");
    }

    /** Returns a vector of the current schema in which only the two inputs are defined. */
    static FeatureVector vector(int minute, int revision, double volatility, double volume) {
        double[] values = new double[RollingFeatures.SCHEMA.size()];
        Arrays.fill(values, Double.NaN);
        values[RollingFeatures.SCHEMA.indexOf(INPUTS[0])] = volatility;
        values[RollingFeatures.SCHEMA.indexOf(INPUTS[1])] = volume;
        return new FeatureVector(
                "BTCUSDT",
                T0 + minute * MINUTE,
                RollingFeatures.SCHEMA.version(),
                revision,
                values);
    }
}
