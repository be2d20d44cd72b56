package io.microstream.training;

import io.microstream.market.FeatureSchema;
import io.microstream.models.features.FeatureMatrix;
import io.microstream.training.history.TrainingRows;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Rows drawn from a hidden Markov chain with known states: levels of volatility {@code gap}
 * deviations apart, the calmer the more frequent, the most stressed in about a tenth of the rows.
 */
public final class KnownChain {

    public final int[] state;
    final double[] volatility;

    public KnownChain(int states, int rows, double gap, long seed) {
        Random random = new Random(seed);
        double[] share = shares(states);
        state = new int[rows];
        volatility = new double[rows];
        int now = 0;
        for (int row = 0; row < rows; row++) {
            if (random.nextDouble() < 0.02) {
                now = drawn(share, random.nextDouble());
            }
            state[row] = now;
            volatility[row] = -1 + 0.2 * gap * now + 0.2 * random.nextGaussian();
        }
    }

    /**
     * Returns the states' shares: a tenth for the most stressed, the others as 1 : 1 : … : 2 with
     * the largest for the calmest.
     */
    private static double[] shares(int states) {
        double[] share = new double[states];
        Arrays.fill(share, 0.9 / states);
        share[0] = 2 * 0.9 / states;
        share[states - 1] = 0.1;
        return share;
    }

    private static int drawn(double[] share, double u) {
        int state = 0;
        while (state < share.length - 1 && u >= share[state]) {
            u -= share[state++];
        }
        return state;
    }

    /** Returns some of the rows, in sequences of a day. */
    public TrainingRows rows(int from, int to) {
        int days = (to - from) / Markets.DAY;
        int[] lengths = new int[days];
        Arrays.fill(lengths, Markets.DAY);
        double[] values = Arrays.copyOfRange(volatility, from, from + days * Markets.DAY);
        return new TrainingRows(
                new FeatureMatrix("known", List.of(FeatureSchema.LOG_VOLATILITY), values),
                lengths,
                from,
                to);
    }
}
