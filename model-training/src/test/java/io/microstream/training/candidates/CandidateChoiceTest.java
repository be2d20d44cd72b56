package io.microstream.training.candidates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.microstream.market.Regime;
import io.microstream.models.hmm.inference.HmmParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CandidateChoiceTest {

    private static final double[] EVEN = new double[20];

    /** Batches of mean 0 and deviation 1: the standard error of a difference is 0.2294. */
    private static final double[] WILD = new double[20];

    static {
        Arrays.setAll(WILD, i -> i % 2 == 0 ? 1 : -1);
    }

    private static FittedCandidate candidate(
            int states, int start, int optimum, double heldOut, double[] noise, String... reasons) {
        CandidateState state =
                new CandidateState(Regime.HIGH_VOLATILITY, 0, 1, 0, 1.0 / states, .95);
        RegimeCandidate figures =
                new RegimeCandidate(
                        states,
                        start,
                        start == 0 ? "quantiles" : "scattered",
                        optimum,
                        10,
                        true,
                        100,
                        -1 + states / 100.0,
                        100,
                        heldOut,
                        Double.NaN,
                        Double.NaN,
                        2 - states / 100.0,
                        2 - states / 100.0,
                        Collections.nCopies(states, state),
                        1,
                        false,
                        List.of(reasons));
        double[] batches = Arrays.stream(noise).map(value -> heldOut + value).toArray();
        return new FittedCandidate(
                figures,
                new HmmParameters(
                        new double[] {1}, new double[] {1}, new double[1], new double[] {1}),
                batches);
    }

    private static CandidateChoice choice(FittedCandidate... candidates) {
        return new CandidateChoice(new ArrayList<>(List.of(candidates)));
    }

    @Test
    void aClearLeadWins() {
        FittedCandidate three = candidate(3, 0, 1, -.5, EVEN);
        FittedCandidate four = candidate(4, 0, 1, -.4, EVEN);
        CandidateChoice choice = choice(three, four, candidate(5, 0, 1, -.45, EVEN));
        assertThat(choice.winner()).containsSame(four);
        assertThat(choice.explain(four))
                .isEqualTo(
                        "K = 4 has the best held-out likelihood of the qualifying candidates; its BIC is not the lowest and its AIC is not the lowest. 1 of 1 starts with K = 4 reach the same optimum.");
        assertThat(choice.figures(four))
                .extracting(RegimeCandidate::chosen)
                .containsExactly(false, true, false);
        assertThat(choice.figures(four).get(0).behindPerBar()).isCloseTo(.1, within(1e-12));
    }

    @Test
    void fewestStatesWinWhereTheLeadIsNoise() {
        FittedCandidate three = candidate(3, 0, 1, -.5, EVEN);
        FittedCandidate four = candidate(4, 0, 1, -.4, WILD);
        CandidateChoice choice = choice(three, four);
        assertThat(three.behind(four).perBar()).isCloseTo(.1, within(1e-12));
        assertThat(three.behind(four).error()).isCloseTo(Math.sqrt(20 / 19.0 / 20), within(1e-12));
        assertThat(choice.winner()).containsSame(three);
        assertThat(choice.explain(three))
                .startsWith(
                        "K = 3 has the fewest states of the qualifying candidates that are not clearly behind the best (K = 4 leads by 0.100000 nats per bar, standard error 0.229416);");
    }

    @Test
    void noiseThatBothShareCancels() {
        FittedCandidate three = candidate(3, 0, 1, -.5, WILD);
        FittedCandidate four = candidate(4, 0, 1, -.4, WILD);
        assertThat(three.behind(four).error()).isCloseTo(0, within(1e-12));
        assertThat(choice(three, four).winner()).containsSame(four);
    }

    @Test
    void candidatesThatDoNotQualifyAreIgnored() {
        FittedCandidate three = candidate(3, 0, 1, -.5, EVEN);
        FittedCandidate four = candidate(4, 0, 1, -.4, EVEN, "No crisis.");
        CandidateChoice choice = choice(three, four);
        assertThat(choice.winner()).containsSame(three);
        assertThat(choice.explain(three)).contains("Did not qualify: K = [4].");
        assertThat(choice.figures(three).get(1).behindPerBar()).isCloseTo(-.1, within(1e-12));
        assertThat(choice(four).winner()).isEmpty();
        assertThat(choice(four).figures(null).get(0).behindPerBar()).isNaN();
    }

    @Test
    void firstStartStandsForAllThatReachItsOptimum() {
        FittedCandidate first = candidate(3, 0, 1, -.5, EVEN);
        FittedCandidate twin = candidate(3, 1, 1, -.49999, EVEN);
        FittedCandidate elsewhere = candidate(3, 2, 2, -.6, EVEN);
        CandidateChoice choice = choice(first, twin, elsewhere);
        assertThat(choice.winner()).containsSame(first);
        assertThat(choice.explain(first))
                .endsWith("2 of 3 starts with K = 3 reach the optimum with the best likelihood.");
    }

    @Test
    void anotherOptimumWithABetterHeldOutLikelihoodWinsOverTheMoreLikelyOne() {
        FittedCandidate likely = candidate(3, 0, 1, -.5, EVEN);
        FittedCandidate better = candidate(3, 1, 2, -.4, EVEN);
        assertThat(choice(likely, better).winner()).containsSame(better);
    }

    @Test
    void optimaAreTheSameUpToTolerance() {
        FittedCandidate a = candidate(3, 0, 0, -.5, EVEN);
        FittedCandidate b = candidate(3, 1, 0, -.5, EVEN);
        FittedCandidate shifted =
                b.with(
                        Candidates.withProfile(
                                b.figures(),
                                Collections.nCopies(
                                        3,
                                        new CandidateState(
                                                Regime.HIGH_VOLATILITY, .03, 1, 0, 1 / 3.0, .95))));
        FittedCandidate other = candidate(4, 0, 0, -.5, EVEN);
        assertThat(Optima.numbered(List.of(a, shifted, b, other)))
                .extracting(c -> c.figures().optimum())
                .containsExactly(1, 2, 1, 1);
    }
}
