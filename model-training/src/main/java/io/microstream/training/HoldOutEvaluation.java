package io.microstream.training;

import io.microstream.market.AnomalySignal;
import io.microstream.market.Bar;
import io.microstream.market.FeatureSchema;
import io.microstream.market.FeatureVector;
import io.microstream.market.Regime;
import io.microstream.market.RegimeSignal;
import io.microstream.models.AnomalyScorer;
import io.microstream.models.ModelArtifact;
import io.microstream.models.RegimeFilterState;
import io.microstream.models.RegimeScorer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Plays the held-out rows of a symbol through {@link RegimeScorer} and {@link AnomalyScorer}, bar
 * by bar as the job does, and looks at what came after each bar.
 */
final class HoldOutEvaluation {

    /** Minutes after a row over which realised volatility is taken. */
    static final int FORWARD_MINUTES = 15;

    private static final int MOMENTUM = FeatureSchema.CURRENT.indexOf(FeatureSchema.MOMENTUM);
    private static final int REGIMES = Regime.values().length;

    private final SymbolHistory history;
    private final RegimeScorer regimes;
    private final AnomalyScorer anomalies;
    private final byte[] regime;
    private final byte[] confirmed;
    private final double[] forward;
    private final boolean[] breaks;
    private final boolean[] flagged;
    private int labelled;
    private int scored;
    private int flags;
    private double surprise;

    private HoldOutEvaluation(
            SymbolHistory history, RegimeScorer regimes, AnomalyScorer anomalies, int rows) {
        this.history = history;
        this.regimes = regimes;
        this.anomalies = anomalies;
        regime = new byte[rows];
        confirmed = new byte[rows];
        forward = new double[rows];
        breaks = new boolean[rows];
        flagged = new boolean[rows];
    }

    /**
     * Evaluates; empty if the symbol has no warm row after the cut.
     *
     * @param days UTC days whose widest minutes are looked at beside those of the widest days
     */
    static Optional<HoldOutFigures> of(
            SymbolHistory history,
            ModelArtifact regimeModel,
            ModelArtifact anomalyModel,
            List<LocalDate> days) {
        int first = history.firstRowFrom(history.cutMs());
        HoldOutEvaluation evaluation =
                new HoldOutEvaluation(
                        history,
                        RegimeScorer.open(regimeModel),
                        AnomalyScorer.open(anomalyModel),
                        history.rows() - first);
        evaluation.play(first);
        return evaluation.labelled == 0
                ? Optional.empty()
                : Optional.of(evaluation.figures(first, days));
    }

    private void play(int first) {
        RegimeFilterState state = new RegimeFilterState();
        int lastLabelled = -2;
        for (int row = first; row < history.rows(); row++) {
            if (!history.isWarm(row)) {
                continue;
            }
            FeatureVector vector = history.vector(row);
            if (anomalies.score(vector).map(this::count).orElse(false)) {
                flagged[row - first] = true;
            }
            for (RegimeSignal signal : regimes.update(state, vector)) {
                boolean follows = lastLabelled == row - 1 && history.followsItsPredecessor(row);
                label(row, signal, follows);
                lastLabelled = row;
            }
        }
    }

    private boolean count(AnomalySignal signal) {
        scored++;
        flags += signal.isAnomaly() ? 1 : 0;
        return signal.isAnomaly();
    }

    private void label(int row, RegimeSignal signal, boolean follows) {
        regime[labelled] = (byte) signal.regime().ordinal();
        confirmed[labelled] = (byte) signal.confirmedRegime().ordinal();
        forward[labelled] = forwardVolatility(row);
        breaks[labelled] = !follows;
        surprise += signal.surprise();
        labelled++;
    }

    /** √ Σ r² of the minutes after a row, in basis points; NaN unless all are known. */
    private double forwardVolatility(int row) {
        int last = row + FORWARD_MINUTES;
        if (last >= history.rows()
                || history.openTimeMs(last) - history.openTimeMs(row)
                        != FORWARD_MINUTES * Bar.MINUTE_MS) {
            return Double.NaN;
        }
        double sum = 0;
        for (int later = row + 1; later <= last; later++) {
            double r = history.value(later, MOMENTUM);
            sum += r * r;
        }
        return 1e4 * Math.sqrt(sum);
    }

    private HoldOutFigures figures(int first, List<LocalDate> days) {
        int half = labelled / 2;
        WidestDays widest = new WidestDays(history, first, flagged);
        return new HoldOutFigures(
                history.symbol(),
                RegimeFigures.of(regime, forward, 0, labelled),
                RegimeFigures.of(confirmed, forward, 0, labelled),
                RegimeFigures.of(regime, forward, 0, half),
                RegimeFigures.of(regime, forward, half, labelled),
                meanRuns(),
                60.0 * (runs() - 1) / labelled,
                -surprise / labelled,
                scored,
                scored == 0 ? Double.NaN : flags / (double) scored,
                widest.widest(),
                widest.of(days));
    }

    private boolean beginsRun(int i) {
        return i == 0 || breaks[i] || confirmed[i] != confirmed[i - 1];
    }

    private int runs() {
        int runs = 0;
        for (int i = 0; i < labelled; i++) {
            runs += beginsRun(i) ? 1 : 0;
        }
        return runs;
    }

    private List<Double> meanRuns() {
        int[] rows = new int[REGIMES];
        int[] runs = new int[REGIMES];
        for (int i = 0; i < labelled; i++) {
            rows[confirmed[i]]++;
            runs[confirmed[i]] += beginsRun(i) ? 1 : 0;
        }
        List<Double> means = new ArrayList<>();
        for (int k = 0; k < REGIMES; k++) {
            means.add(runs[k] == 0 ? Double.NaN : rows[k] / (double) runs[k]);
        }
        return means;
    }
}
