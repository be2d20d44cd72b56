package io.microstream.training.evaluation.statistics;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;

/**
 * Measures how far the distribution of a feature has moved from the training rows to the hold-out.
 *
 * @param feature its name
 * @param usedBy which model reads it: {@code regime}, {@code anomaly} or {@code -}
 * @param trainingRows with a value
 * @param holdOutRows with a value
 * @param psi see {@link StabilityIndex}
 * @param band see {@link StabilityIndex#band}
 * @param bins behind it
 * @param ks statistic D of Kolmogorov and Smirnov for two samples: the largest distance between the
 *     two distribution functions, in [0, 1]
 * @param trainingShares smoothed shares of the training rows in the bins
 * @param holdOutShares of the hold-out
 * @param psiByMonth the index of each month of the hold-out
 */
public record FeatureDrift(
        String feature,
        String usedBy,
        int trainingRows,
        int holdOutRows,
        double psi,
        String band,
        int bins,
        double ks,
        List<Double> trainingShares,
        List<Double> holdOutShares,
        List<Double> psiByMonth) {

    /**
     * Measures the drift of a feature.
     *
     * @param training values without NaN; is sorted
     * @param months values of each month of the hold-out, without NaN
     */
    public static FeatureDrift of(
            String feature, String usedBy, double[] training, List<double[]> months) {
        double[] holdOut = months.stream().flatMapToDouble(Arrays::stream).toArray();
        if (training.length < 2 || holdOut.length < 2) {
            return new FeatureDrift(
                    feature,
                    usedBy,
                    training.length,
                    holdOut.length,
                    Double.NaN,
                    StabilityIndex.band(Double.NaN),
                    0,
                    Double.NaN,
                    List.of(),
                    List.of(),
                    months.stream().map(month -> Double.NaN).toList());
        }
        Arrays.sort(training);
        StabilityIndex index = new StabilityIndex(training);
        double psi = index.of(holdOut);
        return new FeatureDrift(
                feature,
                usedBy,
                training.length,
                holdOut.length,
                psi,
                StabilityIndex.band(psi),
                index.bins(),
                new KolmogorovSmirnovTest().kolmogorovSmirnovStatistic(training, holdOut),
                list(index.expected()),
                list(index.shares(holdOut)),
                months.stream().map(index::of).toList());
    }

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
