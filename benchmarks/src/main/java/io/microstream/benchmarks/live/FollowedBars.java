package io.microstream.benchmarks.live;

import io.microstream.binance.source.LiveConfig;
import io.microstream.binance.trades.FeedOutput;
import io.microstream.binance.trades.FeedStart;
import io.microstream.binance.trades.LiveCounts;
import io.microstream.binance.trades.RestHistory;
import io.microstream.binance.trades.TradeFeed;
import io.microstream.binance.trades.TradeHistory;
import io.microstream.binance.transport.loop.EventLoop;
import io.microstream.binance.transport.loop.ProcessClock;
import io.microstream.binance.transport.rest.BinanceRest;
import io.microstream.binance.transport.rest.JdkRestTransport;
import io.microstream.binance.transport.rest.RestListener;
import io.microstream.binance.transport.rest.RestOutcome;
import io.microstream.binance.transport.rest.WeightBudget;
import io.microstream.binance.transport.streams.ConnectBudget;
import io.microstream.binance.transport.websocket.JdkStreamTransport;
import io.microstream.binance.transport.websocket.StreamLimits;
import io.microstream.binance.wire.StreamKind;
import io.microstream.market.Bar;
import io.microstream.market.BarBuilder;
import io.microstream.market.DataQuality;
import io.microstream.market.TradeView;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * The live feed as the source puts it together, with bars of a minute behind it in place of a job.
 * The thread that calls {@link #drive} does everything but the reading of the wire.
 */
final class FollowedBars implements FeedOutput, AutoCloseable {

    /** What is known of a symbol. */
    private static final class Minutes {
        long lastId = -1;
        long minuteMs = -1;
        BarBuilder minute = new BarBuilder();
    }

    final LiveCounts counts = new LiveCounts();
    private final EventLoop loop = new EventLoop(ProcessClock::nanoTime);
    private final Map<String, Minutes> symbols = new HashMap<>();
    private final JdkStreamTransport streams;
    private final JdkRestTransport web;
    private final BinanceRest rest;
    private final TradeFeed feed;
    private long trades;
    private long missing;
    private long bars;
    private long restRequests;
    private int mostWeight;

    FollowedBars(RunningExchange exchange) {
        this(exchange, history -> history);
    }

    /**
     * @param history what to put between the feed and REST
     */
    FollowedBars(RunningExchange exchange, UnaryOperator<TradeHistory> history) {
        LiveConfig config =
                LiveConfig.at(exchange.streams(), exchange.rest(), StreamKind.AGG_TRADE);
        streams =
                new JdkStreamTransport(
                        loop,
                        StreamLimits.DEFAULT.withMemory(
                                config.inboxBytes(), config.messageBytes()));
        web = new JdkRestTransport(config.rest());
        rest =
                new BinanceRest(
                        config.rest(), web, new WeightBudget(), loop, 1, new RequestCounting());
        feed =
                new TradeFeed(
                        config.feed(),
                        streams,
                        history.apply(new RestHistory(rest, StreamKind.AGG_TRADE)),
                        loop,
                        new ConnectBudget(config.feed().streams().connectsPerFiveMinutes()),
                        this,
                        counts,
                        InstantSource.system(),
                        new SplittableRandom(1));
    }

    private final class RequestCounting implements RestListener {
        @Override
        public void outcome(RestOutcome outcome) {
            restRequests++;
            mostWeight = Math.max(mostWeight, outcome.usedWeight());
        }
    }

    EventLoop loop() {
        return loop;
    }

    /** Follows a symbol from now on. */
    void follow(String symbol) {
        symbols.put(symbol, new Minutes());
        feed.add(symbol, FeedStart.LATEST, Long.MAX_VALUE);
    }

    /** Follows a symbol from behind a trade. */
    void resume(String symbol, long lastId) {
        Minutes known = new Minutes();
        known.lastId = lastId;
        symbols.put(symbol, known);
        feed.resume(symbol, lastId, -1, -1, Long.MAX_VALUE, "while it was down");
    }

    /** Waits for something to do, not long, and does it. */
    void drive() {
        loop.await(Duration.ofMillis(100));
        loop.runDue();
    }

    @Override
    public void trade(String symbol, TradeView trade) {
        Minutes of = symbols.get(symbol);
        if (of.lastId >= 0) {
            missing += trade.id() - of.lastId - 1;
        }
        of.lastId = trade.id();
        long minuteMs = Bar.minuteOf(trade.timeUs());
        if (minuteMs != of.minuteMs) {
            close(symbol, of);
            of.minuteMs = minuteMs;
        }
        of.minute.add(
                trade.id(),
                trade.price(),
                trade.quantity(),
                trade.firstTradeId(),
                trade.lastTradeId(),
                trade.buyerIsMaker());
        trades++;
    }

    private void close(String symbol, Minutes of) {
        if (!of.minute.isEmpty()) {
            of.minute.toBar(symbol, of.minuteMs);
            of.minute = new BarBuilder();
            bars++;
        }
    }

    /** Trades that have gone into bars. */
    long trades() {
        return trades;
    }

    /** Returns the ids left out less those that came twice: 0 in an unbroken trade stream. */
    long missing() {
        return missing;
    }

    long bars() {
        return bars;
    }

    /** The newest trade of a symbol. */
    long lastId(String symbol) {
        return symbols.get(symbol).lastId;
    }

    long restRequests() {
        return restRequests;
    }

    /** The most weight that counted against the limit at a time. */
    int mostWeight() {
        return mostWeight;
    }

    /**
     * Returns the faults that the client side may have caused itself, as {@code name=value} pairs.
     */
    String ownFaults() {
        return "missing=%d overflows=%d disconnects=%d stalls=%d repaired=%d"
                .formatted(
                        missing,
                        counts.overflows,
                        counts.disconnects,
                        counts.stalls,
                        counts.repaired);
    }

    /** True if {@link #ownFaults} are none. */
    boolean isFlawless() {
        return missing == 0
                && counts.overflows + counts.disconnects + counts.stalls + counts.repaired == 0;
    }

    @Override
    public void begins(String symbol, boolean proven) {}

    @Override
    public void restarts(String symbol) {
        missing++;
    }

    @Override
    public void loses(String symbol, String why) {}

    @Override
    public void completeUntil(String symbol, long untilMs) {}

    @Override
    public void quarantined(String symbol, TradeView trade, DataQuality.Kind kind, String why) {
        throw new IllegalStateException("Trade set aside: symbol=" + symbol + " why=" + why);
    }

    @Override
    public void fault(DataQuality fault) {}

    @Override
    public void ended(String symbol) {}

    @Override
    public void close() {
        feed.close();
        loop.runDue();
        rest.close();
        web.close();
        streams.close();
    }
}
