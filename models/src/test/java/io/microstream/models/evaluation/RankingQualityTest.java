package io.microstream.models.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RankingQualityTest {

    private static final boolean[] TWO_OF_FOUR = {false, false, true, true};

    @Test
    void scikitLearnsOwnExampleGivesItsFigures() {
        RankingQuality quality = RankingQuality.of(new double[] {0.1, 0.4, 0.35, 0.8}, TWO_OF_FOUR);
        assertThat(quality.areaUnderRoc()).isEqualTo(0.75);
        assertThat(quality.averagePrecision()).isCloseTo(0.8333333333333333, within(1e-15));
    }

    @Test
    void perfectInvertedAndConstantScoresGiveTheirKnownFigures() {
        RankingQuality perfect = RankingQuality.of(new double[] {1, 2, 3, 4}, TWO_OF_FOUR);
        RankingQuality inverted = RankingQuality.of(new double[] {4, 3, 2, 1}, TWO_OF_FOUR);
        RankingQuality constant = RankingQuality.of(new double[] {7, 7, 7, 7}, TWO_OF_FOUR);
        assertThat(perfect).isEqualTo(new RankingQuality(1, 1));
        assertThat(inverted.areaUnderRoc()).isZero();
        assertThat(inverted.averagePrecision()).isCloseTo((1 / 3.0 + 2 / 4.0) / 2, within(1e-15));
        assertThat(constant).isEqualTo(new RankingQuality(0.5, 0.5));
    }

    @Test
    void rowsOfEqualScoreAreTakenTogetherInAnyOrder() {
        double[] scores = {5, 3, 3, 3, 1};
        RankingQuality first =
                RankingQuality.of(scores, new boolean[] {true, true, false, false, false});
        RankingQuality last =
                RankingQuality.of(scores, new boolean[] {true, false, false, true, false});
        assertThat(first).isEqualTo(last);
        assertThat(first.areaUnderRoc()).isCloseTo((3 + 2) / 6.0, within(1e-15));
        assertThat(first.averagePrecision()).isCloseTo((1 + 2 / 4.0) / 2, within(1e-15));
    }

    @Test
    void zeroEqualsNegativeZeroAndInfinityIsTheHighest() {
        boolean[] outlier = {true, false, true, false};
        double[] signed = {0.0, -0.0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        assertThat(RankingQuality.of(signed, outlier))
                .isEqualTo(RankingQuality.of(new double[] {1, 1, 2, 0}, outlier));
    }

    @Test
    void equalsTheBruteForceOverAllPairsAndThresholds() {
        Random random = new Random(7);
        for (int trial = 0; trial < 500; trial++) {
            int n = 2 + random.nextInt(40);
            int levels = 1 + random.nextInt(12);
            double[] scores = new double[n];
            boolean[] outlier = new boolean[n];
            for (int i = 0; i < n; i++) {
                scores[i] = random.nextInt(levels) / 7.0;
                outlier[i] = random.nextInt(3) == 0;
            }
            outlier[0] = true;
            outlier[1] = false;
            RankingQuality quality = RankingQuality.of(scores, outlier);
            assertThat(quality.areaUnderRoc())
                    .as("trial %d", trial)
                    .isCloseTo(areaOverAllPairs(scores, outlier), within(1e-12));
            assertThat(quality.averagePrecision())
                    .as("trial %d", trial)
                    .isCloseTo(precisionOverAllThresholds(scores, outlier), within(1e-12));
        }
    }

    private static double areaOverAllPairs(double[] scores, boolean[] outlier) {
        double wins = 0;
        double pairs = 0;
        for (int i = 0; i < scores.length; i++) {
            for (int j = 0; j < scores.length; j++) {
                if (outlier[i] && !outlier[j]) {
                    pairs++;
                    wins += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
            }
        }
        return wins / pairs;
    }

    private static double precisionOverAllThresholds(double[] scores, boolean[] outlier) {
        double[] thresholds = Arrays.stream(scores).distinct().sorted().toArray();
        double sum = 0;
        double recall = 0;
        for (int k = thresholds.length - 1; k >= 0; k--) {
            double found = 0;
            double flagged = 0;
            double all = 0;
            for (int i = 0; i < scores.length; i++) {
                flagged += scores[i] >= thresholds[k] ? 1 : 0;
                found += scores[i] >= thresholds[k] && outlier[i] ? 1 : 0;
                all += outlier[i] ? 1 : 0;
            }
            sum += (found / all - recall) * (found / flagged);
            recall = found / all;
        }
        return sum;
    }

    @Test
    void onlyTheOrderOfScoresMatters() {
        Random random = new Random(3);
        double[] scores = random.doubles(5_000).toArray();
        boolean[] outlier = new boolean[5_000];
        for (int i = 0; i < outlier.length; i++) {
            outlier[i] = random.nextDouble() < scores[i] * 0.1;
        }
        double[] bent = Arrays.stream(scores).map(x -> Math.exp(9 * x)).toArray();
        assertThat(RankingQuality.of(bent, outlier)).isEqualTo(RankingQuality.of(scores, outlier));
    }

    @Test
    void whatCannotBeRankedIsRefused() {
        assertThatThrownBy(() -> RankingQuality.of(new double[] {1, 2}, new boolean[] {true, true}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("others=0");
        assertThatThrownBy(() -> RankingQuality.of(new double[] {1, 2}, new boolean[2]))
                .hasMessageContaining("outliers=0");
        assertThatThrownBy(
                        () ->
                                RankingQuality.of(
                                        new double[] {1, Double.NaN}, new boolean[] {true, false}))
                .hasMessageContaining("row=1");
        assertThatThrownBy(() -> RankingQuality.of(new double[3], new boolean[2]))
                .hasMessageContaining("scores=3 labels=2");
    }

    @Test
    void standardErrorIsThatOfTheMean() {
        MeanAndError figure = MeanAndError.of(1, 2, 3, 4);
        assertThat(figure.mean()).isEqualTo(2.5);
        assertThat(figure.standardError()).isCloseTo(Math.sqrt(5 / 3.0) / 2, within(1e-15));
        assertThat(figure.least()).isEqualTo(1);
        assertThat(figure.greatest()).isEqualTo(4);
        assertThat(figure.count()).isEqualTo(4);
        assertThat(MeanAndError.of(0.3).standardError()).isNaN();
        assertThatThrownBy(MeanAndError::of).hasMessageContaining("values=[]");
    }
}
