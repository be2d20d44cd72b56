package io.microstream.benchmarks;

import io.microstream.market.Bar;
import io.microstream.market.BarBuilder;
import io.microstream.market.Trade;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Gathering trades into a bar: ns and bytes a trade, a merge, and a finished bar. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BarBuilderBenchmark {

    private static final int TRADES = 4096;

    private final BarBuilder growing = new BarBuilder();
    private final BarBuilder merged = new BarBuilder();
    private final BarBuilder part = new BarBuilder();
    private Trade[] trades;
    private int next;

    @Setup
    public void simulate() {
        trades = Simulation.trades(TRADES);
        for (Trade trade : trades) {
            part.add(trade);
        }
    }

    /** Adds a trade to a builder that already holds trades. */
    @Benchmark
    public long trade() {
        growing.add(trades[next]);
        next = (next + 1) % TRADES;
        return growing.rows;
    }

    /** Merges a builder of 4,096 trades into another. */
    @Benchmark
    public long merge() {
        merged.merge(part);
        return merged.rows;
    }

    /** Makes the bar of 4,096 trades, decimals included. */
    @Benchmark
    public Bar toBar() {
        return part.toBar(Simulation.SYMBOL, Simulation.START_MS);
    }
}
