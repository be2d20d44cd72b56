package io.microstream.training.evaluation.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.junit.jupiter.api.Test;

class QuantilesTest {

    @Test
    void quantilesAreThoseOfTypeSeven() {
        double[] values = new SplittableRandom(1).doubles(101).map(v -> v * v).toArray();
        Arrays.sort(values);
        Percentile percentile = new Percentile().withEstimationType(Percentile.EstimationType.R_7);
        for (double q : new double[] {.025, .05, .25, .5, .75, .951}) {
            assertThat(Quantiles.ofSorted(values, q))
                    .isCloseTo(percentile.evaluate(values, 100 * q), within(1e-12));
        }
        assertThat(Quantiles.ofSorted(values, 0)).isEqualTo(values[0]);
        assertThat(Quantiles.ofSorted(values, 1)).isEqualTo(values[100]);
        assertThat(Quantiles.ofSorted(new double[0], .5)).isNaN();
    }
}
