package io.microstream.models.hmm.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.microstream.models.features.Standardisation;
import io.microstream.models.hmm.Hmms;
import org.junit.jupiter.api.Test;

class RescalingTest {

    private static final Standardisation SCALING =
            new Standardisation(new double[] {3, -1}, new double[] {2, .25});

    @Test
    void rawParametersFitRawRowsAsStandardisedFitStandardised() {
        HmmParameters standardised = Hmms.random(3, 5);
        HmmParameters raw = Rescaling.raw(standardised, SCALING);
        double[] x = Hmms.rows(50, 6);
        double[] z = new double[x.length];
        SCALING.apply(x, z);
        double jacobian = 50 * Math.log(2 * .25);
        assertThat(new ForwardBackward(raw).logLikelihood(Observations.of(x, 2)))
                .isCloseTo(
                        new ForwardBackward(standardised).logLikelihood(Observations.of(z, 2))
                                - jacobian,
                        within(1e-8));
        assertThat(raw.mean(1, 0)).isEqualTo(standardised.mean(1, 0) * 2 + 3);
        assertThat(raw.transition()).isEqualTo(standardised.transition());
    }

    @Test
    void roundTripChangesNothing() {
        HmmParameters hmm = Hmms.random(4, 9);
        HmmParameters back = Rescaling.standardised(Rescaling.raw(hmm, SCALING), SCALING);
        assertThat(back.mean()).containsExactly(hmm.mean(), within(1e-12));
        assertThat(back.covariance()).containsExactly(hmm.covariance(), within(1e-12));
    }

    @Test
    void statesTakeAnotherOrder() {
        HmmParameters hmm = Hmms.random(3, 5);
        int[] order = {2, 0, 1};
        assertThat(Rescaling.ordered(hmm, order)).isEqualTo(Hmms.permuted(hmm, order));
    }

    @Test
    void anotherNumberOfInputsIsRefused() {
        assertThatThrownBy(() -> Rescaling.raw(Hmms.random(2, 1), Standardisation.identity(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("HMM and standardisation differ in inputs: hmm=2 by=3");
    }
}
