package io.microstream.models.hmm.fitting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.microstream.models.hmm.SimulatedMarket;
import io.microstream.models.hmm.inference.HmmParameters;
import io.microstream.models.hmm.inference.Observations;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * The accelerated fit ends where plain Baum-Welch ends, in fewer steps, and its likelihood never
 * falls.
 */
class AcceleratedBaumWelchTest {

    private static final double NEVER = Double.NEGATIVE_INFINITY;

    private final Observations rows =
            Observations.of(new SimulatedMarket(8_000, 3).rows(0, 8_000), 2);

    /**
     * Returns a start with more states than the market has, from which plain Baum-Welch converges
     * slowly.
     */
    private HmmParameters slowStart() {
        return StartingPoint.quantiles(rows, 4, 0);
    }

    @Test
    void likelihoodNeverFalls() {
        for (long seed = 0; seed < 5; seed++) {
            double[] history =
                    AcceleratedBaumWelch.fit(
                                    rows,
                                    StartingPoint.random(rows, 4, seed),
                                    BaumWelch.Settings.of(60, NEVER))
                            .logLikelihoods();
            assertThat(history).hasSize(60);
            for (int i = 1; i < history.length; i++) {
                assertThat(history[i] - history[i - 1]).as("step %d", i).isGreaterThan(-1e-6);
            }
        }
    }

    @Test
    void endsWherePlainBaumWelchEndsInHalfTheSteps() {
        double tolerance = 1e-8 * rows.rows();
        BaumWelch.Fit slow =
                BaumWelch.fit(rows, slowStart(), BaumWelch.Settings.of(3_000, tolerance));
        BaumWelch.Fit fast =
                AcceleratedBaumWelch.fit(
                        rows, slowStart(), BaumWelch.Settings.of(3_000, tolerance));
        assertThat(slow.converged()).isTrue();
        assertThat(fast.converged()).isTrue();
        assertThat(fast.logLikelihood()).isCloseTo(slow.logLikelihood(), within(.05));
        assertThat(fast.parameters().mean()).containsExactly(slow.parameters().mean(), within(.02));
        assertThat(fast.logLikelihoods().length).isLessThan(slow.logLikelihoods().length / 2);
    }

    @Test
    void probabilitiesOfZeroStayZero() {
        HmmParameters start =
                new HmmParameters(
                        new double[] {1, 0, 0},
                        new double[] {.9, .1, 0, 0, .9, .1, .1, 0, .9},
                        new double[] {-9, 0, -8, 1, -6, 1.5},
                        new double[] {1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1});
        double[] transition =
                AcceleratedBaumWelch.fit(rows, start, BaumWelch.Settings.of(40, NEVER))
                        .parameters()
                        .transition();
        assertThat(new double[] {transition[2], transition[3], transition[7]})
                .containsExactly(0, 0, 0);
        for (int i = 0; i < 9; i += 3) {
            assertThat(Arrays.stream(transition, i, i + 3).sum()).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void stopsAtTheLastStepAllowed() {
        for (int steps = 1; steps <= 8; steps++) {
            BaumWelch.Fit fit =
                    AcceleratedBaumWelch.fit(
                            rows, slowStart(), BaumWelch.Settings.of(steps, NEVER));
            assertThat(fit.logLikelihoods()).hasSize(steps);
            assertThat(fit.converged()).isFalse();
        }
    }

    @Test
    void firstTwoStepsArePlainOnes() {
        BaumWelch.Settings two = BaumWelch.Settings.of(2, NEVER);
        assertThat(AcceleratedBaumWelch.fit(rows, slowStart(), two).parameters())
                .isEqualTo(BaumWelch.fit(rows, slowStart(), two).parameters());
    }
}
