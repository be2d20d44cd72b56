package io.microstream.models.hmm.fitting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.microstream.models.hmm.Hmms;
import io.microstream.models.hmm.inference.BruteForce;
import io.microstream.models.hmm.inference.ForwardBackward;
import io.microstream.models.hmm.inference.HmmParameters;
import io.microstream.models.hmm.inference.Observations;
import io.microstream.models.hmm.inference.Viterbi;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares inference with sums over all paths. */
class BruteForceTest {

    private static final Offset<Double> TINY = within(1e-12);

    @ParameterizedTest(name = "{0} states, {1} rows, seed {2}")
    @CsvSource({"2, 1, 1", "2, 6, 2", "3, 2, 3", "3, 6, 4", "4, 6, 5", "1, 4, 6"})
    void likelihoodPosteriorsTransitionsAndBestPathAreThoseOfAllPaths(
            int states, int length, long seed) {
        HmmParameters hmm = Hmms.random(states, seed);
        double[] rows = Hmms.rows(length, seed);
        BruteForce truth = new BruteForce(hmm, rows);
        Observations observations = Observations.of(rows, 2);
        ForwardBackward inference = new ForwardBackward(hmm);

        assertThat(inference.logLikelihood(observations))
                .isCloseTo(Math.log(truth.likelihood), TINY);
        assertThat(inference.smoothed(observations)).containsExactly(truth.gamma, TINY);
        Viterbi.Path path = Viterbi.decode(hmm, observations);
        assertThat(path.states()).isEqualTo(truth.bestPath);
        assertThat(path.logProbability()).isCloseTo(Math.log(truth.bestProbability), TINY);

        for (boolean scaled : new boolean[] {false, true}) {
            SufficientStatistics statistics = new ExpectationStep(observations, 1).run(hmm, scaled);
            assertThat(statistics.logLikelihood).isCloseTo(Math.log(truth.likelihood), TINY);
            assertThat(statistics.transition).containsExactly(truth.xi, TINY);
            for (int k = 0; k < states; k++) {
                double posterior = 0;
                for (int t = 0; t < length; t++) {
                    posterior += truth.gamma[t * states + k];
                }
                assertThat(statistics.posterior[k]).isCloseTo(posterior, TINY);
                assertThat(statistics.start[k]).isCloseTo(truth.gamma[k], TINY);
            }
        }
    }

    @Test
    void zerosInStartAndTransitionsAreKept() {
        HmmParameters random = Hmms.random(3, 9);
        HmmParameters leftRight =
                new HmmParameters(
                        new double[] {1, 0, 0},
                        new double[] {0.6, 0.4, 0, 0, 0.7, 0.3, 0, 0, 1},
                        random.mean(),
                        random.covariance());
        double[] rows = Hmms.rows(6, 9);
        BruteForce truth = new BruteForce(leftRight, rows);
        Observations observations = Observations.of(rows, 2);
        assertThat(new ForwardBackward(leftRight).smoothed(observations))
                .containsExactly(truth.gamma, TINY);
        for (boolean scaled : new boolean[] {true, false}) {
            assertThat(new ExpectationStep(observations, 1).run(leftRight, scaled).transition)
                    .containsExactly(truth.xi, TINY);
        }
        assertThat(Viterbi.decode(leftRight, observations).states()).isEqualTo(truth.bestPath);
    }

    @Test
    void equalPathsEndInTheFirstStateAndComeFromTheLast() {
        double[] half = {0.5, 0.5};
        HmmParameters twins =
                new HmmParameters(
                        half,
                        new double[] {0.5, 0.5, 0.5, 0.5},
                        new double[] {0, 0, 0, 0},
                        new double[] {1, 0, 0, 1, 1, 0, 0, 1});
        Viterbi.Path path = Viterbi.decode(twins, Observations.of(new double[6], 2));
        assertThat(path.states()).containsExactly(1, 1, 0);
    }

    @Test
    void sequencesAreIndependent() {
        HmmParameters hmm = Hmms.random(3, 1);
        double[] rows = Hmms.rows(7, 2);
        Observations two = new Observations(rows, 2, new int[] {3, 4});
        double[] first = Arrays.copyOfRange(rows, 0, 6);
        double[] second = Arrays.copyOfRange(rows, 6, 14);
        ForwardBackward inference = new ForwardBackward(hmm);
        assertThat(inference.logLikelihood(two))
                .isCloseTo(
                        inference.logLikelihood(Observations.of(first, 2))
                                + inference.logLikelihood(Observations.of(second, 2)),
                        TINY);
        double[] smoothed = inference.smoothed(two);
        assertThat(Arrays.copyOfRange(smoothed, 9, 21))
                .containsExactly(inference.smoothed(Observations.of(second, 2)), TINY);
        double[] filtered = inference.filtered(two);
        assertThat(Arrays.copyOfRange(filtered, 0, 9))
                .containsExactly(inference.filtered(Observations.of(first, 2)), TINY);
    }
}
