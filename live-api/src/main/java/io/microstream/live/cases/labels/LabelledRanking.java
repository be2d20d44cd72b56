package io.microstream.live.cases.labels;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * How well a score puts what is labelled true before what is labelled false.
 *
 * <p>Area under the ROC curve: the share of pairs (true, false) in which the true one has the
 * higher score, equal scores counting one half. Average precision: {@code Σ (recall_k −
 * recall_{k−1}) · precision_k} over the distinct scores from the highest down.
 *
 * @param areaUnderRoc 0 … 1; 0.5 is chance
 * @param averagePrecision above 0, at most 1; chance is the share of true ones
 */
record LabelledRanking(double areaUnderRoc, double averagePrecision) {

    /**
     * The ranking of scores by their labels; null unless there are some of both kinds.
     *
     * @param scores of minutes labelled true or false
     */
    static LabelledRanking of(List<LabelledScore> scores) {
        LabelledScore[] sorted =
                scores.stream()
                        .filter(each -> !Double.isNaN(each.score()))
                        .sorted(Comparator.comparingDouble(LabelledScore::score).reversed())
                        .toArray(LabelledScore[]::new);
        long trues = Arrays.stream(sorted).filter(LabelledRanking::isTrue).count();
        long falses = sorted.length - trues;
        if (trues == 0 || falses == 0) {
            return null;
        }
        double wins = 0;
        double precision = 0;
        long trueAbove = 0;
        long falseAbove = 0;
        for (int from = 0, to; from < sorted.length; from = to) {
            to = from;
            long tiedTrue = 0;
            long tiedFalse = 0;
            while (to < sorted.length && sorted[to].score() == sorted[from].score()) {
                tiedTrue += isTrue(sorted[to]) ? 1 : 0;
                tiedFalse += isTrue(sorted[to]) ? 0 : 1;
                to++;
            }
            wins += tiedTrue * (falses - falseAbove - tiedFalse + tiedFalse / 2.0);
            trueAbove += tiedTrue;
            falseAbove += tiedFalse;
            precision += tiedTrue * (trueAbove / (double) (trueAbove + falseAbove));
        }
        return new LabelledRanking(wins / trues / falses, precision / trues);
    }

    private static boolean isTrue(LabelledScore score) {
        return score.verdict() == Label.Verdict.TRUE;
    }
}
