package io.microstream.live.cases.labels;

import static io.microstream.live.cases.labels.Label.Verdict.FALSE;
import static io.microstream.live.cases.labels.Label.Verdict.TRUE;
import static io.microstream.live.cases.labels.Label.Verdict.UNCLEAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.microstream.live.cases.labels.Label.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LabelEvaluationTest {

    private static LabelledScore score(Verdict verdict, double score, boolean flagged) {
        return new LabelledScore(
                LabelledScore.Sign.ISOLATION, "iforest", 3, verdict, score, flagged);
    }

    @Test
    void metricsEqualThoseCountedByHand() {
        ModelMetrics figures =
                ModelMetrics.of(
                        List.of(
                                score(TRUE, 0.9, true),
                                score(FALSE, 0.8, true),
                                score(TRUE, 0.7, true),
                                score(UNCLEAR, 0.65, true),
                                score(TRUE, 0.5, false),
                                score(FALSE, 0.4, false)));
        assertThat(figures.labelled()).isEqualTo(6);
        assertThat(figures.labelledTrue()).isEqualTo(3);
        assertThat(figures.labelledFalse()).isEqualTo(2);
        assertThat(figures.unclear()).isEqualTo(1);
        assertThat(figures.flaggedTrue()).isEqualTo(2);
        assertThat(figures.flaggedFalse()).isEqualTo(1);
        assertThat(figures.precision()).isEqualTo(2 / 3.0);
        assertThat(figures.recall()).isEqualTo(2 / 3.0);
        assertThat(figures.areaUnderRoc()).isEqualTo(4 / 6.0);
        assertThat(figures.averagePrecision())
                .isCloseTo((1 + 2 / 3.0 + 3 / 4.0) / 3, within(1e-15));
    }

    @Test
    void metricsAreNullWithoutData() {
        ModelMetrics figures = ModelMetrics.of(List.of(score(TRUE, 0.5, false)));
        assertThat(figures.precision()).isNull();
        assertThat(figures.precisionLow()).isNull();
        assertThat(figures.areaUnderRoc()).isNull();
        assertThat(figures.averagePrecision()).isNull();
        assertThat(figures.recall()).isZero();
        assertThat(ModelMetrics.of(List.of(score(UNCLEAR, 0.5, true))).recall()).isNull();
    }

    /** Newcombe (1998), Statistics in Medicine 17, table I: 81 of 263, 0 of 20, 1 of 29. */
    @Test
    void wilsonsIntervalIsAsPublished() {
        assertInterval(81, 263, 0.2553, 0.3662);
        assertInterval(0, 20, 0, 0.1611);
        assertInterval(1, 29, 0.0061, 0.1718);
        assertInterval(20, 20, 0.8389, 1);
    }

    private static void assertInterval(long successes, long trials, double low, double high) {
        WilsonInterval interval = WilsonInterval.of(successes, trials);
        assertThat(interval.low()).isCloseTo(low, within(5e-5));
        assertThat(interval.high()).isCloseTo(high, within(5e-5));
    }

    @Test
    void rankingEqualsThePairsCountedOneByOne() {
        Random random = new Random(11);
        for (int round = 0; round < 200; round++) {
            List<LabelledScore> scores = new ArrayList<>();
            for (int i = 0; i < 2 + random.nextInt(20); i++) {
                Verdict verdict = i == 0 ? TRUE : i == 1 || random.nextBoolean() ? FALSE : TRUE;
                scores.add(score(verdict, random.nextInt(6) / 10.0, false));
            }
            LabelledRanking ranking = LabelledRanking.of(scores);
            assertThat(ranking.areaUnderRoc()).isCloseTo(pairs(scores), within(1e-12));
            assertThat(ranking.averagePrecision()).isCloseTo(steps(scores), within(1e-12));
        }
    }

    private static double pairs(List<LabelledScore> scores) {
        double wins = 0;
        int pairs = 0;
        for (LabelledScore one : scores) {
            for (LabelledScore other : scores) {
                if (one.verdict() == TRUE && other.verdict() == FALSE) {
                    pairs++;
                    wins += one.score() > other.score() ? 1 : one.score() == other.score() ? .5 : 0;
                }
            }
        }
        return wins / pairs;
    }

    private static double steps(List<LabelledScore> scores) {
        List<Double> thresholds =
                scores.stream()
                        .map(LabelledScore::score)
                        .distinct()
                        .sorted(Comparator.reverseOrder())
                        .toList();
        long trues = scores.stream().filter(s -> s.verdict() == TRUE).count();
        double sum = 0;
        double recallBefore = 0;
        for (double threshold : thresholds) {
            long above = scores.stream().filter(s -> s.score() >= threshold).count();
            long hits =
                    scores.stream()
                            .filter(s -> s.score() >= threshold && s.verdict() == TRUE)
                            .count();
            double recall = hits / (double) trues;
            sum += (recall - recallBefore) * hits / above;
            recallBefore = recall;
        }
        return sum;
    }
}
