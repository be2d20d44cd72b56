package io.microstream.models.hmm.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NegativeExponentialTest {

    @Test
    void isWithinTwoUnitsOfStrictMath() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 2_000_000; i++) {
            double largest = i % 3 == 0 ? 708 : i % 3 == 1 ? 40 : 0.01;
            assertClose(-largest * random.nextDouble());
        }
    }

    @Test
    void isWithinTwoUnitsWhereTheTableTurns() {
        for (int n = 0; n < 65_000; n++) {
            double x = -(n + 0.5) * StrictMath.log(2) / 64;
            for (double near : new double[] {Math.nextDown(x), x, Math.nextUp(x)}) {
                if (near >= NegativeExponential.LEAST) {
                    assertClose(near);
                }
            }
        }
    }

    private static void assertClose(double x) {
        double expected = StrictMath.exp(x);
        double difference = Math.abs(NegativeExponential.of(x) - expected);
        if (!(difference <= 2 * Math.ulp(expected))) {
            assertThat(NegativeExponential.of(x))
                    .as("exp %s", x)
                    .isCloseTo(expected, within(2 * Math.ulp(expected)));
        }
    }

    @Test
    void edges() {
        assertThat(NegativeExponential.of(0)).isEqualTo(1);
        assertThat(NegativeExponential.of(-0.0)).isEqualTo(1);
        assertThat(NegativeExponential.of(-Double.MIN_VALUE)).isEqualTo(1);
        assertThat(NegativeExponential.of(-708)).isPositive();
        assertThat(NegativeExponential.of(-708.1)).isZero();
        assertThat(NegativeExponential.of(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(NegativeExponential.of(Double.NaN)).isNaN();
    }
}
