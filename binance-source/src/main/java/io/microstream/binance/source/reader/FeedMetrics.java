package io.microstream.binance.source.reader;

import io.microstream.binance.trades.LiveCounts;
import io.microstream.binance.trades.SymbolCounts;
import io.microstream.binance.transport.loop.ProcessClock;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * What the live feed counts, as Flink metrics of the source, group {@code feed}; per symbol in
 * {@code feed.symbol.<SYMBOL>}.
 */
final class FeedMetrics {

    private final LiveCounts counts;
    private final MetricGroup symbols;

    private FeedMetrics(LiveCounts counts, MetricGroup group) {
        this.counts = counts;
        this.symbols = group;
    }

    /** Any thread: a symbol is followed from now on. */
    void follow(String symbol) {
        SymbolCounts its = counts.of(symbol);
        MetricGroup group = symbols.addGroup("symbol", symbol);
        group.gauge("silenceMs", (Gauge<Long>) () -> its.silenceMs);
        group.gauge("lastId", (Gauge<Long>) () -> its.lastId);
    }

    /**
     * @param timeFactor how much faster than real time the feed's time runs
     */
    static FeedMetrics register(MetricGroup source, LiveCounts counts, double timeFactor) {
        MetricGroup group = source.addGroup("feed");
        group.gauge("frames", (Gauge<Long>) () -> counts.frames);
        group.gauge("trades", (Gauge<Long>) () -> counts.trades);
        group.gauge("repaired", (Gauge<Long>) () -> counts.repaired);
        group.gauge("duplicates", (Gauge<Long>) () -> counts.duplicates);
        group.gauge("overlapped", (Gauge<Long>) () -> counts.overlapped);
        group.gauge("deadLetters", (Gauge<Long>) () -> counts.deadLetters);
        group.gauge("foreignFrames", (Gauge<Long>) () -> counts.foreignFrames);
        group.gauge("connects", (Gauge<Long>) () -> counts.connects);
        group.gauge("disconnects", (Gauge<Long>) () -> counts.disconnects);
        group.gauge("renewals", (Gauge<Long>) () -> counts.renewals);
        group.gauge("stalls", (Gauge<Long>) () -> counts.stalls);
        group.gauge("overflows", (Gauge<Long>) () -> counts.overflows);
        group.gauge("probes", (Gauge<Long>) () -> counts.probes);
        group.gauge("heldDropped", (Gauge<Long>) () -> counts.heldDropped);
        group.gauge("restFailures", (Gauge<Long>) () -> counts.restFailures);
        group.gauge("usedWeight", (Gauge<Integer>) () -> counts.usedWeight);
        group.gauge("openConnections", (Gauge<Integer>) () -> counts.openConnections);
        group.gauge("openGaps", (Gauge<Integer>) () -> counts.openGaps);
        group.gauge("polledSymbols", (Gauge<Integer>) () -> counts.polledSymbols);
        group.gauge("haltedSymbols", (Gauge<Integer>) () -> counts.haltedSymbols);
        group.gauge("longestSilenceMs", (Gauge<Long>) () -> counts.longestSilenceMs);
        group.gauge("lagMs", (Gauge<Long>) () -> counts.lagMs);
        group.gauge("clockSkewMs", (Gauge<Long>) () -> counts.clockSkewMs);
        group.gauge("waitingFor", (Gauge<String>) counts.waits::longest);
        group.gauge(
                "waitingMs",
                (Gauge<Long>)
                        () -> {
                            long now = (long) (ProcessClock.nanoTime() * timeFactor);
                            return (long) (counts.waits.longestNanos(now) / timeFactor / 1e6);
                        });
        return new FeedMetrics(counts, group);
    }
}
