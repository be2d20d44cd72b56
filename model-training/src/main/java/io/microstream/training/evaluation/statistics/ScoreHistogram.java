package io.microstream.training.evaluation.statistics;

import java.util.ArrayList;
import java.util.List;

/**
 * Histogram of the anomaly scores of training rows and hold-out, in the same bins of width {@value
 * #WIDTH}.
 *
 * @param threshold score above which a minute is flagged
 * @param trainingRows scored
 * @param holdOutRows scored
 * @param from lower edge of each bin, inclusive
 * @param training share of the training rows in each bin
 * @param holdOut share of the hold-out
 */
public record ScoreHistogram(
        double threshold,
        int trainingRows,
        int holdOutRows,
        List<Double> from,
        List<Double> training,
        List<Double> holdOut) {

    /** Width of a bin of scores. */
    public static final double WIDTH = 0.01;

    private static final int BINS = 100;

    /** Counts scores in (0, 1]; NaN values are ignored. */
    public static ScoreHistogram of(double threshold, float[] training, float[] holdOut) {
        int[] a = counts(training);
        int[] b = counts(holdOut);
        int first = 0;
        while (first < BINS - 1 && a[first] + b[first] == 0) {
            first++;
        }
        int last = BINS - 1;
        while (last > first && a[last] + b[last] == 0) {
            last--;
        }
        List<Double> from = new ArrayList<>();
        List<Double> ofTraining = new ArrayList<>();
        List<Double> ofHoldOut = new ArrayList<>();
        for (int bin = first; bin <= last; bin++) {
            from.add(bin / (double) BINS);
            ofTraining.add(a[bin] / (double) a[BINS]);
            ofHoldOut.add(b[bin] / (double) b[BINS]);
        }
        return new ScoreHistogram(threshold, a[BINS], b[BINS], from, ofTraining, ofHoldOut);
    }

    /** Returns the counts by bin, followed by their sum. */
    private static int[] counts(float[] scores) {
        int[] counts = new int[BINS + 1];
        for (float score : scores) {
            if (!Float.isNaN(score)) {
                counts[Math.min(BINS - 1, (int) (score * BINS))]++;
                counts[BINS]++;
            }
        }
        return counts;
    }
}
