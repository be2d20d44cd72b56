package io.microstream.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.microstream.binance.transport.loop.EventLoop;
import io.microstream.binance.transport.loop.ProcessClock;
import io.microstream.binance.transport.rest.BinanceRest;
import io.microstream.binance.transport.rest.Priority;
import io.microstream.binance.transport.rest.RestConfig;
import io.microstream.binance.transport.rest.RestListener;
import io.microstream.binance.transport.rest.RestResponse;
import io.microstream.binance.transport.rest.WeightBudget;
import io.microstream.binance.wire.StreamKind;
import io.microstream.market.Trade;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A page of 1,000 aggregate trades asked of REST and read, the network left out: microseconds and
 * bytes a page.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RestPageBenchmark {

    private static final int ROWS = BinanceRest.MAX_ROWS;

    private EventLoop loop;
    private BinanceRest rest;
    private long firstId;

    @Setup
    public void generate() {
        Trade[] trades = Simulation.trades(ROWS);
        firstId = trades[0].id();
        byte[] body =
                Arrays.stream(trades)
                        .map(RestPageBenchmark::row)
                        .collect(Collectors.joining(",", "[", "]"))
                        .getBytes(US_ASCII);
        RestResponse answer = new RestResponse(200, Map.of("x-mbx-used-weight-1m", "0"), body);
        loop = new EventLoop(ProcessClock::nanoTime);
        WeightBudget budget = new WeightBudget();
        budget.limit(Integer.MAX_VALUE);
        rest =
                new BinanceRest(
                        RestConfig.feed(),
                        uri -> CompletableFuture.completedFuture(answer),
                        budget,
                        loop,
                        1,
                        RestListener.NONE);
    }

    private static String row(Trade t) {
        return """
                {"a":%d,"p":"%s","q":"%s","f":%d,"l":%d,"T":%d,"m":%b,"M":true}"""
                .formatted(
                        t.id(),
                        Frames.decimal(t.price()),
                        Frames.decimal(t.quantity()),
                        t.firstTradeId(),
                        t.lastTradeId(),
                        t.timeUs(),
                        t.buyerIsMaker());
    }

    @Benchmark
    public List<Trade> page() {
        CompletableFuture<List<Trade>> page =
                rest.trades(StreamKind.AGG_TRADE, Simulation.SYMBOL, firstId, ROWS, Priority.GAP);
        loop.runDue();
        List<Trade> trades = page.getNow(List.of());
        if (trades.size() != ROWS) {
            throw new IllegalStateException("Page misread: rows=" + trades.size());
        }
        return trades;
    }
}
