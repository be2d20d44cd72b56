package io.microstream.training.candidates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.microstream.models.features.Standardisation;
import io.microstream.models.hmm.inference.Observations;
import io.microstream.models.hmm.inference.Viterbi;
import io.microstream.testing.RandIndex;
import io.microstream.training.KnownChain;
import io.microstream.training.Markets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recovers the states of known chains, in number and in kind. */
class CandidateSearchTest {

    private static final int FITTED = 4 * Markets.DAY;
    private static final int ALL = 6 * Markets.DAY;

    private static List<FittedCandidate> search(
            KnownChain chain, int fewest, int most, long seed, int threads) {
        return CandidateSearch.run(
                chain.rows(0, FITTED), chain.rows(FITTED, ALL), fewest, most, seed, threads);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    void theTrueNumberOfStatesIsFoundAndTheStatesAre(int states) {
        KnownChain chain = new KnownChain(states, ALL, 5, 11);
        CandidateChoice choice = new CandidateChoice(search(chain, 3, 6, 1, 2));
        FittedCandidate chosen = choice.winner().orElseThrow();
        assertThat(chosen.figures().states()).isEqualTo(states);
        assertThat(chosen.figures().optimum()).isEqualTo(1);
        assertThat(chosen.figures().profile()).allMatch(state -> state.selfTransition() > .97);
        assertThat(choice.explain(chosen))
                .startsWith("K = " + states + " has the ")
                .contains("its BIC is also the lowest");
        Observations later =
                Observations.of(
                        chain.rows(FITTED, ALL).matrix(),
                        chain.rows(FITTED, ALL).lengths(),
                        Standardisation.identity(1));
        int[] decoded = Viterbi.decode(chosen.parameters(), later).states();
        int[] truth = Arrays.copyOfRange(chain.state, FITTED, ALL);
        assertThat(RandIndex.adjusted(truth, decoded)).isGreaterThanOrEqualTo(.99);
    }

    @Test
    void allStartsAreOnRecord() {
        KnownChain chain = new KnownChain(3, ALL, 5, 5);
        List<FittedCandidate> candidates = search(chain, 3, 4, 1, 2);
        assertThat(candidates).hasSize(22);
        for (int i = 0; i < 22; i++) {
            RegimeCandidate c = candidates.get(i).figures();
            assertThat(c.states()).isEqualTo(3 + i / 11);
            assertThat(c.start()).isEqualTo(i % 11);
            assertThat(c.rows()).isEqualTo(FITTED);
            assertThat(c.validationRows()).isEqualTo(ALL - FITTED);
            assertThat(c.profile()).hasSize(c.states());
            assertThat(c.profile().stream().mapToDouble(CandidateState::occupancy).sum())
                    .isCloseTo(1, within(1e-9));
            assertThat(c.profile().stream().map(CandidateState::mean)).isSorted();
            int free = c.states() * c.states() - 1 + 2 * c.states();
            assertThat(c.aicPerBar())
                    .isCloseTo(-2 * c.logLikelihoodPerBar() + 2.0 * free / FITTED, within(1e-9));
            assertThat(c.bicPerBar())
                    .isCloseTo(
                            -2 * c.logLikelihoodPerBar() + free * Math.log(FITTED) / FITTED,
                            within(1e-9));
        }
        assertThat(candidates.subList(0, 4))
                .extracting(c -> c.figures().startName())
                .containsExactly(
                        "quantiles", "perturbed quantiles", "scattered", "perturbed quantiles");
    }

    @Test
    void threadsChangeNothingAndSeedsOnlyTheSeededStarts() {
        KnownChain chain = new KnownChain(3, ALL, 5, 5);
        List<FittedCandidate> one = search(chain, 3, 4, 1, 1);
        List<FittedCandidate> three = search(chain, 3, 4, 1, 3);
        List<FittedCandidate> other = search(chain, 3, 4, 2, 2);
        for (int i = 0; i < one.size(); i++) {
            assertThat(three.get(i).figures()).isEqualTo(one.get(i).figures());
            assertThat(three.get(i).parameters()).isEqualTo(one.get(i).parameters());
            assertThat(three.get(i).heldOut()).isEqualTo(one.get(i).heldOut());
            boolean isSeeded = one.get(i).figures().start() > 0;
            assertThat(other.get(i).parameters().equals(one.get(i).parameters()))
                    .isEqualTo(!isSeeded);
        }
    }
}
