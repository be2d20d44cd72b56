package io.microstream.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollingMedianTest {

    private static final double BIN_WIDTH = 1 / 128.0;

    @ParameterizedTest(name = "window {0}, spare {1}")
    @CsvSource({"1, 0", "2, 3", "7, 2", "20, 120", "250, 30", "300, 0", "1000, 120"})
    void mediansEqualTheNaiveOnesOfARandomWalk(int window, int spare) {
        Random random = new Random(window);
        RollingMedian median = new RollingMedian(window, spare);
        List<Double> values = new ArrayList<>();
        assertThat(median.median()).isNaN();
        double value = 0;
        for (int i = 0; i < 3 * window + 500; i++) {
            value += random.nextGaussian() * (random.nextInt(100) == 0 ? 20 : 0.05);
            values.add(value);
            median.add(value);
            assertThat(median.median()).isCloseTo(naive(values, window), within(1e-12));
            assertThat(median.size()).isEqualTo(Math.min(window, values.size()));
        }
    }

    @Test
    void undoneAdditionsLeaveTheStateAsItWas() {
        Random random = new Random(3);
        for (int window : new int[] {3, 50, 400}) {
            RollingMedian median = new RollingMedian(window, 60);
            List<Double> values = new ArrayList<>();
            int most = 0;
            for (int step = 0; step < 400; step++) {
                most = Math.max(most, values.size());
                int undoable = values.size() - Math.max(0, most - 60);
                int undone = random.nextInt(undoable + 1);
                for (int i = 0; i < undone; i++) {
                    median.undo();
                    values.remove(values.size() - 1);
                }
                int added = random.nextInt(60);
                for (int i = 0; i < added; i++) {
                    values.add(random.nextGaussian());
                    median.add(values.get(values.size() - 1));
                }
                assertSameAsFresh(median, values, window);
            }
        }
    }

    @Test
    void allCanBeUndone() {
        RollingMedian median = new RollingMedian(5, 3);
        median.add(1);
        median.add(2);
        median.undo();
        median.undo();
        assertThat(median.median()).isNaN();
        assertThat(median.size()).isZero();
        assertThatThrownBy(median::undo)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Nothing to undo");
        median.add(3);
        assertThat(median.median()).isCloseTo(3, within(BIN_WIDTH));
    }

    @Test
    void denseDataGivesTheExactMedianWithinABin() {
        Random random = new Random(4);
        RollingMedian median = new RollingMedian(1001, 0);
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            values.add(-7 + 0.8 * random.nextGaussian());
            median.add(values.get(i));
            if (i >= 1000) {
                double[] sorted =
                        values.subList(i - 1000, i + 1).stream()
                                .mapToDouble(Double::doubleValue)
                                .sorted()
                                .toArray();
                assertThat(median.median()).isCloseTo(sorted[500], within(BIN_WIDTH));
            }
        }
    }

    @Test
    void valuesOutsideTheGridCountInTheOutermostBins() {
        RollingMedian median = new RollingMedian(3, 0);
        median.add(-100);
        assertThat(median.median()).isBetween(-19.0, -19 + BIN_WIDTH);
        median.add(1e9);
        median.add(Double.POSITIVE_INFINITY);
        assertThat(median.median()).isBetween(31 - BIN_WIDTH, 31.0);
    }

    @Test
    void impossibleWindowsAreRefused() {
        assertThatThrownBy(() -> new RollingMedian(0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("window must be 1…32767 and spare ≥ 0: window=0 spare=0");
        assertThatThrownBy(() -> new RollingMedian(32_768, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RollingMedian(5, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertSameAsFresh(RollingMedian median, List<Double> values, int window) {
        RollingMedian fresh = new RollingMedian(window, 60);
        values.forEach(fresh::add);
        assertThat(median.median()).isEqualTo(fresh.median());
        assertThat(median.counts).isEqualTo(fresh.counts);
        assertThat(median.medianBin).isEqualTo(fresh.medianBin);
        assertThat(median.below).isEqualTo(fresh.below);
        assertThat(median.added).isEqualTo(fresh.added);
        assertThat(median.inWindow).isEqualTo(fresh.inWindow);
    }

    /** The grouped median by sorting the quantised values of the window. */
    static double naive(List<Double> values, int window) {
        int[] bins =
                values.subList(Math.max(0, values.size() - window), values.size()).stream()
                        .mapToInt(value -> (int) Math.floor((value + 19) / BIN_WIDTH))
                        .map(bin -> Math.max(0, Math.min(6399, bin)))
                        .sorted()
                        .toArray();
        int middle = bins[(bins.length + 1) / 2 - 1];
        int below = 0;
        int inside = 0;
        for (int bin : bins) {
            below += bin < middle ? 1 : 0;
            inside += bin == middle ? 1 : 0;
        }
        return -19 + middle * BIN_WIDTH + (bins.length / 2.0 - below) / inside * BIN_WIDTH;
    }
}
