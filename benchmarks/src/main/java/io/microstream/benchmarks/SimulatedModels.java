package io.microstream.benchmarks;

import io.microstream.market.FeatureSchema;
import io.microstream.market.FeatureVector;
import io.microstream.market.RollingFeatures;
import io.microstream.models.features.FeatureExamples;
import io.microstream.models.features.FeatureMatrix;
import io.microstream.models.hmm.GaussianHmmModel;
import io.microstream.models.hmm.GaussianHmmTrainer;
import io.microstream.models.isolation.IsolationForestModel;
import io.microstream.models.isolation.IsolationForestTrainer;
import java.util.List;

/** Models of the sizes and inputs that travel with the program, trained on a simulated market. */
final class SimulatedModels {

    private static final List<String> ANOMALY_INPUTS =
            List.of(
                    FeatureSchema.SCALED_RETURN,
                    FeatureSchema.RANGE_SURGE,
                    FeatureSchema.VOLUME_SURGE);
    private static final List<String> REGIME_INPUTS = List.of(FeatureSchema.LOG_VOLATILITY);

    private SimulatedModels() {}

    /** Trains a forest of 100 trees of 256 rows each. */
    static IsolationForestModel forest(FeatureVector[] vectors) {
        return new IsolationForestTrainer(100, 256, 0.01, 1, 1, Simulation.START_MS)
                .train(rows(ANOMALY_INPUTS, vectors));
    }

    static GaussianHmmModel hmm(FeatureVector[] vectors, int states) {
        FeatureMatrix rows = rows(REGIME_INPUTS, vectors);
        return GaussianHmmTrainer.withStates(states)
                .iterations(20, 1)
                .timeMs(Simulation.START_MS)
                .build()
                .train(rows, new int[] {rows.rows()});
    }

    /** Returns the values of a model's inputs in a vector, in the order of the model's arrays. */
    static double[][] inputs(List<String> names, FeatureVector[] vectors) {
        FeatureExamples examples = new FeatureExamples(RollingFeatures.SCHEMA, names);
        double[][] inputs = new double[vectors.length][names.size()];
        for (int i = 0; i < vectors.length; i++) {
            if (!examples.read(vectors[i], inputs[i])) {
                throw new IllegalStateException("Feature not defined: vector=" + vectors[i]);
            }
        }
        return inputs;
    }

    private static FeatureMatrix rows(List<String> names, FeatureVector[] vectors) {
        List<String> sorted = names.stream().sorted().toList();
        double[] values = new double[vectors.length * sorted.size()];
        double[][] inputs = inputs(sorted, vectors);
        for (int i = 0; i < inputs.length; i++) {
            System.arraycopy(inputs[i], 0, values, i * sorted.size(), sorted.size());
        }
        return new FeatureMatrix("simulated market", sorted, values);
    }
}
