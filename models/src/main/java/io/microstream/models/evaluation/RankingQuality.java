package io.microstream.models.evaluation;

import java.util.Arrays;

/**
 * Measures how well a score ranks outliers before all other rows.
 *
 * <p><b>Area under the ROC curve</b>: the share of pairs (outlier, other) in which the outlier has
 * the higher score; equal scores count one half (the rank statistic of Mann and Whitney). 0.5 is
 * chance, 1 perfect. It does not depend on how many outliers there are.
 *
 * <p><b>Average precision</b>, the area under the precision-recall curve as scikit-learn's {@code
 * average_precision_score} has it: with the distinct scores as thresholds from the highest down,
 *
 * <pre>AP = Σ (recall_k − recall_{k−1}) · precision_k</pre>
 *
 * so rows of equal score are taken together, whatever their order. Nothing is interpolated; the
 * trapezoid rule over the same points gives slightly other, usually higher figures. Chance is the
 * share of outliers.
 *
 * <p>Both depend on the order of scores only. O(n log n).
 *
 * @param areaUnderRoc 0 … 1
 * @param averagePrecision above 0, at most 1
 */
public record RankingQuality(double areaUnderRoc, double averagePrecision) {

    /**
     * Computes the quality of a ranking.
     *
     * @param scores higher is more anomalous; infinite is allowed
     * @param outlier the truth, for each score
     * @throws IllegalArgumentException if the arrays differ in length, a score is NaN or one of the
     *     two classes is empty
     */
    public static RankingQuality of(double[] scores, boolean[] outlier) {
        check(scores, outlier);
        double[] outliers = sorted(scores, outlier, true);
        double[] others = sorted(scores, outlier, false);
        int o = outliers.length;
        int r = others.length;
        double wins = 0;
        double precision = 0;
        while (o > 0) {
            double threshold = r > 0 ? Math.max(outliers[o - 1], others[r - 1]) : outliers[o - 1];
            int tiedOutliers = tied(outliers, o, threshold);
            int tiedOthers = tied(others, r, threshold);
            wins += tiedOutliers * (r - tiedOthers + tiedOthers / 2.0);
            o -= tiedOutliers;
            r -= tiedOthers;
            double found = outliers.length - o;
            precision += tiedOutliers * (found / (found + others.length - r));
        }
        return new RankingQuality(
                wins / outliers.length / others.length, precision / outliers.length);
    }

    private static void check(double[] scores, boolean[] outlier) {
        if (scores.length != outlier.length) {
            throw new IllegalArgumentException(
                    "Ranking: scores=" + scores.length + " labels=" + outlier.length);
        }
        for (int i = 0; i < scores.length; i++) {
            if (Double.isNaN(scores[i])) {
                throw new IllegalArgumentException("Ranking: score is NaN: row=" + i);
            }
        }
    }

    private static double[] sorted(double[] scores, boolean[] outlier, boolean wanted) {
        double[] result = new double[scores.length];
        int size = 0;
        for (int i = 0; i < scores.length; i++) {
            if (outlier[i] == wanted) {
                result[size++] = scores[i] + 0.0;
            }
        }
        if (size == 0) {
            throw new IllegalArgumentException(
                    "Ranking needs outliers and others: rows="
                            + scores.length
                            + (wanted ? " outliers=0" : " others=0"));
        }
        result = Arrays.copyOf(result, size);
        Arrays.sort(result);
        return result;
    }

    /** Returns how many of the first {@code size} values, which are sorted, equal the threshold. */
    private static int tied(double[] values, int size, double threshold) {
        int first = size;
        while (first > 0 && values[first - 1] == threshold) {
            first--;
        }
        return size - first;
    }
}
