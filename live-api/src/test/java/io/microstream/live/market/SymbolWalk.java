package io.microstream.live.market;

import io.microstream.market.Bar;
import io.microstream.market.FeatureVector;
import io.microstream.market.Regime;
import io.microstream.market.RollingFeatures;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;

/**
 * One symbol's made-up market: a random walk whose volatility and volume follow a sticky chain of
 * regimes, with a shock (ten times the range and volume) every {@value #SHOCK_EVERY} minutes and on
 * demand. Features are computed by {@link RollingFeatures} as the job does; regimes and scores are
 * {@link WalkSignals}.
 *
 * <p>Equal seeds give equal minutes, to the last digit, whether or not a minute is also looked at
 * while it runs. Not thread-safe.
 */
final class SymbolWalk {

    /** A minute is made of so many steps; after fewer it still runs. */
    static final int STEPS = 4;

    /** Minutes from one shock to the next. */
    static final int SHOCK_EVERY = 61;

    private static final int FIRST_SHOCK = 37;
    private static final int WARM_UP = 40;
    private static final double[] STEP_VOLATILITY = {0.00015, 0.0005, 0.0016};
    private static final double[] MEAN_TRADES = {40, 90, 240};
    private static final double STICKINESS = 0.96;

    private final String symbol;
    private final Random random;
    private final RollingFeatures features;
    private final WalkSignals signals;
    private final double[] path = new double[STEPS + 1];
    private double buyShare;
    private double volumeOfStep;
    private Regime regime = Regime.STABLE_LIQUIDITY;
    private long openTimeMs;
    private long minutes;
    private long nextTradeId = 1_000_000;
    private boolean shocked;
    private boolean drawn;

    /**
     * @param firstOpenTimeMs the first minute it will give; the walk has run before, so that its
     *     features are defined
     */
    SymbolWalk(String symbol, long seed, long firstOpenTimeMs, double firstPrice) {
        this.symbol = symbol;
        this.random = new Random(seed * 31 + symbol.hashCode());
        this.features = new RollingFeatures(symbol);
        this.signals = new WalkSignals(symbol);
        this.openTimeMs = firstOpenTimeMs - WARM_UP * Bar.MINUTE_MS;
        this.path[STEPS] = firstPrice;
        for (int i = 0; i < WARM_UP; i++) {
            finish(Bar.MINUTE_MS);
        }
        this.minutes = 0;
    }

    /** Makes the minute that comes next a shock, unless it runs already. */
    void shockNext() {
        shocked = true;
    }

    /** Open time of the minute that runs or comes next. */
    long openTimeMs() {
        return openTimeMs;
    }

    /**
     * The running minute after some of its steps; the minute goes on.
     *
     * @param steps 1 to {@value #STEPS}
     */
    MarketMinute provisional(int steps) {
        draw();
        return results(bar(steps, false));
    }

    /** The running minute when it is over; the next begins {@code strideMs} after its open time. */
    MarketMinute finish(long strideMs) {
        draw();
        Bar bar = bar(STEPS, true);
        MarketMinute minute = results(bar);
        signals.over(minute.regime().regime());
        nextTradeId = bar.lastTradeId() + 1;
        openTimeMs += strideMs;
        minutes++;
        drawn = false;
        shocked = false;
        return minute;
    }

    private void draw() {
        if (drawn) {
            return;
        }
        drawn = true;
        shocked |= minutes % SHOCK_EVERY == FIRST_SHOCK;
        if (random.nextDouble() > STICKINESS) {
            regime = Regime.values()[random.nextInt(Regime.values().length)];
        }
        double volatility = STEP_VOLATILITY[regime.ordinal()] * (shocked ? 10 : 1);
        path[0] = path[STEPS];
        for (int step = 1; step <= STEPS; step++) {
            path[step] = path[step - 1] * (1 + volatility * random.nextGaussian());
        }
        double size = MEAN_TRADES[regime.ordinal()] * (shocked ? 10 : 1) / STEPS;
        volumeOfStep = size * (0.5 + random.nextDouble());
        double drift = (path[STEPS] / path[0] - 1) / (volatility * STEPS);
        buyShare = Math.max(0.05, Math.min(0.95, 0.5 + 0.3 * drift));
        signals.draw(random, regime, shocked);
    }

    private Bar bar(int steps, boolean isFinal) {
        double high = path[0];
        double low = path[0];
        for (int step = 1; step <= steps; step++) {
            high = Math.max(high, path[step]);
            low = Math.min(low, path[step]);
        }
        long trades = Math.max(1, Math.round(volumeOfStep * steps));
        BigDecimal volume = decimal(volumeOfStep * steps * 1000 / path[0], 5);
        BigDecimal bought = decimal(volume.doubleValue() * buyShare, 5);
        BigDecimal close = decimal(path[steps], 2);
        return new Bar(
                symbol,
                openTimeMs,
                decimal(path[0], 2),
                decimal(high, 2),
                decimal(low, 2),
                close,
                volume,
                volume.multiply(close),
                bought,
                bought.multiply(close),
                trades,
                nextTradeId,
                nextTradeId + trades - 1,
                isFinal,
                isFinal,
                isFinal ? 0 : Bar.PROVISIONAL);
    }

    private MarketMinute results(Bar bar) {
        FeatureVector[] newest = new FeatureVector[1];
        features.update(bar, vector -> newest[0] = vector);
        FeatureVector vector = newest[0];
        return new MarketMinute(
                bar,
                vector,
                signals.regime(bar.openTimeMs(), bar.revision()),
                signals.anomaly(vector, bar.revision()));
    }

    private static BigDecimal decimal(double value, int scale) {
        return BigDecimal.valueOf(value).setScale(scale, RoundingMode.HALF_EVEN);
    }
}
