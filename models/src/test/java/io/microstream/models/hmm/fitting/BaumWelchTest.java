package io.microstream.models.hmm.fitting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.microstream.models.hmm.Hmms;
import io.microstream.models.hmm.SimulatedMarket;
import io.microstream.models.hmm.inference.ForwardBackward;
import io.microstream.models.hmm.inference.HmmParameters;
import io.microstream.models.hmm.inference.Observations;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BaumWelchTest {

    private static final double NEVER = Double.NEGATIVE_INFINITY;

    private static Observations market(int bars, int... lengths) {
        double[] rows = new SimulatedMarket(bars, 5).rows(0, bars);
        return lengths.length == 0 ? Observations.of(rows, 2) : new Observations(rows, 2, lengths);
    }

    @Test
    void likelihoodNeverFallsWithoutPrior() {
        Observations rows = market(6_000, 1_000, 2_500, 1, 2_499);
        BaumWelch.Fit fit =
                BaumWelch.fit(
                        rows, StartingPoint.random(rows, 4, 3), BaumWelch.Settings.of(60, NEVER));
        for (int i = 1; i < 60; i++) {
            assertThat(fit.logLikelihoods()[i])
                    .as("step %d", i)
                    .isGreaterThanOrEqualTo(fit.logLikelihoods()[i - 1] - 1e-8);
        }
        assertThat(fit.logLikelihoods()[59]).isGreaterThan(fit.logLikelihoods()[0] + 1_000);
    }

    @Test
    void scaledAndLogarithmicStepAgree() {
        Observations rows = market(9_000, 5_000, 4_000);
        HmmParameters hmm = StartingPoint.quantiles(rows, 4, 0);
        SufficientStatistics scaled = new ExpectationStep(rows, 1).run(hmm, true);
        SufficientStatistics logarithmic = new ExpectationStep(rows, 1).run(hmm, false);
        assertThat(scaled.logLikelihood)
                .isCloseTo(
                        logarithmic.logLikelihood,
                        within(1e-8 * Math.abs(logarithmic.logLikelihood)));
        assertRelative(scaled.start, logarithmic.start);
        assertRelative(scaled.transition, logarithmic.transition);
        assertRelative(scaled.posterior, logarithmic.posterior);
        assertRelative(scaled.sum, logarithmic.sum);
        assertRelative(scaled.product, logarithmic.product);
    }

    @Test
    void scaledStepIsRightWithForbiddenTransitions() {
        Observations rows = market(9_000, 5_000, 4_000);
        HmmParameters sticky = StartingPoint.quantiles(rows, 4, 0);
        HmmParameters neighboursOnly =
                new HmmParameters(
                        sticky.start(),
                        new double[] {
                            .9, .1, 0, 0, .05, .9, .05, 0, 1e-200, .05, .9, .05, 0, 0, .1, .9
                        },
                        sticky.mean(),
                        sticky.covariance());
        SufficientStatistics scaled = new ExpectationStep(rows, 1).run(neighboursOnly, true);
        SufficientStatistics reference = new ExpectationStep(rows, 1).run(neighboursOnly, false);
        assertThat(scaled.logLikelihood)
                .isCloseTo(
                        reference.logLikelihood, within(1e-8 * Math.abs(reference.logLikelihood)));
        assertThat(scaled.transition).containsExactly(reference.transition, within(1e-7));
        assertThat(scaled.transition[2]).isZero();
        assertThat(scaled.transition[8]).isBetween(1e-250, 1e-150);
        assertRelative(scaled.posterior, reference.posterior);
    }

    @Test
    void dataThatInsistOnAForbiddenTransitionAreLeftToLogarithms() {
        double[] jump = new double[400];
        Arrays.fill(jump, 200, 400, 40);
        Observations rows = Observations.of(jump, 1);
        HmmParameters chain =
                new HmmParameters(
                        new double[] {1, 0, 0},
                        new double[] {.9, .1, 0, .1, .8, .1, 0, .1, .9},
                        new double[] {0, 20, 40},
                        new double[] {.01, .01, .01});
        SufficientStatistics scaled = new ExpectationStep(rows, 1).run(chain, true);
        SufficientStatistics reference = new ExpectationStep(rows, 1).run(chain, false);
        assertThat(scaled.transition).isEqualTo(reference.transition);
        assertThat(scaled.transition[2]).isZero();
        assertThat(scaled.transition[1]).isCloseTo(1, within(1e-9));
        assertThat(scaled.transition[5]).isCloseTo(1, within(1e-9));
    }

    private static void assertRelative(double[] actual, double[] expected) {
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i])
                    .isCloseTo(expected[i], within(1e-8 * Math.abs(expected[i]) + 1e-300));
        }
    }

    @Test
    void blocksDoNotShow() {
        Observations rows = market(3 * HalfSequence.BLOCK + 7);
        HmmParameters hmm = StartingPoint.quantiles(rows, 3, 0);
        SufficientStatistics statistics = new ExpectationStep(rows, 1).run(hmm);
        ForwardBackward reference = new ForwardBackward(hmm);
        double[] gamma = reference.smoothed(rows);
        double[] posterior = new double[3];
        double[] sum = new double[6];
        for (int i = 0; i < gamma.length; i++) {
            posterior[i % 3] += gamma[i];
            sum[i % 3 * 2] += gamma[i] * rows.values()[i / 3 * 2];
            sum[i % 3 * 2 + 1] += gamma[i] * rows.values()[i / 3 * 2 + 1];
        }
        assertRelative(statistics.posterior, posterior);
        assertRelative(statistics.sum, sum);
        assertThat(statistics.logLikelihood).isCloseTo(reference.logLikelihood(rows), within(1e-6));
    }

    @Test
    void numberOfThreadsDoesNotMatter() {
        int[] lengths = new int[30];
        Arrays.fill(lengths, 3_000);
        double[] values = new SimulatedMarket(90_000, 6).rows(0, 90_000);
        Observations rows = new Observations(values, 2, lengths);
        HmmParameters start = StartingPoint.quantiles(rows, 3, 0);
        BaumWelch.Fit one = BaumWelch.fit(rows, start, new BaumWelch.Settings(3, NEVER, 0, 1, 1));
        BaumWelch.Fit four = BaumWelch.fit(rows, start, new BaumWelch.Settings(3, NEVER, 0, 1, 4));
        assertThat(four.parameters()).isEqualTo(one.parameters());
        assertThat(four.logLikelihoods()).isEqualTo(one.logLikelihoods());
    }

    @Test
    void numberOfThreadsDoesNotMatterForASingleSequenceEither() {
        Observations rows = market(40_001);
        HmmParameters start = StartingPoint.quantiles(rows, 5, 0);
        BaumWelch.Fit one = BaumWelch.fit(rows, start, new BaumWelch.Settings(4, NEVER, 0, 1, 1));
        BaumWelch.Fit two = BaumWelch.fit(rows, start, new BaumWelch.Settings(4, NEVER, 0, 1, 2));
        assertThat(two.parameters()).isEqualTo(one.parameters());
        assertThat(two.logLikelihoods()).isEqualTo(one.logLikelihoods());
    }

    @Test
    void loopEndsWhenTheGainIsBelowTheToleranceAndRunsOneMoreStep() {
        Observations rows = market(3_000);
        HmmParameters start = StartingPoint.quantiles(rows, 3, 0);
        BaumWelch.Fit fit = BaumWelch.fit(rows, start, BaumWelch.Settings.of(500, 1));
        double[] logL = fit.logLikelihoods();
        assertThat(fit.converged()).isTrue();
        assertThat(logL[logL.length - 1] - logL[logL.length - 2]).isLessThan(1);
        assertThat(logL[logL.length - 2] - logL[logL.length - 3]).isGreaterThanOrEqualTo(1);
        BaumWelch.Fit same = BaumWelch.fit(rows, start, BaumWelch.Settings.of(logL.length, NEVER));
        assertThat(same.parameters()).isEqualTo(fit.parameters());
        assertThat(same.converged()).isFalse();
    }

    @Test
    void outlierOfTenThousandDoesNotUnderflow() {
        Random random = new Random(1);
        double[] rows = new double[400];
        for (int i = 0; i < 400; i++) {
            rows[i] = random.nextGaussian() + (i / 100 % 2 == 0 ? 0 : 5);
        }
        rows[40] = 10_000;
        HmmParameters start =
                new HmmParameters(
                        new double[] {0, 1},
                        new double[] {.4, .6, .6, .4},
                        new double[] {0, 5},
                        new double[] {1, 1});
        BaumWelch.Fit fit =
                BaumWelch.fit(Observations.of(rows, 1), start, BaumWelch.Settings.of(100, 1e-2));
        assertThat(fit.logLikelihood()).isFinite().isGreaterThan(-5_000);
        assertThat(fit.parameters().start()).containsExactly(0, 1);
    }

    @Test
    void columnsWithoutVarianceAreFitted() {
        double[] rows = new double[2 * 200];
        Random random = new Random(2);
        for (int i = 0; i < 200; i++) {
            rows[2 * i] = 7;
            rows[2 * i + 1] = random.nextGaussian() + (i < 100 ? 0 : 6);
        }
        Observations observations = Observations.of(rows, 2);
        BaumWelch.Fit fit =
                BaumWelch.fit(
                        observations,
                        StartingPoint.quantiles(observations, 2, 1),
                        BaumWelch.Settings.of(20, 1e-2));
        assertThat(fit.parameters().mean(0, 0)).isCloseTo(7, within(1e-9));
        assertThat(fit.parameters().mean(0, 1)).isCloseTo(0, within(.3));
        assertThat(fit.parameters().mean(1, 1)).isCloseTo(6, within(.3));

        Observations zeros = Observations.of(new double[60], 2);
        HmmParameters flat =
                BaumWelch.fit(
                                zeros,
                                StartingPoint.quantiles(zeros, 3, 0),
                                BaumWelch.Settings.of(5, 1e-2))
                        .parameters();
        assertThat(flat.mean()).containsOnly(0);
    }

    @Test
    void zerosOfALeftRightChainStayZero() {
        Random random = new Random(3);
        double[] rows = new double[90];
        for (int i = 0; i < 90; i++) {
            rows[i] = random.nextGaussian() + 4 * (i / 30);
        }
        HmmParameters start =
                new HmmParameters(
                        new double[] {1, 0, 0},
                        new double[] {.9, .1, 0, 0, .9, .1, 0, 0, 1},
                        new double[] {0, 4, 8},
                        new double[] {1, 1, 1});
        HmmParameters fitted =
                BaumWelch.fit(Observations.of(rows, 1), start, BaumWelch.Settings.of(20, 1e-3))
                        .parameters();
        assertThat(fitted.start()).containsExactly(1, 0, 0);
        double[] a = fitted.transition();
        assertThat(new double[] {a[2], a[3], a[6], a[7]}).containsOnly(0);
        assertThat(a[8]).isEqualTo(1);
        assertThat(a[0]).isCloseTo(29 / 30.0, within(.03));
    }

    @Test
    void sequencesOfOneRowKeepTheTransitions() {
        HmmParameters start = Hmms.random(2, 4);
        Observations rows = new Observations(Hmms.rows(5, 4), 2, new int[] {1, 1, 1, 1, 1});
        HmmParameters fitted =
                BaumWelch.fit(rows, start, BaumWelch.Settings.of(3, NEVER)).parameters();
        assertThat(fitted.transition()).isEqualTo(start.transition());
        assertThat(fitted.start()[0] + fitted.start()[1]).isCloseTo(1, within(1e-12));
    }

    @Test
    void startingPointCutsAtTheGivenQuantiles() {
        double[] rows = new double[1_000];
        for (int i = 0; i < 1_000; i++) {
            rows[i] = i;
        }
        HmmParameters start = StartingPoint.quantiles(Observations.of(rows, 1), 3, 0);
        assertThat(start.mean(0, 0)).isCloseTo(249.5, within(1.0));
        assertThat(start.mean(1, 0)).isCloseTo(674.5, within(1.0));
        assertThat(start.mean(2, 0)).isCloseTo(924.5, within(1.0));
        assertThat(start.start()).containsExactly(new double[] {.5, .35, .15}, within(.002));
        assertThat(start.selfTransition(1)).isEqualTo(StartingPoint.STAY);
    }

    @Test
    void parametersThatAreNotValidAreRefused() {
        double[] one = {1};
        assertThatThrownBy(() -> new HmmParameters(new double[] {.9}, one, one, one))
                .hasMessageContaining("start=[0.9]");
        assertThatThrownBy(() -> new HmmParameters(one, one, new double[] {Double.NaN}, one))
                .hasMessageContaining("mean is not finite");
        assertThatThrownBy(
                        () -> new HmmParameters(one, one, new double[2], new double[] {1, 2, 2, 1}))
                .hasMessageContaining("positive definite");
        assertThatThrownBy(
                        () ->
                                new HmmParameters(
                                        one, one, new double[2], new double[] {1, .5, 0, 1}))
                .hasMessageContaining("symmetric");
        assertThatThrownBy(() -> new HmmParameters(one, new double[2], one, one))
                .hasMessageContaining("do not fit");
    }

    @Test
    void stationaryDistributionIsLeftUnchangedByAStep() {
        HmmParameters hmm = Hmms.random(4, 8);
        double[] pi = hmm.stationary();
        for (int j = 0; j < 4; j++) {
            double next = 0;
            for (int i = 0; i < 4; i++) {
                next += pi[i] * hmm.transition()[i * 4 + j];
            }
            assertThat(next).isCloseTo(pi[j], within(1e-14));
        }
    }
}
