package io.microstream.training.evaluation.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FlagRateTest {

    @Test
    void independentIntervalIsWilsons() {
        int[] scored = new int[100];
        double[] flagged = new double[100];
        Arrays.fill(scored, 60);
        flagged[40] = 45;
        flagged[41] = 15;
        FlagRate rate = FlagRate.of("hold-out", "2025-01", scored, flagged, 1);
        double n = 6_000;
        double p = .01;
        double z = 1.959963984540054;
        double middle = (p + z * z / (2 * n)) / (1 + z * z / n);
        double half = z / (1 + z * z / n) * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n));
        assertThat(rate.scored()).isEqualTo(6_000);
        assertThat(rate.flagged()).isEqualTo(60);
        assertThat(rate.independent().value()).isEqualTo(p);
        assertThat(rate.independent().low()).isCloseTo(middle - half, within(1e-9));
        assertThat(rate.independent().high()).isCloseTo(middle + half, within(1e-9));
        assertThat(rate.clustered().low()).as("all flags in one cluster").isZero();
        assertThat(rate.clustered().high()).isGreaterThan(2 * p);
    }

    @Test
    void nothingScoredIsNoRate() {
        FlagRate rate = FlagRate.of("hold-out", "2025-01", new int[3], new double[3], 1);
        assertThat(rate.independent().value()).isNaN();
        assertThat(rate.scored()).isZero();
    }

    @Test
    void histogramCountsEveryScoreOnce() {
        ScoreHistogram histogram =
                ScoreHistogram.of(
                        .7,
                        new float[] {.405f, .409f, .55f, Float.NaN, 1f},
                        new float[] {.995f, .555f});
        assertThat(histogram.trainingRows()).isEqualTo(4);
        assertThat(histogram.holdOutRows()).isEqualTo(2);
        assertThat(histogram.from()).hasSize(60);
        assertThat(histogram.from().get(0)).isEqualTo(.4);
        assertThat(histogram.training().get(0)).isEqualTo(.5);
        assertThat(histogram.training().get(59)).isEqualTo(.25);
        assertThat(histogram.holdOut().get(59)).isEqualTo(.5);
        assertThat(histogram.holdOut().stream().mapToDouble(x -> x).sum()).isEqualTo(1);
    }
}
