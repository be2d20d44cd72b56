package io.microstream.training.evaluation.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.microstream.market.Regime;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LumpedChainTest {

    private static final double[] A = {
        .90, .06, .03, .01, .10, .80, .05, .05, .02, .08, .70, .20, .05, .05, .10, .80
    };
    private static final int[] GROUPS = {0, 0, 1, 2};

    private static double[] stationary() {
        double[] p = {.25, .25, .25, .25};
        for (int step = 0; step < 5_000; step++) {
            double[] next = new double[4];
            for (int cell = 0; cell < 16; cell++) {
                next[cell % 4] += p[cell / 4] * A[cell];
            }
            p = next;
        }
        return p;
    }

    /** Returns a long simulated path of the chain. */
    private static int[] path(int n) {
        SplittableRandom random = new SplittableRandom(4);
        int[] path = new int[n];
        for (int t = 1; t < n; t++) {
            double u = random.nextDouble();
            int to = 0;
            while (to < 3 && u >= A[path[t - 1] * 4 + to]) {
                u -= A[path[t - 1] * 4 + to];
                to++;
            }
            path[t] = to;
        }
        return path;
    }

    @Test
    void transitionsAndStaysAreThoseOfALongPath() {
        LumpedChain chain = new LumpedChain(stationary(), A, GROUPS, 3);
        int[] path = path(2_000_000);
        byte[] groups = new byte[path.length];
        for (int t = 0; t < path.length; t++) {
            groups[t] = (byte) GROUPS[path[t]];
        }
        Transitions counted =
                Transitions.counted(List.of("a", "b", "c"), groups, new boolean[path.length]);
        for (int cell = 0; cell < 9; cell++) {
            assertThat(counted.probabilities().get(cell / 3).get(cell % 3))
                    .isCloseTo(chain.transition()[cell], within(.003));
        }
        long[] lasting = new long[41];
        long stays = 0;
        long minutes = 0;
        int begin = -1;
        for (int t = 1; t < path.length; t++) {
            if (groups[t] == 0 && groups[t - 1] != 0) {
                begin = t;
            }
            if (begin > 0 && groups[t] != 0) {
                stays++;
                minutes += t - begin;
                for (int k = 0; k <= 40 && k < t - begin; k++) {
                    lasting[k]++;
                }
                begin = -1;
            }
        }
        double[] survival = chain.survival(0, 40);
        for (int k = 0; k <= 40; k++) {
            assertThat(lasting[k] / (double) stays).isCloseTo(survival[k], within(.006));
        }
        assertThat(minutes / (double) stays).isCloseTo(chain.meanStay(0), within(.15));
    }

    @Test
    void meanStayIsTheSumOfTheSurvival() {
        LumpedChain chain = new LumpedChain(stationary(), A, GROUPS, 3);
        for (int group = 0; group < 3; group++) {
            assertThat(Arrays.stream(chain.survival(group, 3_000)).sum())
                    .isCloseTo(chain.meanStay(group), within(1e-9));
        }
    }

    @Test
    void groupOfOneStateIsGeometric() {
        LumpedChain chain = new LumpedChain(stationary(), A, GROUPS, 3);
        RegimeDurations durations =
                RegimeDurations.of(
                        Regime.LIQUIDITY_CRISIS, new int[] {1, 1, 2, 3, 5, 8, 13, 100}, 1, chain);
        assertThat(durations.modelMean()).isCloseTo(5, within(1e-9));
        assertThat(durations.counts().stream().mapToInt(x -> x).sum()).isEqualTo(8);
        for (int bin = 0; bin < durations.binFrom().size(); bin++) {
            double expected = 0;
            for (int d = durations.binFrom().get(bin); d <= durations.binTo().get(bin); d++) {
                expected += 8 * Math.pow(.8, d - 1) * .2;
            }
            assertThat(durations.geometric().get(bin)).isCloseTo(expected, within(1e-9));
            assertThat(durations.chain().get(bin)).isCloseTo(expected, within(1e-9));
        }
        assertThat(durations.mean()).isEqualTo(133 / 8.0);
        assertThat(durations.median()).isEqualTo(4);
        assertThat(durations.longest()).isEqualTo(100);
    }

    @Test
    void binsAreContiguous() {
        LumpedChain chain = new LumpedChain(stationary(), A, GROUPS, 3);
        RegimeDurations durations =
                RegimeDurations.of(Regime.STABLE_LIQUIDITY, new int[] {2_629}, 0, chain);
        assertThat(durations.binFrom().get(0)).isEqualTo(1);
        IntStream.range(1, durations.binFrom().size())
                .forEach(
                        bin ->
                                assertThat(durations.binFrom().get(bin))
                                        .isEqualTo(durations.binTo().get(bin - 1) + 1));
        assertThat(durations.binTo().get(durations.binTo().size() - 1))
                .isGreaterThanOrEqualTo(2_629);
    }

    @Test
    void breaksAndMinutesWithoutALabelAreNotSteps() {
        Transitions counted =
                Transitions.counted(
                        List.of("a", "b", "c"),
                        new byte[] {0, 0, 1, -1, 1, 0, 0, 1},
                        new boolean[] {true, false, false, false, false, false, true, false});
        assertThat(counted.steps()).containsExactly(3, 1, 0);
        assertThat(counted.probabilities().get(0)).containsExactly(1 / 3.0, 2 / 3.0, 0.0);
        assertThat(counted.probabilities().get(1)).containsExactly(1.0, 0.0, 0.0);
        assertThat(counted.probabilities().get(2))
                .containsExactly(Double.NaN, Double.NaN, Double.NaN);
    }
}
