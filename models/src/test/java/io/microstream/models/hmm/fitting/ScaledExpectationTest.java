package io.microstream.models.hmm.fitting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.microstream.models.hmm.inference.HmmParameters;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares scaled arithmetic with logarithms, for every unrolled number of states and inputs. */
class ScaledExpectationTest {

    private static HmmParameters random(int states, int d, Random random) {
        double[] start = shares(states, random);
        double[] transition = new double[states * states];
        double[] mean = new double[states * d];
        double[] covariance = new double[states * d * d];
        for (int k = 0; k < states; k++) {
            System.arraycopy(shares(states, random), 0, transition, k * states, states);
            for (int i = 0; i < d; i++) {
                mean[k * d + i] = 2 * random.nextGaussian();
                for (int j = 0; j < d; j++) {
                    covariance[(k * d + i) * d + j] = i == j ? 0.5 + k : 0.3 / d;
                }
            }
        }
        return new HmmParameters(start, transition, mean, covariance);
    }

    private static double[] shares(int n, Random random) {
        double[] shares = random.doubles(n, 0.01, 1).toArray();
        double sum = Arrays.stream(shares).sum();
        return Arrays.stream(shares).map(share -> share / sum).toArray();
    }

    private static double[] rows(int n, int d, Random random) {
        return random.doubles((long) n * d, -6, 6).toArray();
    }

    @ParameterizedTest(name = "{0} states, {1} inputs, {2} rows")
    @CsvSource({
        "1, 1, 5",
        "2, 1, 300",
        "3, 1, 1",
        "3, 1, 2",
        "3, 3, 1001",
        "4, 2, 640",
        "5, 3, 259",
        "6, 1, 1500",
        "6, 4, 129",
        "7, 1, 400",
        "8, 5, 333",
        "3, 2, 257"
    })
    void equalsLogarithms(int states, int d, int length) {
        Random random = new Random(31L * states + d);
        HmmParameters hmm = random(states, d, random);
        double[] x = rows(length, d, random);
        SufficientStatistics scaled = new SufficientStatistics(states, d);
        boolean isSafe = new ScaledExpectation(states, d).accumulate(hmm, x, 0, length, scaled);
        assertThat(isSafe).isTrue();
        assertSame(scaled, logarithmic(hmm, x, length));
    }

    @Test
    void workspaceKeepsNothingOfTheSequenceBefore() {
        Random random = new Random(5);
        HmmParameters hmm = random(4, 2, random);
        HmmParameters other = random(4, 2, random);
        double[] x = rows(900, 2, random);
        ScaledExpectation used = new ScaledExpectation(4, 2);
        used.accumulate(other, x, 0, 900, new SufficientStatistics(4, 2));
        SufficientStatistics again = new SufficientStatistics(4, 2);
        used.accumulate(hmm, x, 100, 301, again);
        SufficientStatistics fresh = new SufficientStatistics(4, 2);
        new ScaledExpectation(4, 2).accumulate(hmm, x, 100, 301, fresh);
        assertThat(again.transition).isEqualTo(fresh.transition);
        assertThat(again.product).isEqualTo(fresh.product);
        assertThat(again.logLikelihood).isEqualTo(fresh.logLikelihood);
    }

    @Test
    void powersOfTwoThatKeepLinesInRangeDoNotShow() {
        Random random = new Random(6);
        HmmParameters hmm =
                new HmmParameters(
                        new double[] {.999, .001},
                        new double[] {1 - 1e-12, 1e-12, 1e-12, 1 - 1e-12},
                        new double[] {0, 30},
                        new double[] {.01, .01});
        double[] x = new double[2_000];
        for (int i = 0; i < x.length; i++) {
            x[i] = (i / 37 % 2 == 0 ? 0 : 30) + random.nextGaussian();
        }
        SufficientStatistics scaled = new SufficientStatistics(2, 1);
        assertThat(new ScaledExpectation(2, 1).accumulate(hmm, x, 0, 2_000, scaled)).isTrue();
        assertSame(scaled, logarithmic(hmm, x, 2_000));
    }

    private static SufficientStatistics logarithmic(HmmParameters hmm, double[] x, int length) {
        SufficientStatistics into = new SufficientStatistics(hmm.states(), hmm.dimension());
        new LogExpectation(hmm).accumulate(x, 0, length, into);
        return into;
    }

    private static void assertSame(SufficientStatistics actual, SufficientStatistics expected) {
        assertThat(actual.logLikelihood)
                .isCloseTo(
                        expected.logLikelihood, within(1e-11 * Math.abs(expected.logLikelihood)));
        assertClose(actual.start, expected.start);
        assertClose(actual.transition, expected.transition);
        assertClose(actual.posterior, expected.posterior);
        assertClose(actual.sum, expected.sum);
        assertClose(actual.product, expected.product);
    }

    private static void assertClose(double[] actual, double[] expected) {
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertThat(actual).containsExactly(expected, within(1e-11 * largest));
    }
}
