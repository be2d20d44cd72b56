package io.microstream.training.evaluation;

import io.microstream.market.Regime;
import io.microstream.models.ModelArtifact;
import io.microstream.training.history.SymbolHistory;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Computes the figures that requirements are checked against: rows run through the job's scorers,
 * and what the market did after each bar.
 */
public final class HoldOutEvaluation {

    private static final int REGIMES = Regime.values().length;

    private final ScoredRows rows;
    private final byte[] regime;
    private final byte[] confirmed;
    private final double[] forward;
    private final boolean[] breaks;
    private double surprise;

    private HoldOutEvaluation(ScoredRows rows) {
        this.rows = rows;
        int labelled = rows.labelled();
        regime = new byte[labelled];
        confirmed = new byte[labelled];
        forward = new double[labelled];
        breaks = new boolean[labelled];
        compact();
    }

    /**
     * Evaluates all rows after the cut and returns their figures; empty if the symbol has no warm
     * row there.
     *
     * @param days UTC days whose widest minutes are listed in addition to those of the widest days
     */
    public static Optional<HoldOutFigures> of(
            SymbolHistory history,
            ModelArtifact regimeModel,
            ModelArtifact anomalyModel,
            List<LocalDate> days) {
        int first = history.firstRowFrom(history.cutMs());
        return of(ScoredRows.of(history, first, history.rows(), regimeModel, anomalyModel), days);
    }

    /** Evaluates rows already scored up to the end of the history; empty if none has a regime. */
    public static Optional<HoldOutFigures> of(ScoredRows rows, List<LocalDate> days) {
        return rows.labelled() == 0
                ? Optional.empty()
                : Optional.of(new HoldOutEvaluation(rows).figures(days));
    }

    private void compact() {
        double[] after =
                ForwardVolatility.of(rows.history(), rows.first(), rows.first() + rows.rows());
        int labelled = 0;
        for (int i = 0; i < rows.rows(); i++) {
            if (rows.regime()[i] != ScoredRows.NONE) {
                regime[labelled] = rows.regime()[i];
                confirmed[labelled] = rows.confirmed()[i];
                forward[labelled] = after[i];
                breaks[labelled] = rows.begins(i);
                surprise += rows.surprise()[i];
                labelled++;
            }
        }
    }

    private HoldOutFigures figures(List<LocalDate> days) {
        int labelled = regime.length;
        int half = labelled / 2;
        int scored = 0;
        int flags = 0;
        boolean[] flagged = new boolean[rows.rows()];
        for (int i = 0; i < flagged.length; i++) {
            flagged[i] = rows.isFlagged(i);
            scored += rows.isScored(i) ? 1 : 0;
            flags += flagged[i] ? 1 : 0;
        }
        WidestDays widest = new WidestDays(rows.history(), rows.first(), flagged);
        return new HoldOutFigures(
                rows.history().symbol(),
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
        for (int i = 0; i < confirmed.length; i++) {
            runs += beginsRun(i) ? 1 : 0;
        }
        return runs;
    }

    private List<Double> meanRuns() {
        int[] minutes = new int[REGIMES];
        int[] runs = new int[REGIMES];
        for (int i = 0; i < confirmed.length; i++) {
            minutes[confirmed[i]]++;
            runs[confirmed[i]] += beginsRun(i) ? 1 : 0;
        }
        List<Double> means = new ArrayList<>();
        for (int k = 0; k < REGIMES; k++) {
            means.add(runs[k] == 0 ? Double.NaN : minutes[k] / (double) runs[k]);
        }
        return means;
    }
}
