package io.microstream.models.hmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.microstream.models.features.FeatureMatrix;
import io.microstream.models.hmm.inference.ForwardBackward;
import io.microstream.models.hmm.inference.HmmParameters;
import io.microstream.models.hmm.inference.Observations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tribuo.sequence.SequenceModel;

class SurpriseLimitTest {

    private static final int[] LENGTHS = {700, 1, 299};
    private static final FeatureMatrix ROWS = rows();
    private static final GaussianHmmModel MODEL =
            GaussianHmmTrainer.withStates(3).iterations(20, 1e-3).build().train(ROWS, LENGTHS);

    private static FeatureMatrix rows() {
        Random random = new Random(5);
        double[] values = new double[1_000];
        Arrays.setAll(values, i -> i / 100 % 3 + 0.3 * random.nextGaussian());
        return new FeatureMatrix("steps", List.of("log_volatility"), values);
    }

    /** Computes surprises as differences of the batch likelihood of ever longer prefixes. */
    private static List<Double> naiveSurprises() {
        HmmParameters hmm = MODEL.parameters();
        ForwardBackward settled =
                new ForwardBackward(
                        new HmmParameters(
                                hmm.stationary(), hmm.transition(), hmm.mean(), hmm.covariance()));
        List<Double> surprises = new ArrayList<>();
        int first = 0;
        for (int length : LENGTHS) {
            double before = 0;
            for (int n = 1; n <= length; n++) {
                double[] x = Arrays.copyOfRange(ROWS.values(), first, first + n);
                MODEL.scaling().apply(x, x);
                double upTo = settled.logLikelihood(Observations.of(x, 1));
                surprises.add(before - upTo);
                before = upTo;
            }
            first += length;
        }
        return surprises;
    }

    @Test
    void isTheLowestSurpriseThatNoMoreThanTheShareExceeds() {
        List<Double> surprises = naiveSurprises();
        for (double share : new double[] {0.001, 0.01, 0.0155, 0.5}) {
            SurpriseLimit limit =
                    MODEL.withSurpriseLimit(ROWS, LENGTHS, share).surpriseLimit().get();
            List<Double> sorted = surprises.stream().sorted().toList();
            int above = (int) Math.floor(share * 1_000);
            assertThat(limit.threshold()).isCloseTo(sorted.get(999 - above), within(1e-9));
            assertThat(limit.share()).isEqualTo(share);
            assertThat(limit.rows()).isEqualTo(1_000);
            assertThat(surprises.stream().filter(s -> s > limit.threshold() + 1e-9)).hasSize(above);
        }
    }

    @Test
    void travelsInTheModelsBytesAndLeavesAllElseAsItWas() throws Exception {
        GaussianHmmModel calibrated = MODEL.withSurpriseLimit(ROWS, LENGTHS, 0.02);
        GaussianHmmModel read =
                (GaussianHmmModel) SequenceModel.deserialize(calibrated.serialize());
        assertThat(read.surpriseLimit()).isEqualTo(calibrated.surpriseLimit()).isPresent();
        assertThat(read.parameters()).isEqualTo(MODEL.parameters());
        assertThat(read.labelling()).isEqualTo(MODEL.labelling());
        assertThat(read.getProvenance()).isEqualTo(MODEL.getProvenance());
        assertThat(SequenceModel.deserialize(MODEL.serialize()))
                .isInstanceOfSatisfying(
                        GaussianHmmModel.class, m -> assertThat(m.surpriseLimit()).isEmpty());
    }

    @Test
    void rowsThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> MODEL.withSurpriseLimit(ROWS, new int[] {1_001}, 0.01))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rows=1000 in sequences=1001");
        FeatureMatrix other = new FeatureMatrix("x", List.of("momentum"), new double[3]);
        assertThatThrownBy(() -> MODEL.withSurpriseLimit(other, new int[] {3}, 0.01))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("inputs=[momentum] model=[log_volatility]");
        for (double share : new double[] {0, -0.1, 0.51, Double.NaN}) {
            assertThatThrownBy(() -> MODEL.withSurpriseLimit(ROWS, LENGTHS, share))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("share=" + share);
        }
    }

    /**
     * No finite limit leaves only one row in a thousand above it where one in ten is impossible.
     */
    @Test
    void aModelUnderWhichRowsAreImpossibleHasNoLimit() {
        double[] values = ROWS.values().clone();
        for (int i = 0; i < values.length; i += 10) {
            values[i] = 1e200;
        }
        FeatureMatrix wild = new FeatureMatrix("wild", ROWS.names(), values);
        assertThatThrownBy(() -> MODEL.withSurpriseLimit(wild, LENGTHS, 0.001))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("threshold=Infinity");
    }
}
