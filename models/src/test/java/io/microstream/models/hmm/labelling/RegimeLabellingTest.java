package io.microstream.models.hmm.labelling;

import static io.microstream.market.Regime.HIGH_VOLATILITY;
import static io.microstream.market.Regime.LIQUIDITY_CRISIS;
import static io.microstream.market.Regime.STABLE_LIQUIDITY;
import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.market.Regime;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegimeLabellingTest {

    @Test
    void regimesAreUnionsOfStatesInOrderOfStress() {
        RegimeLabelling labelling =
                RegimeLabelling.of(
                        new double[] {1.9, -1, 0.1, -0.4, 2.6},
                        new double[] {.08, .28, .30, .29, .05},
                        new double[] {30, 5, 12, 8, 60},
                        25);
        assertThat(labelling.mapping().regimes())
                .containsExactly(
                        LIQUIDITY_CRISIS,
                        STABLE_LIQUIDITY,
                        HIGH_VOLATILITY,
                        STABLE_LIQUIDITY,
                        LIQUIDITY_CRISIS);
        assertThat(labelling.isSound()).isTrue();
    }

    @Test
    void orderOfStatesDoesNotMatter() {
        double[] stress = {-1, -0.2, 0.7, 2};
        double[] occupancy = {.35, .25, .3, .1};
        double[] range = {5, 8, 15, 40};
        List<Regime> calmFirst =
                RegimeLabelling.of(stress, occupancy, range, 30).mapping().regimes();
        assertThat(calmFirst)
                .containsExactly(
                        STABLE_LIQUIDITY, STABLE_LIQUIDITY, HIGH_VOLATILITY, LIQUIDITY_CRISIS);
        List<Regime> turned =
                RegimeLabelling.of(
                                new double[] {2, -1, 0.7, -0.2},
                                new double[] {.1, .35, .3, .25},
                                new double[] {40, 5, 15, 8},
                                30)
                        .mapping()
                        .regimes();
        assertThat(turned)
                .containsExactly(
                        LIQUIDITY_CRISIS, STABLE_LIQUIDITY, HIGH_VOLATILITY, STABLE_LIQUIDITY);
    }

    @Test
    void stableStatesAreThoseWhoseShareIsNearestToTheTarget() {
        double[] stress = {-2, -1.2, -0.5, 0.1, 1, 2};
        double[] range = {4, 6, 8, 11, 16, 40};
        assertThat(RegimeLabelling.of(stress, halfLess(.003), range, 30).mapping().regimes())
                .as("three states hold .497")
                .containsExactly(
                        STABLE_LIQUIDITY,
                        STABLE_LIQUIDITY,
                        STABLE_LIQUIDITY,
                        HIGH_VOLATILITY,
                        HIGH_VOLATILITY,
                        LIQUIDITY_CRISIS);
        assertThat(RegimeLabelling.of(stress, halfLess(-.046), range, 30).mapping())
                .as("three states hold .546: nothing changes")
                .isEqualTo(RegimeLabelling.of(stress, halfLess(.003), range, 30).mapping());
    }

    private static double[] halfLess(double less) {
        return new double[] {.13, .17, .2 - less, .2 + less, .18, .12};
    }

    @Test
    void stateThatHoldsAThirdOfTheTimeIsNoCrisis() {
        RegimeLabelling labelling =
                RegimeLabelling.of(
                        new double[] {-1, 0, 1.2},
                        new double[] {.33, .36, .31},
                        new double[] {5, 10, 40},
                        30);
        assertThat(labelling.mapping().regimes())
                .containsExactly(STABLE_LIQUIDITY, STABLE_LIQUIDITY, HIGH_VOLATILITY);
        assertThat(labelling.isSound()).isFalse();
        assertThat(labelling.reasons())
                .singleElement()
                .asString()
                .contains("No state qualifies as LIQUIDITY_CRISIS")
                .contains("mostStressed=2 occupancy=0.3100");
    }

    @Test
    void rareStateOfOrdinaryRangeIsNoCrisis() {
        RegimeLabelling labelling =
                RegimeLabelling.of(
                        new double[] {-1, 0, 1.2},
                        new double[] {.6, .3, .1},
                        new double[] {5, 10, 20},
                        30);
        assertThat(labelling.mapping().regimes()).doesNotContain(LIQUIDITY_CRISIS);
        assertThat(labelling.reasons()).hasSize(1);
    }

    @Test
    void missingMiddleIsReported() {
        RegimeLabelling labelling =
                RegimeLabelling.of(
                        new double[] {-1, 2}, new double[] {.9, .1}, new double[] {5, 50}, 30);
        assertThat(labelling.mapping().regimes())
                .containsExactly(STABLE_LIQUIDITY, LIQUIDITY_CRISIS);
        assertThat(labelling.reasons())
                .containsExactly("No state is left for HIGH_VOLATILITY: states=2.");
    }

    @Test
    void tableListsCalmStatesFirst() {
        String table =
                RegimeLabelling.of(
                                new double[] {2, -1},
                                new double[] {.1, .9},
                                new double[] {50, 5},
                                30)
                        .table();
        assertThat(table.lines().skip(1).toList())
                .containsExactly(
                        "    1 -1.000    0.9000  5.000000 STABLE_LIQUIDITY",
                        "    0  2.000    0.1000 50.000000 LIQUIDITY_CRISIS");
    }

    @Test
    void probabilityOfARegimeIsTheSumOverItsStates() {
        RegimeMapping mapping =
                new RegimeMapping(List.of(STABLE_LIQUIDITY, LIQUIDITY_CRISIS, STABLE_LIQUIDITY));
        double[] byRegime = new double[3];
        mapping.sum(new double[] {.25, .5, .25}, byRegime);
        assertThat(byRegime).containsExactly(.5, 0, .5);
        assertThat(RegimeMapping.mostProbable(byRegime)).isEqualTo(STABLE_LIQUIDITY);
    }
}
