package io.microstream.training.evaluation.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StationaryBootstrapTest {

    private static double[] hourly(int hours, double memory, long seed) {
        Random random = new Random(seed);
        double[] values = new double[hours];
        for (int i = 1; i < hours; i++) {
            values[i] = memory * values[i - 1] + random.nextGaussian();
        }
        return values;
    }

    private static double width(double[] values, long seed) {
        int[] ones = IntStream.range(0, values.length).map(i -> 1).toArray();
        double mean = Arrays.stream(values).average().orElseThrow();
        ConfidenceBounds interval =
                new StationaryBootstrap(values.length, seed)
                        .interval(mean, drawn -> HourlyMeans.mean(values, ones, drawn));
        assertThat(interval.value()).isBetween(interval.low(), interval.high());
        return interval.high() - interval.low();
    }

    @Test
    void everyReplicateDrawsAsManyHoursAsThereAre() {
        StationaryBootstrap bootstrap = new StationaryBootstrap(1000, 7);
        for (int i = 0; i < StationaryBootstrap.REPLICATES; i++) {
            int sum = 0;
            for (short times : bootstrap.replicate(i)) {
                sum += times;
            }
            assertThat(sum).isEqualTo(1000);
        }
        assertThat(bootstrap.meanBlockHours()).isEqualTo(120);
        assertThat(new StationaryBootstrap(60, 7).meanBlockHours()).isEqualTo(10);
        assertThat(new StationaryBootstrap(1, 7).replicate(3)).containsExactly((short) 1);
    }

    @Test
    void equalSeedsDrawEqualReplicates() {
        StationaryBootstrap one = new StationaryBootstrap(300, 7);
        StationaryBootstrap two = new StationaryBootstrap(300, 7);
        StationaryBootstrap other = new StationaryBootstrap(300, 8);
        assertThat(two.replicate(99)).isEqualTo(one.replicate(99));
        assertThat(other.replicate(99)).isNotEqualTo(one.replicate(99));
    }

    @Test
    void widthIsThatOfTheoryForIndependentAndForPersistentHours() {
        int hours = 20_000;
        double independent = 2 * 1.96 / Math.sqrt(hours);
        assertThat(width(hourly(hours, 0, 1), 1)).isCloseTo(independent, within(.2 * independent));
        double persistent = independent / (1 - .9);
        assertThat(width(hourly(hours, .9, 1), 1)).isCloseTo(persistent, within(.2 * persistent));
    }

    @Test
    void mediansAndTheirRatiosAreThoseOfTheNaiveTwin() {
        int n = 2_000;
        Random random = new Random(3);
        double[] values = new double[n];
        byte[] labels = new byte[n];
        int[] hours = new int[n];
        for (int i = 0; i < n; i++) {
            labels[i] = (byte) (random.nextInt(4) - 1);
            values[i] = i % 50 == 0 ? Double.NaN : (2 + labels[i]) * (1 + random.nextDouble());
            hours[i] = i / 60;
        }
        StationaryBootstrap bootstrap = new StationaryBootstrap(hours[n - 1] + 1, 5);
        QuantityByRegime quantity =
                QuantityByRegime.of("size", "bp", values, labels, hours, bootstrap);
        double[][] medians = new double[3][StationaryBootstrap.REPLICATES];
        double[][] means = new double[3][StationaryBootstrap.REPLICATES];
        for (int r = 0; r < StationaryBootstrap.REPLICATES; r++) {
            for (int regime = 0; regime < 3; regime++) {
                List<Double> drawn = new ArrayList<>();
                for (int i = 0; i < n; i++) {
                    int times = bootstrap.replicate(r)[hours[i]];
                    for (int k = 0; k < times && labels[i] == regime; k++) {
                        drawn.add(values[i]);
                    }
                }
                double[] own =
                        drawn.stream()
                                .mapToDouble(x -> x)
                                .filter(x -> !Double.isNaN(x))
                                .sorted()
                                .toArray();
                medians[regime][r] = own[(own.length - 1) / 2];
                means[regime][r] = Arrays.stream(own).average().orElseThrow();
            }
        }
        for (int regime = 0; regime < 3; regime++) {
            RegimeQuantity own = quantity.regimes().get(regime);
            Arrays.sort(means[regime]);
            assertThat(own.mean().low())
                    .isCloseTo(Quantiles.ofSorted(means[regime], .025), within(1e-9));
            double[] sorted = medians[regime].clone();
            Arrays.sort(sorted);
            assertThat(own.median().high()).isEqualTo(Quantiles.ofSorted(sorted, .975));
        }
        double[] ratios =
                IntStream.range(0, medians[0].length)
                        .mapToDouble(r -> medians[1][r] / medians[0][r])
                        .sorted()
                        .toArray();
        assertThat(quantity.stableToVolatile().low()).isEqualTo(Quantiles.ofSorted(ratios, .025));
        assertThat(quantity.stableToVolatile().value()).isCloseTo(1.5, within(.05));
    }

    @Test
    void regimeThatNeverOccursHasNoInterval() {
        QuantityByRegime quantity =
                QuantityByRegime.of(
                        "size",
                        "bp",
                        new double[] {1, 2, 3},
                        new byte[] {0, 0, 0},
                        new int[] {0, 0, 0},
                        new StationaryBootstrap(1, 1));
        assertThat(quantity.regimes().get(0).median()).isEqualTo(new ConfidenceBounds(2, 2, 2));
        assertThat(quantity.regimes().get(2).minutes()).isZero();
        assertThat(quantity.regimes().get(2).mean().value()).isNaN();
        assertThat(quantity.volatileToCrisis().low()).isNaN();
    }
}
