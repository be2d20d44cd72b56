package io.microstream.models.hmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.microstream.market.FeatureSchema;
import io.microstream.models.features.FeatureMatrix;
import io.microstream.models.features.TrainingRecord;
import io.microstream.models.hmm.inference.HmmParameters;
import io.microstream.models.hmm.inference.Rescaling;
import io.microstream.models.hmm.labelling.RegimeLabelling;
import io.microstream.models.hmm.labelling.RegimeMapping;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Matches models of a simulated market's volatility and volume; the volume reveals a swapped order.
 */
class ChampionMatchTest {

    private static final int BARS = 12_000;
    private static final List<String> INPUTS =
            List.of(FeatureSchema.LOG_VOLATILITY, FeatureSchema.LOG_VOLUME);

    private static GaussianHmmModel trained(int states, double[] values) {
        return GaussianHmmTrainer.withStates(states)
                .iterations(50, 1e-3)
                .build()
                .train(new FeatureMatrix("simulated", INPUTS, values), new int[] {BARS});
    }

    private static double[] market(long seed) {
        return new SimulatedMarket(BARS, seed).rows(0, BARS);
    }

    /** Returns the same model with its states renumbered. */
    private static GaussianHmmModel renumbered(GaussianHmmModel model, int... order) {
        RegimeLabelling labels = model.labelling();
        return with(
                model,
                Rescaling.ordered(model.parameters(), order),
                new RegimeLabelling(
                        new RegimeMapping(picked(labels.mapping().regimes(), order)),
                        picked(labels.stress(), order),
                        picked(labels.occupancy(), order),
                        picked(labels.meanRange(), order),
                        labels.rangeP90(),
                        labels.reasons()));
    }

    private static GaussianHmmModel with(
            GaussianHmmModel model, HmmParameters parameters, RegimeLabelling labelling) {
        return new GaussianHmmModel(
                new TrainingRecord(model.getFeatureIDMap(), model.getProvenance()),
                model.scaling(),
                parameters,
                labelling,
                model.logLikelihoods());
    }

    private static <T> List<T> picked(List<T> from, int... order) {
        List<T> picked = new ArrayList<>();
        for (int state : order) {
            picked.add(from.get(state));
        }
        return picked;
    }

    @Test
    void aPermutedCopyIsTheSameModel() {
        GaussianHmmModel champion = trained(4, market(42));
        for (int[] order : new int[][] {{0, 1, 2, 3}, {3, 1, 0, 2}, {2, 3, 1, 0}}) {
            ChampionMatch match = ChampionMatch.of(champion, renumbered(champion, order));
            assertThat(match.comparesStates()).isTrue();
            assertThat(match.matchedTo()).containsExactly(0, 1, 2, 3);
            assertThat(match.distances()).allMatch(distance -> distance < 1e-12);
            assertThat(match.agrees()).isTrue();
        }
    }

    @Test
    void trainingOnOtherRowsOfTheSameMarketAgrees() {
        ChampionMatch match = ChampionMatch.of(trained(3, market(42)), trained(3, market(43)));
        assertThat(match.matchedTo()).containsExactly(0, 1, 2);
        assertThat(match.distances()).allMatch(distance -> distance < .02);
        assertThat(match.agrees()).isTrue();
    }

    @Test
    void standardisationIsTakenOut() {
        GaussianHmmModel champion = trained(3, market(42));
        double[] louder = market(42);
        for (int i = 0; i < louder.length; i += 2) {
            louder[i] += 1;
        }
        GaussianHmmModel shifted = trained(3, louder);
        for (int i = 0; i < 6; i++) {
            assertThat(shifted.parameters().mean()[i])
                    .as("equal in standardised units")
                    .isCloseTo(champion.parameters().mean()[i], within(1e-6));
        }
        ChampionMatch match = ChampionMatch.of(champion, shifted);
        assertThat(match.distances()).allMatch(distance -> distance > .3);
    }

    @Test
    void aSwappedOrderIsRefused() {
        GaussianHmmModel champion = trained(3, market(42));
        HmmParameters p = champion.parameters();
        double[] mean = p.mean();
        double[] turned = mean.clone();
        double middle = (mean[0] + mean[2]) / 2;
        turned[0] = middle + .01;
        turned[2] = middle - .01;
        HmmParameters swapped =
                new HmmParameters(p.start(), p.transition(), turned, p.covariance());
        RegimeLabelling labels = champion.labelling();
        GaussianHmmModel successor =
                with(
                        champion,
                        swapped,
                        new RegimeLabelling(
                                labels.mapping(),
                                List.of(turned[0], turned[2], turned[4]),
                                labels.occupancy(),
                                labels.meanRange(),
                                labels.rangeP90(),
                                List.of()));
        ChampionMatch match = ChampionMatch.of(champion, successor);
        assertThat(match.matchedTo())
                .as("the calmest is the one with the volume of the champion's second")
                .containsExactly(1, 0, 2);
        assertThat(match.agrees()).isFalse();
        assertThat(match.reasons())
                .hasSize(2)
                .first()
                .asString()
                .startsWith(
                        "Order of stress and match with the champion disagree: the new model's state 0 is the champion's 1 (distance=");
    }

    @Test
    void regimesAreComparedWhereTheNumberOfStatesDiffers() {
        GaussianHmmModel champion = trained(4, market(42));
        GaussianHmmModel successor = trained(3, market(42));
        assertThat(champion.labelling().reasons()).isEmpty();
        assertThat(successor.labelling().reasons()).isEmpty();
        ChampionMatch match = ChampionMatch.of(champion, successor);
        assertThat(match.comparesStates()).isFalse();
        assertThat(match.matchedTo()).containsExactly(0, 1, 2);
        assertThat(match.agrees()).isTrue();
    }

    @Test
    void otherInputsCannotBeCompared() {
        GaussianHmmModel champion = trained(3, market(42));
        GaussianHmmModel other =
                GaussianHmmTrainer.withStates(3)
                        .build()
                        .train(
                                new FeatureMatrix(
                                        "simulated",
                                        List.of(
                                                FeatureSchema.LOG_VOLATILITY,
                                                FeatureSchema.RANGE_SURGE),
                                        market(42)),
                                new int[] {BARS});
        assertThat(ChampionMatch.of(champion, other).reasons())
                .containsExactly(
                        "Champion cannot be compared: inputs differ: champion=[log_volatility, log_volume] new=[log_volatility, range_surge].");
    }
}
