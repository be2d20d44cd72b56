package io.microstream.benchmarks;

import io.microstream.market.Bar;
import io.microstream.market.FeatureVector;
import io.microstream.market.RollingFeatures;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The features of one bar on a full baseline of 14 days: ns and bytes a bar. Time and bytes include
 * making the bar itself, since each must be newer than the one before.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RollingFeaturesBenchmark {

    private final RollingFeatures features = new RollingFeatures(Simulation.SYMBOL);
    private Bar[] bars;
    private long taken;
    private FeatureVector newest;

    @Setup
    public void fillBaseline() {
        bars = Simulation.bars(RollingFeatures.BASELINE_BARS);
        for (int i = 0; i < RollingFeatures.BASELINE_BARS; i++) {
            newBar();
        }
    }

    /** Computes the features of the next bar, the making of the bar included. */
    @Benchmark
    public FeatureVector newBar() {
        features.update(nextBar(), vector -> newest = vector);
        return newest;
    }

    /** Recomputes the newest bar, as a revision by a late trade does. */
    @Benchmark
    public FeatureVector revisedBar() {
        Bar bar = at(taken - 1);
        features.update(bar, vector -> newest = vector);
        return newest;
    }

    private Bar nextBar() {
        return at(taken++);
    }

    /** Repeats the simulated bars for ever, with open times that go on. */
    private Bar at(long minute) {
        Bar b = bars[(int) (minute % bars.length)];
        return new Bar(
                b.symbol(),
                Simulation.START_MS + minute * Bar.MINUTE_MS,
                b.open(),
                b.high(),
                b.low(),
                b.close(),
                b.volume(),
                b.quoteVolume(),
                b.takerBuyVolume(),
                b.takerBuyQuoteVolume(),
                b.tradeCount(),
                b.firstTradeId(),
                b.lastTradeId(),
                true,
                true,
                0);
    }
}
