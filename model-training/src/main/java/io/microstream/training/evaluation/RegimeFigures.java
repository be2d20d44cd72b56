package io.microstream.training.evaluation;

import io.microstream.market.Regime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Occupancy and forward volatility by regime; lists hold one value for each {@link Regime}, in its
 * order, NaN where a regime does not occur.
 *
 * @param rows labelled
 * @param occupancy shares, which sum to 1
 * @param forwardVolatilityBp median realised volatility of the 15 minutes after a row, in basis
 *     points
 * @param stableToVolatile by which factor it rises from STABLE_LIQUIDITY to HIGH_VOLATILITY
 * @param volatileToCrisis by which factor it rises from there to LIQUIDITY_CRISIS
 */
public record RegimeFigures(
        int rows,
        List<Double> occupancy,
        List<Double> forwardVolatilityBp,
        double stableToVolatile,
        double volatileToCrisis) {

    private static final int REGIMES = Regime.values().length;

    public RegimeFigures {
        occupancy = List.copyOf(occupancy);
        forwardVolatilityBp = List.copyOf(forwardVolatilityBp);
    }

    /**
     * Measures the regimes of rows {@code from … to − 1}.
     *
     * @param labels ordinal of the regime of each row
     * @param forwardVolatility of each row, basis points; NaN where the minutes after it are not
     *     all known
     */
    static RegimeFigures of(byte[] labels, double[] forwardVolatility, int from, int to) {
        List<Double> occupancy = new ArrayList<>();
        List<Double> volatility = new ArrayList<>();
        for (int regime = 0; regime < REGIMES; regime++) {
            double[] own = new double[to - from];
            int known = 0;
            int count = 0;
            for (int row = from; row < to; row++) {
                if (labels[row] == regime) {
                    count++;
                    own[known] = forwardVolatility[row];
                    known += Double.isNaN(forwardVolatility[row]) ? 0 : 1;
                }
            }
            occupancy.add(count / (double) (to - from));
            volatility.add(median(Arrays.copyOf(own, known)));
        }
        return new RegimeFigures(
                to - from,
                occupancy,
                volatility,
                volatility.get(1) / volatility.get(0),
                volatility.get(2) / volatility.get(1));
    }

    static double median(double[] values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    /** Returns the share of rows labelled as crisis. */
    public double crisisOccupancy() {
        return occupancy.get(Regime.LIQUIDITY_CRISIS.ordinal());
    }

    /** Returns the smaller of the two factors; NaN if a regime does not occur. */
    public double smallestRise() {
        return Math.min(stableToVolatile, volatileToCrisis);
    }
}
