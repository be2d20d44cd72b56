package io.microstream.models.hmm.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.microstream.models.hmm.Hmms;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OnlineFilterTest {

    private final HmmParameters hmm = Hmms.random(3, 11);
    private final HmmParameters settled =
            new HmmParameters(hmm.stationary(), hmm.transition(), hmm.mean(), hmm.covariance());
    private final double[] rows = Hmms.rows(200, 12);

    private double[] row(int t) {
        return new double[] {rows[2 * t], rows[2 * t + 1]};
    }

    private static double[] started(OnlineFilter filter) {
        double[] lnAlpha = new double[filter.states()];
        filter.start(lnAlpha);
        return lnAlpha;
    }

    @Test
    void filterEqualsTheForwardPassFromTheStationaryDistribution() {
        OnlineFilter filter = new OnlineFilter(hmm);
        double[] expected = new ForwardBackward(settled).filtered(Observations.of(rows, 2));
        double[] lnAlpha = started(filter);
        double[] p = new double[3];
        double surprise = 0;
        for (int t = 0; t < 200; t++) {
            surprise += filter.step(lnAlpha, row(t));
            filter.posterior(lnAlpha, p);
            for (int k = 0; k < 3; k++) {
                assertThat(p[k]).isCloseTo(expected[t * 3 + k], within(1e-12));
            }
        }
        assertThat(-surprise)
                .isCloseTo(
                        new ForwardBackward(settled).logLikelihood(Observations.of(rows, 2)),
                        within(1e-9));
    }

    @Test
    void filterRestoredInTheMiddleGoesOnBitByBit() {
        OnlineFilter filter = new OnlineFilter(hmm);
        double[] lnAlpha = started(filter);
        double[] kept = null;
        for (int t = 0; t < 200; t++) {
            kept = t == 90 ? lnAlpha.clone() : kept;
            filter.step(lnAlpha, row(t));
        }
        OnlineFilter restored = new OnlineFilter(hmm);
        for (int t = 90; t < 200; t++) {
            restored.step(kept, row(t));
        }
        assertThat(kept).isEqualTo(lnAlpha);
    }

    @Test
    void missingMinutesAreStepsWithoutEmission() {
        OnlineFilter filter = new OnlineFilter(hmm);
        double[] lnAlpha = started(filter);
        filter.step(lnAlpha, row(0));
        double[] p = new double[3];
        filter.posterior(lnAlpha, p);
        for (int minute = 0; minute < 4; minute++) {
            double[] next = new double[3];
            for (int i = 0; i < 9; i++) {
                next[i % 3] += p[i / 3] * hmm.transition()[i];
            }
            p = next;
        }
        filter.skip(lnAlpha, 4);
        double[] skipped = new double[3];
        filter.posterior(lnAlpha, skipped);
        assertThat(skipped).containsExactly(p, within(1e-13));
    }

    @Test
    void afterALongGapTheFilterBeginsAnew() {
        OnlineFilter filter = new OnlineFilter(hmm);
        double[] lnAlpha = started(filter);
        filter.step(lnAlpha, row(0));
        filter.skip(lnAlpha, OnlineFilter.LONGEST_GAP + 1);
        assertThat(lnAlpha).isEqualTo(started(filter));
    }

    @Test
    void lagZeroIsTheFilterAndALongLagIsTheSmoother() {
        OnlineFilter filter = new OnlineFilter(hmm);
        double[] smoothed = new ForwardBackward(settled).smoothed(Observations.of(rows, 2));
        double[] lnAlpha = started(filter);
        for (int t = 0; t <= 195; t++) {
            filter.step(lnAlpha, row(t));
        }
        double[] out = new double[3];
        filter.smoothed(lnAlpha, new double[0], new long[0], 0, out);
        double[] p = new double[3];
        filter.posterior(lnAlpha, p);
        assertThat(out).containsExactly(p, within(1e-14));

        double[] later = new double[8];
        System.arraycopy(rows, 2 * 196, later, 0, 8);
        filter.smoothed(lnAlpha, later, new long[4], 4, out);
        for (int k = 0; k < 3; k++) {
            assertThat(out[k]).isCloseTo(smoothed[195 * 3 + k], within(1e-12));
        }
    }

    @Test
    void smoothingCountsMissingMinutes() {
        OnlineFilter filter = new OnlineFilter(hmm);
        double[] lnAlpha = started(filter);
        filter.step(lnAlpha, row(0));
        double[] p = new double[3];
        filter.posterior(lnAlpha, p);
        double[] out = new double[3];
        filter.smoothed(lnAlpha, row(1), new long[] {2}, 1, out);

        double[] lnLate = new double[3];
        double[] joint = new double[3];
        double total = 0;
        for (int k = 0; k < 3; k++) {
            Arrays.fill(lnLate, Double.NEGATIVE_INFINITY);
            lnLate[k] = 0;
            filter.skip(lnLate, 2);
            joint[k] = p[k] * Math.exp(-filter.step(lnLate, row(1)));
            total += joint[k];
        }
        for (int k = 0; k < 3; k++) {
            assertThat(out[k]).isCloseTo(joint[k] / total, within(1e-12));
        }
    }

    @Test
    void rowOfZeroDensityHasInfiniteSurpriseAndCountsAsMissing() {
        OnlineFilter filter = new OnlineFilter(hmm);
        double[] lnAlpha = started(filter);
        filter.step(lnAlpha, row(0));
        double[] skipped = lnAlpha.clone();
        filter.skip(skipped, 1);
        double surprise = filter.step(lnAlpha, new double[] {1e200, 0});
        assertThat(surprise).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(lnAlpha).isEqualTo(skipped);
    }

    @Test
    void orderOfStatesDoesNotMatter() {
        OnlineFilter filter = new OnlineFilter(hmm);
        OnlineFilter turned = new OnlineFilter(Hmms.permuted(hmm, 2, 0, 1));
        double[] lnAlpha = started(filter);
        double[] lnTurned = started(turned);
        for (int t = 0; t < 50; t++) {
            double surprise = filter.step(lnAlpha, row(t));
            assertThat(turned.step(lnTurned, row(t))).isCloseTo(surprise, within(1e-12));
        }
        assertThat(lnTurned)
                .containsExactly(new double[] {lnAlpha[2], lnAlpha[0], lnAlpha[1]}, within(1e-11));
    }
}
