package io.microstream.training.evaluation;

import io.microstream.market.AnomalySignal;
import io.microstream.market.FeatureSchema;
import io.microstream.market.Regime;
import io.microstream.market.RollingFeatures;
import io.microstream.models.AnomalyScorer;
import io.microstream.training.evaluation.statistics.FlagRate;
import io.microstream.training.evaluation.statistics.TopAnomaly;
import io.microstream.training.history.SymbolHistory;
import io.microstream.training.history.TrainingPeriod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Evaluates the anomaly scores and surprises of scored rows. */
final class AnomalyEvaluation {

    /** Maximum number of anomalies that are listed. */
    static final int TOP = 20;

    /** Minimum distance between two listed anomalies, in minutes. */
    static final int APART = 60;

    private static final double BP = 1e4;
    private static final long HOUR_MS = 3_600_000;
    private static final int MOMENTUM = RollingFeatures.SCHEMA.indexOf(FeatureSchema.MOMENTUM);
    private static final int RANGE = RollingFeatures.SCHEMA.indexOf(FeatureSchema.VOLATILITY_PROXY);

    private AnomalyEvaluation() {}

    /** Returns the flag rate of the anomaly model for each month, then for all months together. */
    static List<FlagRate> flagRates(ScoredRows rows, String part, long seed) {
        return rates(rows, part, seed, rows::isScored, rows::isFlagged);
    }

    /**
     * Returns the rate of minutes unlikely under the regime model for each month, then for all
     * months together.
     */
    static List<FlagRate> surpriseRates(ScoredRows rows, String part, long seed) {
        return rates(rows, part, seed, rows::isLabelled, rows::isSurprising);
    }

    private static List<FlagRate> rates(
            ScoredRows rows, String part, long seed, IntPredicate asked, IntPredicate fired) {
        List<FlagRate> rates = new ArrayList<>();
        for (Months.Month month : Months.of(rows)) {
            FlagRate rate = rate(rows, part, month, seed, asked, fired);
            if (rate.scored() > 0) {
                rates.add(rate);
            }
        }
        if (!rates.isEmpty()) {
            Months.Month all = new Months.Month("all", 0, rows.rows());
            rates.add(rate(rows, part, all, seed, asked, fired));
        }
        return rates;
    }

    private static FlagRate rate(
            ScoredRows rows,
            String part,
            Months.Month month,
            long seed,
            IntPredicate asked,
            IntPredicate fired) {
        long begin = rows.openTimeMs(month.from());
        int hours = 1 + (int) ((rows.openTimeMs(month.to() - 1) - begin) / HOUR_MS);
        int[] scored = new int[hours];
        double[] flagged = new double[hours];
        for (int i = month.from(); i < month.to(); i++) {
            int hour = (int) ((rows.openTimeMs(i) - begin) / HOUR_MS);
            scored[hour] += asked.test(i) ? 1 : 0;
            flagged[hour] += fired.test(i) ? 1 : 0;
        }
        return FlagRate.of(part, month.name(), scored, flagged, seed);
    }

    /**
     * Returns the most severe of the flagged minutes, at most one within an hour. They are not
     * ranked by score, which saturates outside the training data.
     */
    static List<TopAnomaly> mostSevere(ScoredRows rows, AnomalyScorer scorer) {
        double[] severity = severity(rows, scorer);
        List<Integer> ranked =
                IntStream.range(0, rows.rows())
                        .filter(rows::isFlagged)
                        .boxed()
                        .sorted(Comparator.comparing((Integer i) -> -severity[i]))
                        .toList();
        List<Integer> taken = new ArrayList<>();
        for (int i : ranked) {
            boolean isApart = taken.stream().allMatch(other -> minutes(rows, i, other) >= APART);
            if (isApart && taken.size() < TOP) {
                taken.add(i);
            }
        }
        return taken.stream().map(i -> anomaly(rows, i, scorer)).toList();
    }

    /** Returns the severity of each flagged row; 0 for all others. */
    private static double[] severity(ScoredRows rows, AnomalyScorer scorer) {
        double[] severity = new double[rows.rows()];
        for (int i = 0; i < severity.length; i++) {
            if (rows.isFlagged(i)) {
                severity[i] = signal(rows, i, scorer).severity();
            }
        }
        return severity;
    }

    private static AnomalySignal signal(ScoredRows rows, int i, AnomalyScorer scorer) {
        return scorer.score(rows.history().vector(rows.first() + i)).orElseThrow();
    }

    private static long minutes(ScoredRows rows, int a, int b) {
        return Math.abs(rows.openTimeMs(a) - rows.openTimeMs(b)) / 60_000;
    }

    private static TopAnomaly anomaly(ScoredRows rows, int i, AnomalyScorer scorer) {
        SymbolHistory history = rows.history();
        int row = rows.first() + i;
        AnomalySignal signal = signal(rows, i, scorer);
        byte regime = rows.regime()[i];
        return new TopAnomaly(
                TrainingPeriod.minute(signal.openTimeMs()),
                BP * history.value(row, MOMENTUM),
                BP * history.value(row, RANGE),
                history.volume(row),
                signal.score(),
                signal.severity(),
                regime == ScoredRows.NONE ? null : Regime.values()[regime],
                scorer.model().inputs().stream().map(signal.attribution()::get).toList());
    }
}
