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
 * What both models say of consecutive rows of a symbol, bar by bar as the job plays them: arrays
 * {@code [row − first]}. Rows that are not warm are passed over. 18 bytes a row.
 */
final class PlayedRows {

    /** Stands for a row without a regime. */
    static final byte NONE = -1;

    /** Rows the forest scores at a time. */
    private static final int BLOCK = 1 << 14;

    private final SymbolHistory history;
    private final int first;
    private final byte[] regime;
    private final byte[] confirmed;
    private final double[] surprise;
    private final float[] score;
    private final double threshold;
    private final double surpriseThreshold;

    private PlayedRows(
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

    /** Plays rows {@code first … to − 1} in one go. */
    static PlayedRows of(
            SymbolHistory history, int first, int to, ModelArtifact regime, ModelArtifact anomaly) {
        IsolationForestModel forest = AnomalyScorer.open(anomaly).model();
        RegimeScorer regimes = RegimeScorer.open(regime);
        PlayedRows rows = new PlayedRows(history, first, to, regimes.model(), forest);
        rows.play(first, to, regimes, forest);
        return rows;
    }

    /**
     * Plays each UTC month on its own, several at a time: the filter begins anew on the first of a
     * month, which is forgotten within minutes.
     */
    static PlayedRows byMonth(
            SymbolHistory history,
            int first,
            int to,
            ModelArtifact regime,
            ModelArtifact anomaly,
            int threads) {
        IsolationForestModel forest = AnomalyScorer.open(anomaly).model();
        PlayedRows rows =
                new PlayedRows(history, first, to, RegimeScorer.open(regime).model(), forest);
        List<Integer> begins = begins(history, first, to);
        OrderedTasks.run(
                threads,
                begins.size() - 1,
                i -> {
                    rows.play(begins.get(i), begins.get(i + 1), RegimeScorer.open(regime), forest);
                    return i;
                });
        return rows;
    }

    /** First row of each month, and the end. */
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

    private void play(int from, int to, RegimeScorer regimes, IsolationForestModel forest) {
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

    /** To a float, up or down, but never across the threshold. */
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

    /** Row of the history that index 0 stands for. */
    int first() {
        return first;
    }

    /** How many rows were played. */
    int rows() {
        return regime.length;
    }

    /** Ordinals of the regimes published; {@link #NONE} where there is none. Not to be changed. */
    byte[] regime() {
        return regime;
    }

    /** Ordinals of the confirmed regimes published. Not to be changed. */
    byte[] confirmed() {
        return confirmed;
    }

    /** Surprises, nats; NaN where there is none. Not to be changed. */
    double[] surprise() {
        return surprise;
    }

    /** Anomaly scores; NaN where there is none. Not to be changed. */
    float[] score() {
        return score;
    }

    /** Whether the anomaly model was asked. */
    boolean isScored(int i) {
        return !Float.isNaN(score[i]);
    }

    /** Whether the anomaly model fired. */
    boolean isFlagged(int i) {
        return score[i] > threshold;
    }

    /** Whether a row has a regime. */
    boolean isLabelled(int i) {
        return regime[i] != NONE;
    }

    /** Whether the regime model called a row surprising. */
    boolean isSurprising(int i) {
        return surprise[i] > surpriseThreshold;
    }

    long openTimeMs(int i) {
        return history.openTimeMs(first + i);
    }

    /** Whether a row has a regime and does not follow the minute before, or that one has none. */
    boolean begins(int i) {
        return i == 0 || regime[i - 1] == NONE || !history.followsItsPredecessor(first + i);
    }

    /** How many rows have a regime. */
    int labelled() {
        int count = 0;
        for (byte label : regime) {
            count += label == NONE ? 0 : 1;
        }
        return count;
    }
}
