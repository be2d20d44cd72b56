package io.microstream.training.evaluation;

import java.util.List;

/**
 * Figures of the scored rows of one or several symbols, pooled.
 *
 * @param figures by published regime
 * @param logLikelihoodPerBar nats
 * @param flagRate share of the scored rows that were flagged
 */
record JudgedRows(RegimeFigures figures, double logLikelihoodPerBar, double flagRate) {

    static JudgedRows of(List<ScoredRows> played) {
        int labelled = played.stream().mapToInt(ScoredRows::labelled).sum();
        byte[] labels = new byte[labelled];
        double[] forward = new double[labelled];
        double surprise = 0;
        int n = 0;
        int scored = 0;
        int flagged = 0;
        for (ScoredRows rows : played) {
            double[] after =
                    ForwardVolatility.of(rows.history(), rows.first(), rows.first() + rows.rows());
            for (int i = 0; i < rows.rows(); i++) {
                scored += rows.isScored(i) ? 1 : 0;
                flagged += rows.isFlagged(i) ? 1 : 0;
                if (rows.regime()[i] != ScoredRows.NONE) {
                    labels[n] = rows.regime()[i];
                    forward[n] = after[i];
                    surprise += rows.surprise()[i];
                    n++;
                }
            }
        }
        return new JudgedRows(
                RegimeFigures.of(labels, forward, 0, n),
                -surprise / n,
                scored == 0 ? Double.NaN : flagged / (double) scored);
    }
}
