package io.microstream.training.candidates;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.market.Regime;
import io.microstream.models.hmm.labelling.RegimeLabelling;
import java.util.List;
import org.junit.jupiter.api.Test;

class SoundnessTest {

    private static final RegimeLabelling SOUND =
            RegimeLabelling.of(
                    new double[] {-1, 0, 2}, new double[] {.6, .3, .1}, new double[] {-1, 0, 2}, 1);

    private static CandidateState state(
            Regime regime, double mean, double deviation, double occupancy, double stay) {
        return new CandidateState(regime, mean, deviation, mean, occupancy, stay);
    }

    private static List<CandidateState> states(CandidateState crisis) {
        return List.of(
                state(Regime.STABLE_LIQUIDITY, -1, .5, .6, .99),
                state(Regime.HIGH_VOLATILITY, 0, .5, .3, .9),
                crisis);
    }

    private static List<String> reasons(CandidateState crisis) {
        return Soundness.reasons(SOUND, states(crisis));
    }

    @Test
    void levelsThatLastAndOccurAreSound() {
        assertThat(SOUND.isSound()).isTrue();
        assertThat(reasons(state(Regime.LIQUIDITY_CRISIS, .5, .5, .1, .95))).isEmpty();
    }

    @Test
    void aStateThatDoesNotLastIsRefused() {
        assertThat(reasons(state(Regime.LIQUIDITY_CRISIS, 2, .5, .1, .8999)))
                .containsExactly(
                        "A state does not last: state=2 selfTransition=0.8999 (at least 0.90).");
    }

    @Test
    void aStateThatHardlyOccursIsRefused() {
        assertThat(reasons(state(Regime.LIQUIDITY_CRISIS, 2, .5, .0099, .95)))
                .containsExactly(
                        "LIQUIDITY_CRISIS is too rare: occupancy=0.009900 (at least 0.02).",
                        "A state hardly occurs: state=2 occupancy=0.009900 (at least 0.01).");
    }

    @Test
    void statesOfOneLevelAreRefused() {
        assertThat(reasons(state(Regime.LIQUIDITY_CRISIS, .49, .5, .1, .95)))
                .containsExactly(
                        "States are not distinct levels of volatility: states=1,2 means=0.0000,0.4900 apart by 0.98 deviations (at least 1).");
    }

    @Test
    void reasonsOfTheLabellingArePassedOn() {
        RegimeLabelling none =
                RegimeLabelling.of(
                        new double[] {-1, 2}, new double[] {.6, .4}, new double[] {-1, 2}, 1);
        List<String> reasons =
                Soundness.reasons(none, states(state(Regime.HIGH_VOLATILITY, 2, .5, .1, .95)));
        assertThat(reasons).hasSize(1).isEqualTo(none.reasons());
    }

    @Test
    void numbersThatAreNoneAreRefused() {
        assertThat(reasons(state(Regime.LIQUIDITY_CRISIS, Double.NaN, .5, .1, Double.NaN)))
                .hasSize(2);
    }
}
