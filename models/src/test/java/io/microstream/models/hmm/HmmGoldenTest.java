package io.microstream.models.hmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.microstream.models.hmm.fitting.BaumWelch;
import io.microstream.models.hmm.inference.ForwardBackward;
import io.microstream.models.hmm.inference.HmmParameters;
import io.microstream.models.hmm.inference.Observations;
import io.microstream.models.hmm.inference.OnlineFilter;
import io.microstream.models.hmm.inference.Viterbi;
import io.microstream.testing.SharedData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Follows twenty EM steps of hmmlearn 0.3.3, with both priors, from given parameters. */
class HmmGoldenTest {

    private static final Offset<Double> PARAMETER = within(1e-7);

    private final JsonNode golden;
    private final Observations rows;

    HmmGoldenTest() throws IOException {
        golden = new ObjectMapper().readTree(SharedData.require("golden/hmm.json").toFile());
        rows = Observations.of(doubles(golden.get("X")), 2);
    }

    private BaumWelch.Fit fit(double prior) {
        HmmParameters start =
                new HmmParameters(
                        new double[] {.4, .3, .3},
                        new double[] {.8, .1, .1, .1, .8, .1, .1, .1, .8},
                        new double[] {-.5, -.5, .5, .5, 1.5, 1.5},
                        new double[] {1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1});
        return BaumWelch.fit(
                rows, start, new BaumWelch.Settings(20, Double.NEGATIVE_INFINITY, prior, 1, 1));
    }

    @ParameterizedTest(name = "covars_prior {0}")
    @ValueSource(strings = {"0.01", "0.0"})
    void everyLogLikelihoodAndTheFinalParametersAreHmmlearns(String prior) {
        JsonNode run = golden.get("runs").get(prior);
        BaumWelch.Fit fit = fit(Double.parseDouble(prior));
        double[] logL = doubles(run.get("logL"));
        for (int i = 0; i < 20; i++) {
            assertThat(fit.logLikelihoods()[i])
                    .as("step %d", i)
                    .isCloseTo(logL[i], within(1e-8 * Math.abs(logL[i])));
        }
        HmmParameters hmm = fit.parameters();
        double last = new ForwardBackward(hmm).logLikelihood(rows);
        assertThat(last).isCloseTo(logL[20], within(1e-8 * Math.abs(logL[20])));
        assertThat(hmm.start()).containsExactly(doubles(run.get("startprob")), PARAMETER);
        assertThat(hmm.transition()).containsExactly(doubles(run.get("transmat")), PARAMETER);
        assertThat(hmm.mean()).containsExactly(doubles(run.get("means")), PARAMETER);
        assertThat(hmm.covariance()).containsExactly(doubles(run.get("covars")), PARAMETER);
        assertThat(hmm.aic(last)).isCloseTo(run.get("aic").asDouble(), within(1e-6));
        assertThat(hmm.bic(last, 300)).isCloseTo(run.get("bic").asDouble(), within(1e-6));
    }

    @ParameterizedTest(name = "covars_prior {0}")
    @ValueSource(strings = {"0.01", "0.0"})
    void pathAndPosteriorsAreHmmlearns(String prior) {
        JsonNode run = golden.get("runs").get(prior);
        HmmParameters hmm = fit(Double.parseDouble(prior)).parameters();
        Viterbi.Path path = Viterbi.decode(hmm, rows);
        double[] expectedPath = doubles(run.get("viterbi"));
        for (int t = 0; t < 300; t++) {
            assertThat(path.states()[t]).as("row %d", t).isEqualTo((int) expectedPath[t]);
        }
        assertThat(path.logProbability())
                .isCloseTo(run.get("viterbi_logp").asDouble(), within(1e-6));
        ForwardBackward inference = new ForwardBackward(hmm);
        assertThat(inference.smoothed(rows))
                .containsExactly(doubles(run.get("smoothed")), PARAMETER);
        assertThat(inference.filtered(rows))
                .containsExactly(doubles(run.get("filtered")), PARAMETER);
    }

    @Test
    void stationaryDistributionAndSurpriseAreAsComputedBeside() {
        HmmParameters hmm = fit(0).parameters();
        assertThat(hmm.stationary())
                .containsExactly(
                        new double[] {.4216670925, .3197241220, .2586087855}, within(1e-9));
        OnlineFilter filter = new OnlineFilter(hmm);
        double[] lnAlpha = new double[3];
        filter.start(lnAlpha);
        double surprise = Double.NaN;
        for (int t = 0; t <= 150; t++) {
            surprise =
                    filter.step(
                            lnAlpha, new double[] {rows.values()[2 * t], rows.values()[2 * t + 1]});
        }
        assertThat(surprise).isCloseTo(.8902586415, within(1e-8));
    }

    private static double[] doubles(JsonNode node) {
        List<Double> values = new ArrayList<>();
        collect(node, values);
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static void collect(JsonNode node, List<Double> into) {
        if (node.isNumber()) {
            into.add(node.asDouble());
        }
        node.forEach(child -> collect(child, into));
    }
}
