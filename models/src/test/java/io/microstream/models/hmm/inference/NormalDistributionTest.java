package io.microstream.models.hmm.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NormalDistributionTest {

    private static NormalDistribution normal(double mean, double variance) {
        return new NormalDistribution(new double[] {mean}, new double[] {variance});
    }

    @Test
    void distanceIsBhattacharyyas() {
        assertThat(normal(2, 3).distanceTo(normal(2, 3))).isZero();
        assertThat(normal(0, 1).distanceTo(normal(2, 1))).isCloseTo(.5, within(1e-15));
        assertThat(normal(0, 1).distanceTo(normal(0, 4)))
                .isCloseTo(.5 * Math.log(2.5 / 2), within(1e-15));
        assertThat(normal(1, 2).distanceTo(normal(-3, 5)))
                .as("-ln of the integral of the root of the product")
                .isCloseTo(-Math.log(overlap(1, 2, -3, 5)), within(1e-9));
    }

    private static double overlap(double m1, double v1, double m2, double v2) {
        double sum = 0;
        for (double x = -60; x <= 60; x += 1e-3) {
            sum += 1e-3 * Math.sqrt(density(x, m1, v1) * density(x, m2, v2));
        }
        return sum;
    }

    private static double density(double x, double mean, double variance) {
        return Math.exp(-(x - mean) * (x - mean) / (2 * variance))
                / Math.sqrt(2 * Math.PI * variance);
    }

    @Test
    void distanceIsSymmetricAndHasNoUnit() {
        NormalDistribution a =
                new NormalDistribution(new double[] {1, -2}, new double[] {2, .5, .5, 1});
        NormalDistribution b =
                new NormalDistribution(new double[] {0, 3}, new double[] {1, -.3, -.3, 4});
        NormalDistribution aMilli =
                new NormalDistribution(new double[] {1000, -2}, new double[] {2e6, 500, 500, 1});
        NormalDistribution bMilli =
                new NormalDistribution(new double[] {0, 3}, new double[] {1e6, -300, -300, 4});
        double distance = a.distanceTo(b);
        assertThat(distance).isCloseTo(b.distanceTo(a), within(1e-15)).isGreaterThan(.5);
        assertThat(aMilli.distanceTo(bMilli)).isCloseTo(distance, within(1e-12));
    }

    @Test
    void mixtureHasTheMomentsOfAllItsRows() {
        NormalDistribution mixture =
                NormalDistribution.ofMixture(
                        new NormalDistribution[] {normal(-1, 2), normal(3, 5)},
                        new double[] {.75, .25});
        assertThat(mixture.mean()[0]).isCloseTo(0, within(1e-15));
        assertThat(mixture.covariance()[0]).isCloseTo(.75 * (2 + 1) + .25 * (5 + 9), within(1e-15));
    }
}
