package io.microstream.live.market;

import io.microstream.market.AnomalySignal;
import io.microstream.market.FeatureSchema;
import io.microstream.market.FeatureVector;
import io.microstream.market.Regime;
import io.microstream.market.RegimeSignal;
import io.microstream.market.RollingFeatures;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * What two models would say of a {@link SymbolWalk}: probabilities that favour the true regime, and
 * a score over the threshold in a shock, its excess over 0.5 shared out by the features' size.
 */
final class WalkSignals {

    static final String REGIME_MODEL = "regime-hmm";
    static final String ANOMALY_MODEL = "isolation-forest";
    static final long MODEL_VERSION = 1;
    static final double THRESHOLD = 0.65;
    static final double SURPRISE_THRESHOLD = 9;

    private static final List<String> BLAMED =
            List.of(
                    FeatureSchema.SCALED_RETURN,
                    FeatureSchema.RANGE_SURGE,
                    FeatureSchema.VOLUME_SURGE,
                    FeatureSchema.TAKER_IMBALANCE);

    private final String symbol;
    private Regime beforeLast = Regime.STABLE_LIQUIDITY;
    private Regime last = Regime.STABLE_LIQUIDITY;
    private Regime regime;
    private double confidence;
    private double score;
    private double surprise;

    WalkSignals(String symbol) {
        this.symbol = symbol;
    }

    /** Settles what will be said of the minute that begins. */
    void draw(Random random, Regime trueRegime, boolean shocked) {
        regime = trueRegime;
        confidence = 0.7 + 0.29 * random.nextDouble();
        score = (shocked ? 0.72 : 0.42) + 0.08 * random.nextDouble();
        surprise = (shocked ? 11 : 3) + 2 * random.nextDouble();
    }

    /** Closes a minute of this regime. */
    void over(Regime ofMinute) {
        beforeLast = last;
        last = ofMinute;
    }

    RegimeSignal regime(long openTimeMs, int revision) {
        double[] p = new double[3];
        for (int i = 0; i < p.length; i++) {
            p[i] = i == regime.ordinal() ? confidence : (1 - confidence) / 2;
        }
        return new RegimeSignal(
                symbol,
                openTimeMs,
                REGIME_MODEL,
                MODEL_VERSION,
                regime,
                beforeLast,
                p[0],
                p[1],
                p[2],
                surprise,
                SURPRISE_THRESHOLD,
                surprise > SURPRISE_THRESHOLD,
                false,
                revision);
    }

    AnomalySignal anomaly(FeatureVector vector, int revision) {
        double total = 0;
        double largest = 0;
        for (String name : BLAMED) {
            double size = size(vector, name);
            total += size;
            largest = Math.max(largest, size);
        }
        Map<String, Double> shares = new TreeMap<>();
        for (String name : BLAMED) {
            shares.put(name, (score - 0.5) * size(vector, name) / total);
        }
        return new AnomalySignal(
                symbol,
                vector.openTimeMs(),
                ANOMALY_MODEL,
                MODEL_VERSION,
                score,
                THRESHOLD,
                score > THRESHOLD,
                largest * 3,
                shares,
                false,
                revision);
    }

    /** How far a feature is from zero; one that is not defined blames nothing. */
    private static double size(FeatureVector vector, String name) {
        double value = vector.value(RollingFeatures.SCHEMA, name);
        return Double.isNaN(value) ? 0 : Math.abs(value);
    }
}
