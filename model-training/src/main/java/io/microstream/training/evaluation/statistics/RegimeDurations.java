package io.microstream.training.evaluation.statistics;

import io.microstream.market.Regime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * RegimeDurations of a regime's unbroken runs, in minutes, beside those that the transition matrix
 * implies.
 *
 * <p>Bins grow with the duration; a count belongs to durations {@code binFrom … binTo}, both
 * inclusive. Runs cut off by a gap, or by either end of the data, count with the length that was
 * seen.
 *
 * @param regime whose runs
 * @param runs how many
 * @param cut how many of them a gap or an end of the data cut off
 * @param mean of all
 * @param median of all
 * @param p90 90th percentile
 * @param longest of all
 * @param modelMean mean stay by the transition matrix
 * @param binFrom shortest duration of each bin
 * @param binTo longest duration of each bin
 * @param counts runs in each bin
 * @param geometric runs expected in each bin if stays were geometric with the model's mean
 * @param chain runs expected in each bin by the chain of latent states itself
 */
public record RegimeDurations(
        Regime regime,
        int runs,
        int cut,
        double mean,
        double median,
        double p90,
        int longest,
        double modelMean,
        List<Integer> binFrom,
        List<Integer> binTo,
        List<Integer> counts,
        List<Double> geometric,
        List<Double> chain) {

    private static final double GROWTH = 1.5;

    /** Shortest axis: bins reach at least this far, whatever durations were observed. */
    private static final int SHORTEST_AXIS = 60;

    /**
     * Counts the runs of a regime by duration.
     *
     * @param runs length of each run
     * @param cut how many of them were cut off
     */
    public static RegimeDurations of(Regime regime, int[] runs, int cut, LumpedChain chain) {
        double[] sorted = Arrays.stream(runs).sorted().asDoubleStream().toArray();
        int longest = sorted.length == 0 ? 0 : (int) sorted[sorted.length - 1];
        double modelMean = chain.meanStay(regime.ordinal());
        List<Integer> from = new ArrayList<>();
        List<Integer> to = new ArrayList<>();
        bins(Math.max(SHORTEST_AXIS, longest), from, to);
        double[] survival = chain.survival(regime.ordinal(), to.get(to.size() - 1));
        List<Integer> counts = new ArrayList<>();
        List<Double> geometric = new ArrayList<>();
        List<Double> phases = new ArrayList<>();
        double stay = 1 - 1 / modelMean;
        for (int bin = 0; bin < from.size(); bin++) {
            int a = from.get(bin);
            int b = to.get(bin);
            counts.add((int) Arrays.stream(runs).filter(run -> run >= a && run <= b).count());
            geometric.add(runs.length * (StrictMath.pow(stay, a - 1) - StrictMath.pow(stay, b)));
            phases.add(runs.length * (survival[a - 1] - survival[b]));
        }
        return new RegimeDurations(
                regime,
                runs.length,
                cut,
                Arrays.stream(runs).average().orElse(Double.NaN),
                Quantiles.ofSorted(sorted, .5),
                Quantiles.ofSorted(sorted, .9),
                longest,
                modelMean,
                from,
                to,
                counts,
                geometric,
                phases);
    }

    private static void bins(int longest, List<Integer> from, List<Integer> to) {
        int first = 1;
        while (first <= longest) {
            int last = Math.max(first, (int) (first * GROWTH));
            from.add(first);
            to.add(last);
            first = last + 1;
        }
    }
}
