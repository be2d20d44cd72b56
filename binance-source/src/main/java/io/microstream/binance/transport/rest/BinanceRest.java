package io.microstream.binance.transport.rest;

import io.microstream.binance.transport.loop.EventLoop;
import io.microstream.binance.wire.DepthJson;
import io.microstream.binance.wire.DepthSnapshot;
import io.microstream.binance.wire.ExchangeInfo;
import io.microstream.binance.wire.JsonReader;
import io.microstream.binance.wire.KlineJson;
import io.microstream.binance.wire.StreamKind;
import io.microstream.binance.wire.TradeJson;
import io.microstream.market.Bar;
import io.microstream.market.Trade;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Asks the REST interface of an exchange that speaks Binance's. Requests wait by {@link Priority},
 * then by age, for weight of the {@link WeightBudget}; what may succeed later is asked again with
 * backoff and jitter, after 429, 418 and 403 no sooner than the exchange allows; what cannot
 * succeed fails at once. All failures are {@link RestException}s.
 *
 * <p>Threads: everything on the loop's, futures complete there; cancelling a future gives the
 * request up. Times are milliseconds where Binance's parameters are, microseconds in results.
 *
 * <p>Source: Binance spot API documentation, {@code rest-api.md}.
 */
public final class BinanceRest implements AutoCloseable {

    /** Rows that one request returns at most: trades and klines. */
    public static final int MAX_ROWS = 1_000;

    /** In place of a time: no bound. */
    public static final long OPEN = -1;

    private static final int TIME_WEIGHT = 1;
    private static final int KLINES_WEIGHT = 2;

    private final WeightBudget budget;
    private final EventLoop loop;
    private final RestQueue queue;
    private final InstantSource clock;
    private long serverTimeMs = Long.MIN_VALUE;

    /** For history: trades do not say when they were received. */
    public BinanceRest(
            RestConfig config,
            RestTransport transport,
            WeightBudget budget,
            EventLoop loop,
            long seed,
            RestListener listener) {
        this(config, transport, budget, loop, seed, listener, InstantSource.fixed(Instant.EPOCH));
    }

    /**
     * @param budget the one of the process, {@link WeightBudget#of}; its other users' loops must
     *     have clocks of the same origin
     * @param seed of the jitter
     * @param clock says when trades are received; read by threads of the transport
     */
    public BinanceRest(
            RestConfig config,
            RestTransport transport,
            WeightBudget budget,
            EventLoop loop,
            long seed,
            RestListener listener,
            InstantSource clock) {
        this.clock = clock;
        this.budget = budget;
        this.loop = loop;
        this.queue = new RestQueue(config, transport, budget, loop, seed, listener);
    }

    /**
     * Trades from an id on, in the server's order, which is ascending. The first may have a higher
     * id than asked: the server starts at its oldest without a word. Right after a trade was
     * streamed the server may not have it yet.
     *
     * @param symbol upper case
     * @param limit at most {@link #MAX_ROWS}
     */
    public CompletableFuture<List<Trade>> trades(
            StreamKind kind, String symbol, long fromId, int limit, Priority priority) {
        Query query = Query.symbol(symbol).with("fromId", fromId).with("limit", limit);
        return trades(kind, path(kind), symbol, query, priority);
    }

    /**
     * Aggregate trades from a time on, oldest first.
     *
     * @param endTimeMs last millisecond, or {@link #OPEN}
     */
    public CompletableFuture<List<Trade>> tradesSince(
            String symbol, long startTimeMs, long endTimeMs, int limit, Priority priority) {
        StreamKind kind = StreamKind.AGG_TRADE;
        Query query =
                Query.symbol(symbol).with("startTime", startTimeMs).with("endTime", endTimeMs);
        return trades(kind, path(kind), symbol, query.with("limit", limit), priority);
    }

    /** Requests the newest trades of a symbol, at most {@code limit}, in ascending id order. */
    public CompletableFuture<List<Trade>> newestTrades(
            StreamKind kind, String symbol, int limit, Priority priority) {
        Query query = Query.symbol(symbol).with("limit", limit);
        return trades(kind, newestPath(kind), symbol, query, priority);
    }

    /**
     * Single trades by id come from {@code historicalTrades}, which the hosts for market data only
     * do not serve; the newest come from {@code trades}, which they do.
     */
    private static String path(StreamKind kind) {
        return isSingle(kind) ? "/api/v3/historicalTrades" : "/api/v3/aggTrades";
    }

    private static String newestPath(StreamKind kind) {
        return isSingle(kind) ? "/api/v3/trades" : "/api/v3/aggTrades";
    }

    private static boolean isSingle(StreamKind kind) {
        if (!kind.carriesTrades()) {
            throw new IllegalArgumentException("Not a kind of trades: kind=" + kind);
        }
        return kind == StreamKind.TRADE;
    }

    /** Returns the weight of a request, whatever its limit. */
    private static int weight(StreamKind kind) {
        return kind == StreamKind.TRADE ? 25 : 4;
    }

    private CompletableFuture<List<Trade>> trades(
            StreamKind kind, String path, String symbol, Query query, Priority priority) {
        return queue.submit(
                new Call<>(
                        path,
                        query,
                        weight(kind),
                        priority,
                        json -> TradeJson.read(json, kind, symbol, clock.millis())));
    }

    /**
     * One-minute bars by open time, ascending, final and complete, trade ids −1; minutes that the
     * exchange does not have are not there. Without a start, the newest up to the end.
     *
     * <p>A minute that still runs is left out: unless the whole range is known to have ended, the
     * exchange's time is asked first (weight 1), and what closes after it does not count.
     *
     * @param startMs first open time, or {@link #OPEN}
     * @param endMs last open time, or {@link #OPEN}
     * @param limit at most {@link #MAX_ROWS}
     */
    public CompletableFuture<List<Bar>> klines(
            String symbol, long startMs, long endMs, int limit, Priority priority) {
        CompletableFuture<List<Bar>> result = new CompletableFuture<>();
        if (endMs >= 0 && endMs + Bar.MINUTE_MS <= serverTimeMs) {
            rows(symbol, startMs, endMs, limit, priority, result);
        } else {
            serverTimeUs(priority)
                    .whenComplete(
                            (time, failure) -> {
                                if (failure == null) {
                                    rows(symbol, startMs, endMs, limit, priority, result);
                                } else {
                                    result.completeExceptionally(failure);
                                }
                            });
        }
        return result;
    }

    private void rows(
            String symbol,
            long startMs,
            long endMs,
            int limit,
            Priority priority,
            CompletableFuture<List<Bar>> result) {
        long nowMs = serverTimeMs;
        Query query = Query.symbol(symbol).with("interval", "1m").with("startTime", startMs);
        query.with("endTime", endMs).with("limit", limit);
        queue.submit(
                        new Call<>(
                                "/api/v3/klines",
                                query,
                                KLINES_WEIGHT,
                                priority,
                                json -> KlineJson.read(json, symbol)))
                .whenComplete(
                        (bars, failure) -> {
                            if (failure == null) {
                                result.complete(endedBy(nowMs, bars));
                            } else {
                                result.completeExceptionally(failure);
                            }
                        });
    }

    private static List<Bar> endedBy(long nowMs, List<Bar> bars) {
        return bars.stream().filter(bar -> bar.openTimeMs() + Bar.MINUTE_MS <= nowMs).toList();
    }

    /**
     * The newest {@code bars} bars that open before a time, ascending, {@link #MAX_ROWS} a request;
     * fewer where the exchange has no more.
     *
     * @param beforeMs open time, exclusive
     */
    public CompletableFuture<List<Bar>> klinesBefore(
            String symbol, long beforeMs, int bars, Priority priority) {
        return new KlinePages(this, symbol, bars, priority).before(beforeMs);
    }

    /** The exchange's clock, microseconds since the epoch. */
    public CompletableFuture<Long> serverTimeUs(Priority priority) {
        return queue.submit(
                        new Call<>(
                                "/api/v3/time",
                                new Query(),
                                TIME_WEIGHT,
                                priority,
                                BinanceRest::time))
                .whenComplete((us, failure) -> noteTime(failure == null ? us : null));
    }

    private static Long time(JsonReader json) throws IOException {
        long[] time = {OPEN};
        json.object(
                name -> {
                    if (name.equals("serverTime")) {
                        time[0] = json.micros();
                    }
                });
        if (time[0] < 0) {
            throw json.unreadable("answer lacks serverTime");
        }
        return time[0];
    }

    private void noteTime(Long us) {
        if (us != null) {
            serverTimeMs = us / 1_000;
        }
    }

    /**
     * What the exchange says of itself and of the symbols; its limit of weight is taken over.
     *
     * @param symbols upper case; all if empty
     * @return fails with {@link RestException.Kind#BAD_SYMBOL} naming those that it does not know
     */
    public CompletableFuture<ExchangeInfo> exchangeInfo(
            Collection<String> symbols, Priority priority) {
        return new SymbolCheck(queue, symbols, priority)
                .info()
                .whenComplete((info, failure) -> noteInfo(failure == null ? info : null));
    }

    private void noteInfo(ExchangeInfo info) {
        if (info != null) {
            serverTimeMs = info.serverTimeUs() / 1_000;
            if (info.weightPerMinute() > 0) {
                budget.limit(info.weightPerMinute());
            }
        }
    }

    /**
     * The order book.
     *
     * @param limit levels a side, 1 to 5000; the weight is 5 up to 100, 25 up to 500, 50 up to
     *     1000, 250 beyond
     */
    public CompletableFuture<DepthSnapshot> depth(String symbol, int limit, Priority priority) {
        int weight = limit <= 100 ? 5 : limit <= 500 ? 25 : limit <= 1_000 ? 50 : 250;
        return queue.submit(
                new Call<>(
                        "/api/v3/depth",
                        Query.symbol(symbol).with("limit", limit),
                        weight,
                        priority,
                        json -> DepthJson.read(json, symbol)));
    }

    /** Returns the weight that counts against the limit now. */
    public int usedWeight() {
        return budget.usedWeight(loop.nanoTime());
    }

    /** Returns the base URL that requests go to now. */
    public URI baseUrl() {
        return queue.baseUrl();
    }

    /** Gives up what is under way; its futures fail with {@link RestException.Kind#CANCELLED}. */
    @Override
    public void close() {
        queue.close();
    }
}
