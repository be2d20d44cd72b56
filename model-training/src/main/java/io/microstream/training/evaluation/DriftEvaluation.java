package io.microstream.training.evaluation;

import io.microstream.market.FeatureSchema;
import io.microstream.market.RollingFeatures;
import io.microstream.models.features.OrderedTasks;
import io.microstream.training.evaluation.statistics.FeatureDrift;
import io.microstream.training.history.SymbolHistory;
import java.util.List;
import java.util.stream.IntStream;

/** Compares the distribution of each feature between the training rows and the hold-out. */
final class DriftEvaluation {

    private DriftEvaluation() {}

    /**
     * Returns the drift of every feature except the length of the baseline, which only counts bars.
     *
     * @param training rows before the cut
     * @param holdOut rows after it
     */
    static List<FeatureDrift> of(
            ScoredRows training,
            ScoredRows holdOut,
            List<String> regimeInputs,
            List<String> anomalyInputs,
            int threads) {
        List<String> features =
                RollingFeatures.SCHEMA.names().stream()
                        .filter(name -> !name.equals(FeatureSchema.BASELINE_BARS))
                        .toList();
        List<Months.Month> months = Months.of(holdOut);
        return OrderedTasks.run(
                threads,
                features.size(),
                i -> {
                    String name = features.get(i);
                    int feature = RollingFeatures.SCHEMA.indexOf(name);
                    return FeatureDrift.of(
                            name,
                            regimeInputs.contains(name)
                                    ? "regime"
                                    : anomalyInputs.contains(name) ? "anomaly" : "-",
                            values(training, 0, training.rows(), feature),
                            months.stream()
                                    .map(m -> values(holdOut, m.from(), m.to(), feature))
                                    .toList());
                });
    }

    private static double[] values(ScoredRows rows, int from, int to, int feature) {
        SymbolHistory history = rows.history();
        return IntStream.range(rows.first() + from, rows.first() + to)
                .filter(history::isWarm)
                .mapToDouble(row -> history.value(row, feature))
                .filter(value -> !Double.isNaN(value))
                .toArray();
    }
}
