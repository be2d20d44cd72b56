package io.microstream.benchmarks;

import io.microstream.binance.replay.synthesis.SimulatedMarket;
import io.microstream.market.Bar;
import io.microstream.market.FeatureVector;
import io.microstream.market.RollingFeatures;
import io.microstream.market.Trade;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** What the benchmarks work on: one simulated symbol, always the same. */
final class Simulation {

    static final String SYMBOL = "BTCUSDT";

    /** The start of the simulation, 2026-01-01T00:00Z, milliseconds since the epoch. */
    static final long START_MS = 1_767_225_600_000L;

    private static final int TRADES_PER_MINUTE = 200;
    private static final long SEED = 1;

    private Simulation() {}

    static SimulatedMarket market(long minutes) {
        return new SimulatedMarket(List.of(SYMBOL), START_MS, minutes, SEED);
    }

    /** Returns the first trades of a simulated market of about 200 trades a minute. */
    static Trade[] trades(int count) {
        SimulatedMarket market = market(2 + count / (TRADES_PER_MINUTE / 10));
        Iterator<Trade> trades =
                market.synthesizer(SYMBOL, TRADES_PER_MINUTE).trades(market.bars(SYMBOL));
        Trade[] first = new Trade[count];
        for (int i = 0; i < count; i++) {
            first[i] = trades.next();
        }
        return first;
    }

    /** Returns the first bars of the simulated market, with all columns known. */
    static Bar[] bars(int count) {
        SimulatedMarket market = market(count);
        List<Bar> bars = new ArrayList<>(count);
        market.synthesizer(SYMBOL, 10).completed(market.bars(SYMBOL)).forEachRemaining(bars::add);
        return bars.toArray(Bar[]::new);
    }

    /** The features of the first bars, those before the baseline stands left out. */
    static FeatureVector[] vectors(int bars) {
        RollingFeatures features = new RollingFeatures(SYMBOL);
        List<FeatureVector> vectors = new ArrayList<>(bars);
        for (Bar bar : bars(bars)) {
            features.update(bar, vectors::add);
        }
        return vectors.stream()
                .skip(RollingFeatures.MINIMUM_BASELINE_BARS)
                .toArray(FeatureVector[]::new);
    }
}
