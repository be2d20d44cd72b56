package io.microstream.models.hmm;

import java.util.Random;

/**
 * A market of three known regimes: mean dwell 200, 67 and 33 bars, volatility of a minute 2e-4,
 * 6e-4 and 2e-3, volume times 1, 2 and 5. Each bar's high, low and close come from a random walk of
 * 60 steps.
 */
public final class SimulatedMarket {

    private static final double[] STAY = {1 - 1 / 200.0, 1 - 1 / 67.0, 1 - 1 / 33.0};
    private static final double[] SIGMA = {2e-4, 6e-4, 2e-3};
    private static final double[] VOLUME = {1, 2, 5};

    final int[] regime;

    /** Series of the market: log return, ln(high / low), volume. */
    final double[] logReturn;

    final double[] range;
    final double[] volume;

    public SimulatedMarket(int bars, long seed) {
        Random random = new Random(seed);
        regime = new int[bars];
        logReturn = new double[bars];
        range = new double[bars];
        volume = new double[bars];
        int state = 0;
        for (int bar = 0; bar < bars; bar++) {
            if (random.nextDouble() >= STAY[state]) {
                state = (state + 1 + random.nextInt(2)) % 3;
            }
            regime[bar] = state;
            double price = 0;
            double high = 0;
            double low = 0;
            for (int step = 0; step < 60; step++) {
                price += random.nextGaussian() * SIGMA[state] / Math.sqrt(60);
                high = Math.max(high, price);
                low = Math.min(low, price);
            }
            logReturn[bar] = price;
            range[bar] = high - low;
            volume[bar] = VOLUME[state] * Math.exp(0.4 * random.nextGaussian());
        }
    }

    /** Returns rows of ln range and ln volume. */
    public double[] rows(int from, int to) {
        double[] rows = new double[2 * (to - from)];
        for (int bar = from; bar < to; bar++) {
            rows[2 * (bar - from)] = Math.log(range[bar]);
            rows[2 * (bar - from) + 1] = Math.log(volume[bar]);
        }
        return rows;
    }
}
