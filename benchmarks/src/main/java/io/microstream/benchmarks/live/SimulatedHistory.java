package io.microstream.benchmarks.live;

import io.microstream.binance.replay.synthesis.SimulatedMarket;
import io.microstream.job.features.BarHistory;
import io.microstream.market.Bar;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A simulated market before the first trade, so that features and scores are there from it on. */
record SimulatedHistory() implements BarHistory {

    private static final long serialVersionUID = 1L;
    private static final int MINUTES = 1440;

    @Override
    public List<Bar> before(String symbol, long openTimeMs, int bars) {
        int minutes = Math.min(bars, MINUTES);
        long startMs = openTimeMs - minutes * Bar.MINUTE_MS;
        Iterator<Bar> simulated =
                new SimulatedMarket(List.of(symbol), startMs, minutes, 1).bars(symbol);
        List<Bar> history = new ArrayList<>(minutes);
        simulated.forEachRemaining(history::add);
        return history;
    }
}
