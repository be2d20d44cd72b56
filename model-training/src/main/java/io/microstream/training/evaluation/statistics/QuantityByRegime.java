package io.microstream.training.evaluation.statistics;

import io.microstream.market.Regime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The distribution of a quantity in each regime, with intervals by the {@link StationaryBootstrap}.
 *
 * @param name what it is
 * @param unit basis points, base asset, …
 * @param regimes one for each
 * @param stableToVolatile factor of the medians of HIGH_VOLATILITY and STABLE_LIQUIDITY
 * @param volatileToCrisis factor of the medians of LIQUIDITY_CRISIS and HIGH_VOLATILITY
 */
public record QuantityByRegime(
        String name,
        String unit,
        List<RegimeQuantity> regimes,
        ConfidenceBounds stableToVolatile,
        ConfidenceBounds volatileToCrisis) {

    private static final int REGIMES = Regime.values().length;

    public QuantityByRegime {
        regimes = List.copyOf(regimes);
    }

    /**
     * Measures the quantity in each regime.
     *
     * @param values of each minute; NaN where there is none
     * @param labels ordinal of the regime of each minute; negative where there is none
     * @param hours hour of each minute in {@code bootstrap}
     */
    public static QuantityByRegime of(
            String name,
            String unit,
            double[] values,
            byte[] labels,
            int[] hours,
            StationaryBootstrap bootstrap) {
        List<RegimeQuantity> regimes = new ArrayList<>();
        double[][] medians = new double[REGIMES][];
        for (int regime = 0; regime < REGIMES; regime++) {
            Sample sample = Sample.of(values, labels, regime, hours);
            medians[regime] = sample.medians(bootstrap);
            regimes.add(sample.quantity(bootstrap, medians[regime]));
        }
        return new QuantityByRegime(
                name,
                unit,
                regimes,
                rise(regimes, medians, Regime.STABLE_LIQUIDITY, Regime.HIGH_VOLATILITY),
                rise(regimes, medians, Regime.HIGH_VOLATILITY, Regime.LIQUIDITY_CRISIS));
    }

    private static ConfidenceBounds rise(
            List<RegimeQuantity> regimes, double[][] medians, Regime from, Regime to) {
        int a = from.ordinal();
        int b = to.ordinal();
        double[] ratios =
                IntStream.range(0, medians[a].length)
                        .mapToDouble(i -> medians[b][i] / medians[a][i])
                        .toArray();
        return StationaryBootstrap.interval(
                regimes.get(b).median().value() / regimes.get(a).median().value(), ratios);
    }

    /** The values of one regime in ascending order, and the hour of each. */
    private record Sample(double[] sorted, int[] hours, double[] sums, int[] counts) {

        static Sample of(double[] values, byte[] labels, int regime, int[] hours) {
            int[] rows =
                    IntStream.range(0, values.length)
                            .filter(row -> labels[row] == regime && !Double.isNaN(values[row]))
                            .boxed()
                            .sorted(Comparator.comparingDouble(row -> values[row]))
                            .mapToInt(Integer::intValue)
                            .toArray();
            double[] sorted = IntStream.of(rows).mapToDouble(row -> values[row]).toArray();
            int[] own = IntStream.of(rows).map(row -> hours[row]).toArray();
            int last = IntStream.of(own).max().orElse(-1);
            double[] sums = new double[last + 1];
            int[] counts = new int[last + 1];
            for (int i = 0; i < own.length; i++) {
                sums[own[i]] += sorted[i];
                counts[own[i]]++;
            }
            return new Sample(sorted, own, sums, counts);
        }

        RegimeQuantity quantity(StationaryBootstrap bootstrap, double[] medians) {
            double mean =
                    sorted.length == 0 ? Double.NaN : DoubleStream.of(sums).sum() / sorted.length;
            return new RegimeQuantity(
                    sorted.length,
                    bootstrap.interval(mean, drawn -> HourlyMeans.mean(sums, counts, drawn)),
                    StationaryBootstrap.interval(Quantiles.ofSorted(sorted, .5), medians),
                    Quantiles.ofSorted(sorted, .05),
                    Quantiles.ofSorted(sorted, .25),
                    Quantiles.ofSorted(sorted, .75),
                    Quantiles.ofSorted(sorted, .95));
        }

        /**
         * Returns the medians of all replicates: the value at which half of the weight is reached.
         */
        double[] medians(StationaryBootstrap bootstrap) {
            return IntStream.range(0, StationaryBootstrap.REPLICATES)
                    .mapToDouble(i -> median(bootstrap.replicate(i)))
                    .toArray();
        }

        private double median(short[] drawn) {
            long total = 0;
            for (int hour = 0; hour < counts.length; hour++) {
                total += (long) drawn[hour] * counts[hour];
            }
            long half = 0;
            for (int i = 0; i < sorted.length; i++) {
                half += 2L * drawn[hours[i]];
                if (half >= total && total > 0) {
                    return sorted[i];
                }
            }
            return Double.NaN;
        }
    }
}
