package io.microstream.training.evaluation.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class StabilityIndexTest {

    private static double[] normal(int n, long seed, DoubleUnaryOperator of) {
        Random random = new Random(seed);
        return random.doubles(n).map(u -> of.applyAsDouble(random.nextGaussian())).toArray();
    }

    private static double[] sorted(double[] values) {
        double[] copy = values.clone();
        Arrays.sort(copy);
        return copy;
    }

    /** Computes Σ (a − e) ln(a / e) bin by bin, value by value. */
    private static double naive(double[] reference, double[] later) {
        double[] sorted = sorted(reference);
        TreeSet<Double> edges = new TreeSet<>();
        for (int i = 1; i <= 9; i++) {
            edges.add(Quantiles.ofSorted(sorted, i / 10.0));
        }
        edges.add(Double.POSITIVE_INFINITY);
        double from = Double.NEGATIVE_INFINITY;
        double sum = 0;
        for (double to : edges) {
            double low = from;
            double e = Arrays.stream(reference).filter(v -> v > low && v <= to).count();
            double a = Arrays.stream(later).filter(v -> v > low && v <= to).count();
            double expected = (e + .5) / (reference.length + .5 * edges.size());
            double actual = (a + .5) / (later.length + .5 * edges.size());
            sum += (actual - expected) * Math.log(actual / expected);
            from = to;
        }
        return sum;
    }

    @Test
    void indexIsThatOfTheNaiveTwin() {
        double[] reference = normal(5_000, 1, x -> x);
        for (double shift : new double[] {0, .2, .7, 5}) {
            double[] later = normal(2_000, 2, x -> 1.3 * x + shift);
            assertThat(new StabilityIndex(sorted(reference)).of(later))
                    .isCloseTo(naive(reference, later), within(1e-12));
        }
    }

    @Test
    void decilesThatCoincideMakeOneEdge() {
        double[] reference = normal(3_000, 1, x -> Math.max(0, x - .1));
        double[] later = normal(1_000, 2, x -> Math.max(0, x - .3));
        StabilityIndex index = new StabilityIndex(sorted(reference));
        assertThat(index.bins()).isEqualTo(6);
        assertThat(index.expected()[0]).isCloseTo(.54, within(.02));
        assertThat(index.of(later)).isCloseTo(naive(reference, later), within(1e-12));
    }

    @Test
    void likeIsStableAndUnlikeIsAShift() {
        double[] reference = sorted(normal(20_000, 1, x -> x));
        StabilityIndex index = new StabilityIndex(reference);
        assertThat(index.of(reference)).isZero();
        assertThat(StabilityIndex.band(index.of(normal(5_000, 3, x -> x)))).isEqualTo("stable");
        assertThat(StabilityIndex.band(index.of(normal(5_000, 3, x -> x + .4))))
                .isEqualTo("moderate");
        assertThat(StabilityIndex.band(index.of(normal(5_000, 3, x -> x + 1)))).isEqualTo("shift");
        assertThat(StabilityIndex.band(index.of(new double[0]))).isEqualTo("unknown");
    }

    @Test
    void driftHoldsTheLargestDistanceOfTheDistributionFunctions() {
        double[] training = normal(700, 1, x -> Math.rint(4 * x) / 4);
        double[] first = normal(200, 2, x -> Math.rint(4 * x) / 4 + .25);
        double[] second = normal(100, 3, x -> x);
        double[] all = Arrays.copyOf(first, 300);
        System.arraycopy(second, 0, all, 200, 100);
        double largest = 0;
        for (double[] points : List.of(training, all)) {
            for (double at : points) {
                double a = Arrays.stream(training).filter(v -> v <= at).count() / 700.0;
                double b = Arrays.stream(all).filter(v -> v <= at).count() / 300.0;
                largest = Math.max(largest, Math.abs(a - b));
            }
        }
        double psi = naive(training, all);
        FeatureDrift drift =
                FeatureDrift.of("range_surge", "anomaly", training.clone(), List.of(first, second));
        assertThat(drift.ks()).isCloseTo(largest, within(1e-12));
        assertThat(drift.psi()).isCloseTo(psi, within(1e-12));
        assertThat(drift.psiByMonth().get(0)).isCloseTo(naive(training, first), within(1e-12));
        assertThat(drift.holdOutRows()).isEqualTo(300);
        assertThat(drift.trainingShares().stream().mapToDouble(x -> x).sum())
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void featureWithoutValuesHasNoDrift() {
        FeatureDrift drift =
                FeatureDrift.of("taker_imbalance", "-", new double[0], List.of(new double[0]));
        assertThat(drift.psi()).isNaN();
        assertThat(drift.ks()).isNaN();
        assertThat(drift.band()).isEqualTo("unknown");
        assertThat(drift.psiByMonth()).containsExactly(Double.NaN);
    }
}
