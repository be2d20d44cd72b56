package io.microstream.training.evaluation;

import io.microstream.market.RegimeSignal;
import io.microstream.market.RollingFeatures;
import io.microstream.models.AnomalyScorer;
import io.microstream.models.ModelArtifact;
import io.microstream.models.RegimeFilterState;
import io.microstream.models.RegimeScorer;
import io.microstream.models.features.OrderedTasks;
import io.microstream.models.hmm.GaussianHmmModel;
import io.microstream.models.hmm.SurpriseLimit;
import io.microstream.models.isolation.IsolationForestModel;
import io.microstream.training.history.SymbolHistory;
import io.microstream.training.history.TrainingPeriod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Outputs of both models on consecutive rows of a symbol, scored bar by bar as in the job: arrays
 * {@code [row − first]}. Rows that are not warm are skipped. Memory: 18 bytes a row.
 */
final class ScoredRows {

    /** Marks a row without a regime. */
    static final byte NONE = -1;

    /** Number of rows that the forest scores in one batch. */
    private static final int BLOCK = 1 << 14;

    private final SymbolHistory history;
    private final int first;
    private final byte[] regime;
    private final byte[] confirmed;
    private final double[] surprise;
    private final float[] score;
    private final double threshold;
    private final double surpriseThreshold;

    private ScoredRows(
            SymbolHistory history,
            int first,
            int to,
            GaussianHmmModel regimes,
            IsolationForestModel forest) {
        this.history = history;
        this.first = first;
        threshold = forest.threshold();
        surpriseThreshold =
                regimes.surpriseLimit().map(SurpriseLimit::threshold).orElse(Double.NaN);
        regime = new byte[to - first];
        confirmed = new byte[to - first];
        surprise = new double[to - first];
        score = new float[to - first];
        Arrays.fill(regime, NONE);
        Arrays.fill(confirmed, NONE);
        Arrays.fill(surprise, Double.NaN);
        Arrays.fill(score, Float.NaN);
    }

    /** Scores rows {@code first … to − 1} as one sequence. */
    static ScoredRows of(
            SymbolHistory history, int first, int to, ModelArtifact regime, ModelArtifact anomaly) {
        IsolationForestModel forest = AnomalyScorer.open(anomaly).model();
        RegimeScorer regimes = RegimeScorer.open(regime);
        ScoredRows rows = new ScoredRows(history, first, to, regimes.model(), forest);
        rows.score(first, to, regimes, forest);
        return rows;
    }

    /**
     * Scores each UTC month as a sequence of its own, several in parallel: the filter restarts on
     * the first of a month, which it forgets within minutes.
     */
    static ScoredRows byMonth(
            SymbolHistory history,
            int first,
            int to,
            ModelArtifact regime,
            ModelArtifact anomaly,
            int threads) {
        IsolationForestModel forest = AnomalyScorer.open(anomaly).model();
        ScoredRows rows =
                new ScoredRows(history, first, to, RegimeScorer.open(regime).model(), forest);
        List<Integer> begins = begins(history, first, to);
        OrderedTasks.run(
                threads,
                begins.size() - 1,
                i -> {
                    rows.score(begins.get(i), begins.get(i + 1), RegimeScorer.open(regime), forest);
                    return i;
                });
        return rows;
    }

    /** Returns the first row of each month, and the end. */
    private static List<Integer> begins(SymbolHistory history, int first, int to) {
        List<Integer> begins = new ArrayList<>();
        int month = -1;
        for (int row = first; row < to; row++) {
            int own = TrainingPeriod.month(history.openTimeMs(row));
            if (own != month) {
                begins.add(row);
                month = own;
            }
        }
        begins.add(to);
        return begins;
    }

    private void score(int from, int to, RegimeScorer regimes, IsolationForestModel forest) {
        RegimeFilterState state = new RegimeFilterState();
        for (int row = from; row < to; row++) {
            if (!history.isWarm(row)) {
                continue;
            }
            for (RegimeSignal signal : regimes.update(state, history.vector(row))) {
                regime[row - first] = (byte) signal.regime().ordinal();
                confirmed[row - first] = (byte) signal.confirmedRegime().ordinal();
                surprise[row - first] = signal.surprise();
            }
        }
        for (int row = from; row < to; row += BLOCK) {
            score(row, Math.min(to, row + BLOCK), forest);
        }
    }

    /** Scores the rows of a block that have all inputs. */
    private void score(int from, int to, IsolationForestModel forest) {
        int[] inputs = forest.inputs().stream().mapToInt(RollingFeatures.SCHEMA::indexOf).toArray();
        int[] rows = IntStream.range(from, to).filter(row -> isScorable(row, inputs)).toArray();
        double[] x = new double[rows.length * inputs.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = history.value(rows[i / inputs.length], inputs[i % inputs.length]);
        }
        double[] scores = forest.scores(x, new double[rows.length], 1);
        for (int i = 0; i < rows.length; i++) {
            score[rows[i] - first] = rounded(scores[i]);
        }
    }

    private boolean isScorable(int row, int[] inputs) {
        boolean isDefined = history.isWarm(row);
        for (int input : inputs) {
            isDefined &= !Double.isNaN(history.value(row, input));
        }
        return isDefined;
    }

    /** Rounds a score to float, up or down, but never across the threshold. */
    private float rounded(double exact) {
        float rounded = (float) exact;
        if (exact > threshold == rounded > threshold) {
            return rounded;
        }
        return exact > threshold ? Math.nextUp(rounded) : Math.nextDown(rounded);
    }

    SymbolHistory history() {
        return history;
    }

    /** Returns the row of the history that index 0 stands for. */
    int first() {
        return first;
    }

    /** Returns the number of rows scored. */
    int rows() {
        return regime.length;
    }

    /**
     * Returns the ordinals of the regimes published at each close, {@link #NONE} where there is
     * none; must not be modified.
     */
    byte[] regime() {
        return regime;
    }

    /**
     * Returns the ordinals of the confirmed regimes published, {@link #NONE} where there is none;
     * must not be modified.
     */
    byte[] confirmed() {
        return confirmed;
    }

    /** Returns the surprises in nats, NaN where there is none; must not be modified. */
    double[] surprise() {
        return surprise;
    }

    /** Returns the anomaly scores, NaN where there is none; must not be modified. */
    float[] score() {
        return score;
    }

    /** Returns whether the anomaly model scored the row. */
    boolean isScored(int i) {
        return !Float.isNaN(score[i]);
    }

    /** Returns whether the anomaly model flagged the row. */
    boolean isFlagged(int i) {
        return score[i] > threshold;
    }

    /** Returns whether a row has a regime. */
    boolean isLabelled(int i) {
        return regime[i] != NONE;
    }

    /** Returns whether a row is surprising: unlikely under the regime model, beyond its limit. */
    boolean isSurprising(int i) {
        return surprise[i] > surpriseThreshold;
    }

    long openTimeMs(int i) {
        return history.openTimeMs(first + i);
    }

    /**
     * Returns whether a row begins a sequence: it has a regime, and the minute before is missing or
     * has none.
     */
    boolean begins(int i) {
        return i == 0 || regime[i - 1] == NONE || !history.followsItsPredecessor(first + i);
    }

    /** Returns the number of rows that have a regime. */
    int labelled() {
        int count = 0;
        for (byte label : regime) {
            count += label == NONE ? 0 : 1;
        }
        return count;
    }
}
