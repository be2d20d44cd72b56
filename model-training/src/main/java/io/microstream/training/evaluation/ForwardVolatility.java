package io.microstream.training.evaluation;

import io.microstream.market.Bar;
import io.microstream.market.FeatureSchema;
import io.microstream.market.RollingFeatures;
import io.microstream.training.history.SymbolHistory;

/**
 * Realised volatility of the minutes after a bar: the measure of whether a regime was informative.
 */
final class ForwardVolatility {

    /** Length of the window after a row, in minutes, over which volatility is realised. */
    static final int MINUTES = 15;

    private static final int MOMENTUM = RollingFeatures.SCHEMA.indexOf(FeatureSchema.MOMENTUM);

    private ForwardVolatility() {}

    /**
     * Returns √ Σ r² over the minutes after each row, in basis points; NaN unless all of them are
     * known.
     */
    static double[] of(SymbolHistory history, int first, int to) {
        double[] result = new double[to - first];
        for (int row = first; row < to; row++) {
            result[row - first] = after(history, row);
        }
        return result;
    }

    private static double after(SymbolHistory history, int row) {
        int last = row + MINUTES;
        if (last >= history.rows()
                || history.openTimeMs(last) - history.openTimeMs(row) != MINUTES * Bar.MINUTE_MS) {
            return Double.NaN;
        }
        double sum = 0;
        for (int later = row + 1; later <= last; later++) {
            double r = history.value(later, MOMENTUM);
            sum += r * r;
        }
        return 1e4 * Math.sqrt(sum);
    }
}
