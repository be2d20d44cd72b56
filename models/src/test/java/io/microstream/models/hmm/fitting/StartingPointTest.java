package io.microstream.models.hmm.fitting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.microstream.models.hmm.inference.HmmParameters;
import io.microstream.models.hmm.inference.Observations;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StartingPointTest {

    private static final int N = 2_000;
    private final Observations ramp =
            Observations.of(IntStream.range(0, N).mapToDouble(i -> i / (double) N).toArray(), 1);

    @Test
    void quantilesCutThreeClassesAtFiftyAndEightyFivePercent() {
        HmmParameters start = StartingPoint.quantiles(ramp, 3, 0);
        assertThat(start.mean()).containsExactly(new double[] {.25, .675, .925}, within(.001));
        assertThat(start.start()).containsExactly(new double[] {.5, .35, .15}, within(.002));
        assertThat(start.selfTransition(1)).isEqualTo(StartingPoint.STAY).isBetween(.97, .98);
    }

    @Test
    void perturbedQuantilesLeaveNoClassOut() {
        for (long seed = 0; seed < 200; seed++) {
            HmmParameters start = StartingPoint.perturbed(ramp, 6, 0, seed);
            assertThat(start.mean()).as("seed %d", seed).isSorted();
            assertThat(Arrays.stream(start.start()).boxed())
                    .allMatch(share -> share > .25 / 6 - .002);
            assertThat(start.selfTransition(0)).isBetween(.9, .997);
            assertThat(start.selfTransition(5)).isCloseTo(start.selfTransition(0), within(1e-12));
        }
    }

    @Test
    void scatteredClassesHoldAllRowsOnce() {
        for (long seed = 0; seed < 50; seed++) {
            HmmParameters start = StartingPoint.scattered(ramp, 4, seed);
            double[] mean = start.mean();
            assertThat(Arrays.stream(start.start()).sum()).isCloseTo(1, within(1e-12));
            double overall = 0;
            for (int k = 0; k < 4; k++) {
                overall += start.start()[k] * mean[k];
            }
            assertThat(overall).isCloseTo(.5, within(.003));
            assertThat(Arrays.stream(mean).distinct()).hasSize(4);
        }
    }

    @Test
    void equalSeedsGiveEqualStartsAndOthersDoNot() {
        assertThat(StartingPoint.perturbed(ramp, 4, 0, 1))
                .isEqualTo(StartingPoint.perturbed(ramp, 4, 0, 1))
                .isNotEqualTo(StartingPoint.perturbed(ramp, 4, 0, 2));
        assertThat(StartingPoint.scattered(ramp, 4, 1))
                .isEqualTo(StartingPoint.scattered(ramp, 4, 1))
                .isNotEqualTo(StartingPoint.scattered(ramp, 4, 2));
    }

    @Test
    void rowsThatAreAllAlikeStillMakeAStart() {
        Observations flat = Observations.of(new double[100], 1);
        assertThat(StartingPoint.perturbed(flat, 3, 0, 1).mean()).containsExactly(0, 0, 0);
        assertThat(StartingPoint.scattered(flat, 3, 1).mean()).containsExactly(0, 0, 0);
    }
}
