package io.microstream.training.evaluation.statistics;

import java.util.Arrays;

/**
 * The population stability index of later values against reference values.
 *
 * <p>{@code PSI = Σ (a − e) ln(a / e)} over bins between the deciles of the reference, where e and
 * a are the shares of reference and later values in a bin, each smoothed: {@code (count + ε) / (n +
 * ε bins)} with ε = {@value #EPSILON}. Deciles that coincide (a feature that is often exactly 0)
 * make one edge, so such a feature has fewer bins. By convention below .1 is called stable, up to
 * .25 moderate, above it a shift; the index knows no sampling error, so with few values it is never
 * small.
 */
public final class StabilityIndex {

    /** Number of bins, unless deciles coincide. */
    public static final int BINS = 10;

    /** Smoothing constant ε, added to every count. */
    public static final double EPSILON = 0.5;

    /** Index from which a drift is called moderate. */
    public static final double MODERATE = 0.1;

    /** Index from which a drift is called a shift. */
    public static final double SHIFT = 0.25;

    private final double[] edges;
    private final double[] expected;

    /** Derives the bins from reference values in ascending order, at least one. */
    public StabilityIndex(double[] sortedReference) {
        double[] deciles = new double[BINS - 1];
        for (int i = 1; i < BINS; i++) {
            deciles[i - 1] = Quantiles.ofSorted(sortedReference, i / (double) BINS);
        }
        edges = Arrays.stream(deciles).distinct().toArray();
        expected = shares(sortedReference);
    }

    /** Returns the number of bins, after coinciding deciles were merged. */
    public int bins() {
        return edges.length + 1;
    }

    /**
     * Returns the upper edges of all bins but the last; a value on an edge belongs to the bin
     * below.
     */
    public double[] edges() {
        return edges.clone();
    }

    /** Returns the smoothed share of the values in each bin. */
    public double[] shares(double[] values) {
        double[] counts = new double[bins()];
        for (double value : values) {
            int place = Arrays.binarySearch(edges, value);
            counts[place >= 0 ? place : -place - 1]++;
        }
        double total = values.length + EPSILON * bins();
        return Arrays.stream(counts).map(count -> (count + EPSILON) / total).toArray();
    }

    /** Returns the smoothed share of the reference values in each bin. */
    public double[] expected() {
        return expected.clone();
    }

    /** Returns the index of later values, given in any order; NaN without values. */
    public double of(double[] values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] actual = shares(values);
        double sum = 0;
        for (int bin = 0; bin < actual.length; bin++) {
            sum += (actual[bin] - expected[bin]) * StrictMath.log(actual[bin] / expected[bin]);
        }
        return sum;
    }

    /**
     * Returns the conventional name of an index: {@code stable}, {@code moderate} or {@code shift};
     * {@code unknown} if it is NaN.
     */
    public static String band(double index) {
        if (Double.isNaN(index)) {
            return "unknown";
        }
        return index < MODERATE ? "stable" : index <= SHIFT ? "moderate" : "shift";
    }
}
