package io.microstream.job;

import io.microstream.binance.replay.synthesis.SimulatedMarket;
import io.microstream.market.Bar;
import io.microstream.market.FeatureVector;
import io.microstream.market.RollingFeatures;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Bars and feature vectors of one simulated symbol, warm from the first minute on. */
public final class SimulatedVectors {

    /** The open time of the first vector, in milliseconds since the epoch. */
    public static final long START_MS = 1_767_225_600_000L;

    private static final int WARM_UP = 60;

    private SimulatedVectors() {}

    /** Returns the bars of a symbol from {@code before} minutes before {@link #START_MS} on. */
    public static List<Bar> bars(String symbol, int before, int minutes) {
        SimulatedMarket market =
                new SimulatedMarket(
                        List.of(symbol),
                        START_MS - before * Bar.MINUTE_MS,
                        (long) before + minutes,
                        11);
        List<Bar> bars = new ArrayList<>();
        for (Iterator<Bar> all = market.bars(symbol); all.hasNext(); ) {
            bars.add(all.next());
        }
        return bars;
    }

    /** Returns vectors with all features, one for each minute. */
    public static List<FeatureVector> of(String symbol, int minutes) {
        RollingFeatures features = new RollingFeatures(symbol);
        List<FeatureVector> vectors = new ArrayList<>();
        bars(symbol, WARM_UP, minutes).forEach(bar -> features.update(bar, vectors::add));
        return vectors.subList(WARM_UP, vectors.size());
    }

    /** Returns the open time of a minute after {@link #START_MS}. */
    public static long minute(int minute) {
        return START_MS + minute * Bar.MINUTE_MS;
    }

    /** Returns the vector with another revision and with values that are shifted. */
    public static FeatureVector revised(FeatureVector vector, int revision, double shift) {
        double[] values = vector.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] += shift;
        }
        return new FeatureVector(
                vector.symbol(), vector.openTimeMs(), vector.schemaVersion(), revision, values);
    }
}
