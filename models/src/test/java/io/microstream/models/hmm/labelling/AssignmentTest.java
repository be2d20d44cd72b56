package io.microstream.models.hmm.labelling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AssignmentTest {

    /** Returns the least cost over all permutations, the naive reference. */
    private static double least(double[][] cost, int row, int taken) {
        if (row == cost.length) {
            return 0;
        }
        double least = Double.POSITIVE_INFINITY;
        for (int column = 0; column < cost.length; column++) {
            if ((taken & 1 << column) == 0) {
                least =
                        Math.min(
                                least,
                                cost[row][column] + least(cost, row + 1, taken | 1 << column));
            }
        }
        return least;
    }

    @Test
    void noPermutationIsCheaper() {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            int n = 1 + random.nextInt(7);
            double[][] cost = new double[n][n];
            for (double[] row : cost) {
                for (int j = 0; j < n; j++) {
                    row[j] = round % 2 == 0 ? random.nextGaussian() : random.nextInt(4);
                }
            }
            int[] columns = Assignment.cheapest(cost);
            assertThat(IntStream.of(columns).sorted().toArray())
                    .containsExactly(IntStream.range(0, n).toArray());
            double sum = IntStream.range(0, n).mapToDouble(i -> cost[i][columns[i]]).sum();
            assertThat(sum).isCloseTo(least(cost, 0, 0), within(1e-12));
        }
    }

    @Test
    void greedyAssignmentIsNotTheCheapest() {
        double[][] cost = {{1, 2}, {1, 9}};
        assertThat(Assignment.cheapest(cost)).containsExactly(1, 0);
    }

    @Test
    void costsThatAreNoFiniteSquareAreRefused() {
        assertThatThrownBy(() -> Assignment.cheapest(new double[][] {{1, 2}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rows=1 row=[1.0, 2.0]");
        assertThatThrownBy(() -> Assignment.cheapest(new double[][] {{Double.NaN}}))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
