package io.microstream.models.hmm;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.models.hmm.fitting.BaumWelch;
import io.microstream.models.hmm.fitting.StartingPoint;
import io.microstream.models.hmm.inference.HmmParameters;
import io.microstream.models.hmm.inference.Observations;
import io.microstream.models.hmm.inference.OnlineFilter;
import io.microstream.models.hmm.inference.Viterbi;
import io.microstream.testing.RandIndex;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Recovers simulated, hence known, regimes: trained on one half, evaluated on the other. */
class SimulatedMarketTest {

    private static final int HALF = 20_000;

    private final SimulatedMarket market = new SimulatedMarket(2 * HALF, 42);
    private final int[] truth = Arrays.copyOfRange(market.regime, HALF, 2 * HALF);

    private static HmmParameters fitted(Observations rows) {
        return BaumWelch.fit(
                        rows, StartingPoint.quantiles(rows, 3, 0), BaumWelch.Settings.of(100, 1e-2))
                .parameters();
    }

    @Test
    void rangeAndVolumeRecoverTheRegimes() {
        HmmParameters hmm = fitted(Observations.of(market.rows(0, HALF), 2));
        Observations test = Observations.of(market.rows(HALF, 2 * HALF), 2);
        assertThat(RandIndex.adjusted(truth, Viterbi.decode(hmm, test).states()))
                .isGreaterThanOrEqualTo(.99);
        assertThat(hmm.selfTransition(0)).isBetween(.993, .997);
        assertThat(hmm.selfTransition(1)).isBetween(.980, .990);
        assertThat(hmm.selfTransition(2)).isBetween(.96, .98);
    }

    @Test
    void theFilterIsNearlyAsGoodAndALagOfTwoIsAsGood() {
        HmmParameters hmm = fitted(Observations.of(market.rows(0, HALF), 2));
        double[] rows = market.rows(HALF, 2 * HALF);
        OnlineFilter filter = new OnlineFilter(hmm);
        double[][] lnAlpha = new double[HALF][3];
        double[] current = new double[3];
        double[] p = new double[3];
        double[] later = new double[4];
        filter.start(current);
        int filtered = 0;
        int lagged = 0;
        for (int t = 0; t < HALF; t++) {
            filter.step(current, new double[] {rows[2 * t], rows[2 * t + 1]});
            lnAlpha[t] = current.clone();
            filtered += argmax(current) == truth[t] ? 1 : 0;
            if (t >= 2) {
                System.arraycopy(rows, 2 * (t - 1), later, 0, 4);
                filter.smoothed(lnAlpha[t - 2], later, new long[2], 2, p);
                lagged += argmax(p) == truth[t - 2] ? 1 : 0;
            }
        }
        assertThat(filtered / (double) HALF).isGreaterThan(.985);
        assertThat(lagged / (HALF - 2.0))
                .isGreaterThan(.997)
                .isGreaterThan(filtered / (double) HALF);
    }

    private static int argmax(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }

    /**
     * Shows why features are measured against a long baseline: relative to the last 20 bars, the
     * bar itself among them, the level vanishes.
     */
    @Test
    void scoresAgainstTheLastTwentyBarsRecoverNothing() {
        double[] rows = new double[3 * 2 * HALF];
        for (int bar = 20; bar < 2 * HALF; bar++) {
            rows[3 * bar] = score(market.range, bar);
            rows[3 * bar + 1] = score(market.logReturn, bar);
            rows[3 * bar + 2] = score(market.volume, bar);
        }
        HmmParameters hmm = fitted(Observations.of(Arrays.copyOfRange(rows, 60, 3 * HALF), 3));
        Observations test = Observations.of(Arrays.copyOfRange(rows, 3 * HALF, rows.length), 3);
        assertThat(RandIndex.adjusted(truth, Viterbi.decode(hmm, test).states())).isLessThan(.05);
    }

    private static double score(double[] values, int bar) {
        double mean = 0;
        double variance = 0;
        for (int i = bar - 19; i <= bar; i++) {
            mean += values[i] / 20;
        }
        for (int i = bar - 19; i <= bar; i++) {
            variance += (values[i] - mean) * (values[i] - mean) / 20;
        }
        return (values[bar] - mean) / Math.sqrt(variance);
    }
}
