package io.microstream.binance.transport.rest;

import io.microstream.binance.transport.loop.EventLoop;
import io.microstream.binance.transport.loop.ProcessClock;
import io.microstream.binance.transport.rest.RestException.Kind;
import io.microstream.binance.wire.DepthSnapshot;
import io.microstream.binance.wire.ExchangeInfo;
import io.microstream.binance.wire.StreamKind;
import io.microstream.market.Bar;
import io.microstream.market.Trade;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * {@link BinanceRest} for commands and warm starts: each call waits on the caller's thread, which
 * drives the client's event loop meanwhile. RestFailures are {@link RestException}s; an interrupt
 * ends the call with {@link RestException.Kind#CANCELLED} and stays set.
 *
 * <p>Threads: any, one call at a time. Between calls nothing runs.
 */
public final class BlockingRest implements AutoCloseable {

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final EventLoop loop;
    private final BinanceRest rest;
    private final AutoCloseable transport;

    BlockingRest(EventLoop loop, BinanceRest rest, AutoCloseable transport) {
        this.loop = loop;
        this.rest = rest;
        this.transport = transport;
    }

    /**
     * A client on the process's clock and budget, over the network.
     *
     * @param config {@link RestConfig#command} for one that gives up
     * @param seed of the jitter
     */
    public static BlockingRest open(RestConfig config, long seed, RestListener listener) {
        EventLoop loop = new EventLoop(ProcessClock::nanoTime);
        JdkRestTransport transport = new JdkRestTransport(config);
        WeightBudget budget = WeightBudget.of(config.baseUrls().get(0));
        return new BlockingRest(
                loop, new BinanceRest(config, transport, budget, loop, seed, listener), transport);
    }

    /** Requests as {@link BinanceRest#klines} does, and waits for the answer. */
    public List<Bar> klines(String symbol, long startMs, long endMs, int limit) {
        return await(() -> rest.klines(symbol, startMs, endMs, limit, Priority.HISTORY));
    }

    /** Requests as {@link BinanceRest#klinesBefore} does, and waits for the answer. */
    public List<Bar> klinesBefore(String symbol, long openTimeMs, int bars) {
        return await(() -> rest.klinesBefore(symbol, openTimeMs, bars, Priority.HISTORY));
    }

    /** Requests as {@link BinanceRest#trades} does, and waits for the answer. */
    public List<Trade> trades(StreamKind kind, String symbol, long fromId, int limit) {
        return await(() -> rest.trades(kind, symbol, fromId, limit, Priority.HISTORY));
    }

    /** Requests as {@link BinanceRest#tradesSince} does, and waits for the answer. */
    public List<Trade> tradesSince(String symbol, long startMs, long endMs, int limit) {
        return await(() -> rest.tradesSince(symbol, startMs, endMs, limit, Priority.HISTORY));
    }

    /** As {@link BinanceRest#exchangeInfo}: all the symbols are known, or it fails. */
    public ExchangeInfo exchangeInfo(Collection<String> symbols) {
        return await(() -> rest.exchangeInfo(symbols, Priority.START));
    }

    /** Requests as {@link BinanceRest#depth} does, and waits for the answer. */
    public DepthSnapshot depth(String symbol, int limit) {
        return await(() -> rest.depth(symbol, limit, Priority.START));
    }

    /** The exchange's clock, microseconds since the epoch. */
    public long serverTimeUs() {
        return await(() -> rest.serverTimeUs(Priority.START));
    }

    /** Compares a clock with the exchange's. */
    public ClockCheck clockCheck(InstantSource clock) {
        var asked = clock.instant();
        long serverTimeUs = serverTimeUs();
        return ClockCheck.of(asked, serverTimeUs, clock.instant());
    }

    private synchronized <T> T await(Supplier<CompletableFuture<T>> ask) {
        CompletableFuture<T> future = ask.get();
        while (!future.isDone()) {
            if (Thread.currentThread().isInterrupted()) {
                future.cancel(true);
                throw new RestException(
                        Kind.CANCELLED, 0, 0, "Interrupted while waiting for REST", null);
            }
            if (!loop.runDue()) {
                loop.await(LOOK);
            }
        }
        return result(future);
    }

    private static <T> T result(CompletableFuture<T> done) {
        try {
            return done.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known
                    ? known
                    : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException("A future that is done does not wait", e);
        }
    }

    @Override
    public synchronized void close() {
        rest.close();
        try {
            transport.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("REST transport does not close", e);
        }
    }
}
