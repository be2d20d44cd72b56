package io.microstream.training.candidates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.microstream.models.features.Standardisation;
import io.microstream.models.hmm.inference.ForwardBackward;
import io.microstream.models.hmm.inference.HmmParameters;
import io.microstream.models.hmm.inference.Observations;
import io.microstream.training.KnownChain;
import io.microstream.training.Markets;
import io.microstream.training.history.TrainingRows;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HeldOutLikelihoodTest {

    private static final KnownChain CHAIN = new KnownChain(3, 5 * Markets.DAY, 3, 1);

    private static HmmParameters hmm() {
        double[] transition = {.98, .01, .01, .01, .98, .01, .01, .01, .98};
        HmmParameters any =
                new HmmParameters(
                        new double[] {1, 0, 0},
                        transition,
                        new double[] {-1, -.4, .2},
                        new double[] {.04, .04, .04});
        return new HmmParameters(any.stationary(), transition, any.mean(), any.covariance());
    }

    @Test
    void batchesSumUpToTheForwardPass() {
        TrainingRows rows = CHAIN.rows(0, 5 * Markets.DAY);
        double[] batches = new HeldOutLikelihood(rows, Standardisation.identity(1)).batches(hmm());
        double whole =
                new ForwardBackward(hmm())
                        .logLikelihood(
                                Observations.of(
                                        rows.matrix(),
                                        rows.lengths(),
                                        Standardisation.identity(1)));
        assertThat(batches).hasSize(20);
        assertThat(Arrays.stream(batches).sum() / 20).isCloseTo(whole / rows.rows(), within(1e-9));
        assertThat(batches[3]).isNotEqualTo(batches[4]);
    }

    @Test
    void fewRowsMakeFewBatches() {
        TrainingRows day = CHAIN.rows(0, Markets.DAY);
        TrainingRows rows =
                new TrainingRows(
                        new io.microstream.models.features.FeatureMatrix(
                                "few",
                                day.matrix().names(),
                                Arrays.copyOf(day.matrix().values(), 7)),
                        new int[] {3, 4},
                        0,
                        1);
        assertThat(new HeldOutLikelihood(rows, Standardisation.identity(1)).batches(hmm()))
                .hasSize(7)
                .satisfies(
                        batches ->
                                assertThat(Arrays.stream(batches).max().getAsDouble())
                                        .isLessThan(1));
    }
}
